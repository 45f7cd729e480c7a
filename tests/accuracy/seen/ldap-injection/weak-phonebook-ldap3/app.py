"""Phone book of a university that searches the staff directory."""

import os

from flask import Flask, jsonify, request
from ldap3 import ALL_ATTRIBUTES, Connection, Server

app = Flask(__name__)
BASE = "ou=staff,dc=uni,dc=example"


class StaffFilter:
    def __init__(self):
        self.parts = ["(objectClass=person)"]

    def add(self, attribute, value):
        if value:
            self.parts.append(f"({attribute}={value}*)")

    def __str__(self):
        return "(&" + "".join(self.parts) + ")"


def directory():
    server = Server(os.environ["LDAP_HOST"], use_ssl=True)
    return Connection(server, os.environ["LDAP_USER"], os.environ["LDAP_PASSWORD"], auto_bind=True)


@app.get("/phonebook")
def phonebook():
    wanted = StaffFilter()
    for attribute, argument in (("sn", "surname"), ("departmentNumber", "department")):
        wanted.add(attribute, request.args.get(argument, "").strip())
    with directory() as connection:
        connection.search(BASE, str(wanted), attributes=ALL_ATTRIBUTES)  # <- weak
        names = [entry.entry_dn for entry in connection.entries]
    return jsonify(names)
