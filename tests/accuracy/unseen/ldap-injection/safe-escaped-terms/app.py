"""Room finder of a conference centre; rooms and their equipment are kept in a directory."""

import os

from flask import Flask, abort, jsonify, request
from ldap3 import ALL_ATTRIBUTES, LEVEL, Connection, Server
from ldap3.utils.conv import escape_filter_chars

app = Flask(__name__)
FLOORS = {
    "ground": "ou=ground,ou=rooms,dc=centre,dc=example",
    "first": "ou=first,ou=rooms,dc=centre,dc=example",
}


class RoomQuery:
    def __init__(self, floor):
        self.base = FLOORS[floor]
        self.terms = ["(objectClass=room)"]

    def having(self, equipment):
        self.terms.extend(f"(equipment={escape_filter_chars(item)})" for item in equipment)
        return self

    def run(self):
        condition = f"(&{''.join(self.terms)})"
        server = Server(os.environ["LDAP_HOST"], use_ssl=True)
        with Connection(server, os.environ["LDAP_USER"], os.environ["LDAP_PASSWORD"]) as link:
            link.search(self.base, condition, search_scope=LEVEL, attributes=ALL_ATTRIBUTES)  # <- safe
            return [str(entry.cn) for entry in link.entries]


@app.get("/rooms/<floor>")
def rooms(floor):
    if floor not in FLOORS:
        abort(404)
    return jsonify(RoomQuery(floor).having(request.args.getlist("with")).run())
