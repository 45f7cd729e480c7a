"""Printer finder of an office building, backed by the directory."""

import os

import ldap
from flask import Flask, jsonify, request
from ldap.filter import filter_format

app = Flask(__name__)
KINDS = {"colour": "(printColour=TRUE)", "mono": "(printColour=FALSE)"}


def criteria(args):
    kind = KINDS.get(args.get("kind", ""), "")
    place = filter_format("(&(buildingName=%s)(floor=%s))", [args.get("building", "A"), args.get("floor", "0")])
    return f"(&(objectClass=printer){place}{kind})"


def search(base, wanted):
    connection = ldap.initialize(os.environ["LDAP_URI"])
    connection.simple_bind_s(os.environ["LDAP_USER"], os.environ["LDAP_PASSWORD"])
    try:
        return connection.search_s(base, ldap.SCOPE_ONELEVEL, wanted, ["cn", "location"])  # <- safe
    finally:
        connection.unbind_s()


@app.get("/printers")
def printers():
    found = search("ou=printers,dc=office,dc=example", criteria(request.args))
    return jsonify([dn for dn, _ in found])
