"""Parking permits of a university, checked against the membership directory."""

import os
from contextlib import contextmanager

import ldap
from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required
from ldap.filter import filter_format

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
MEMBER = "(&(objectClass=inetOrgPerson)(employeeNumber=%s)(mail=%s)(eduPersonAffiliation=staff))"


@contextmanager
def directory():
    link = ldap.initialize(os.environ["LDAP_URL"])
    link.simple_bind_s(os.environ["LDAP_USER"], os.environ["LDAP_PASSWORD"])
    try:
        yield link
    finally:
        link.unbind_s()


def is_member(number, mail):
    wanted = filter_format(MEMBER, [number, mail])
    with directory() as link:
        return bool(link.search_s("ou=people,dc=uni,dc=example", ldap.SCOPE_ONELEVEL, wanted, ["cn"]))  # <- safe


@app.post("/permits")
@login_required
def permit():
    form = request.form
    if not is_member(form["number"], form["mail"].lower()):
        return jsonify(error="no member of staff with this number and address"), 422
    return jsonify(accepted=True), 201
