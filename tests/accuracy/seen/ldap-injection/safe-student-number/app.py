"""Photo identity check for exams, looking students up by their number."""

import os
import re

from flask import Flask, abort, jsonify, request
from ldap3 import BASE, Connection, Server

app = Flask(__name__)
STUDENT_NUMBER = re.compile(r"[0-9]{7}[A-Z]", re.ASCII)


def require_number(view):
    def wrapper(exam):
        number = (request.get_json(silent=True) or {}).get("student")
        if not isinstance(number, str) or not STUDENT_NUMBER.fullmatch(number):
            abort(400)
        return view(exam, number)

    return wrapper


def lookup(number):
    server = Server(os.environ["LDAP_HOST"], use_ssl=True)
    with Connection(server, auto_bind=True) as connection:
        dn = f"studentNumber={number},ou=students,dc=college,dc=example"
        connection.search(dn, f"(studentNumber={number})", search_scope=BASE, attributes=["givenName", "sn"])  # <- safe
        return [entry.entry_attributes_as_dict for entry in connection.entries]


@app.post("/exams/<int:exam>/identity", endpoint="identity")
@require_number
def identity(exam, number):
    found = lookup(number)
    if len(found) != 1:
        abort(404)
    return jsonify(exam=exam, student=found[0])
