"""Alumni directory of a music school."""

import os
from functools import cached_property

from flask import Flask, jsonify, request
from ldap3 import Connection, Server
from ldap3.utils.conv import escape_filter_chars

app = Flask(__name__)


class AlumniSearch:
    base = "ou=alumni,dc=music,dc=example"

    def __init__(self, **criteria):
        self.criteria = {name: escape_filter_chars(value) for name, value in criteria.items()}

    @cached_property
    def filter(self):
        return "(&(objectClass=inetOrgPerson)(cn=*{name}*)(instrument={instrument}))".format(**self.criteria)

    def names(self):
        server = Server(os.environ["LDAP_HOST"], use_ssl=True)
        with Connection(server, auto_bind=True) as connection:
            connection.search(self.base, self.filter, attributes=["cn"])  # <- safe
            return [str(entry.cn) for entry in connection.entries]


@app.get("/alumni")
def alumni():
    search = AlumniSearch(name=request.args.get("name", ""), instrument=request.args.get("instrument", "violin"))
    return jsonify(search.names())
