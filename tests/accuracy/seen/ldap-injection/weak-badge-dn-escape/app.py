"""Door badge service that finds the holder of a badge in the directory."""

import os

import ldap
from flask import Blueprint, Flask, abort, jsonify, request
from ldap.dn import escape_dn_chars

badges = Blueprint("badges", __name__, url_prefix="/badges")


def escaped(*values):
    return tuple(escape_dn_chars(value) for value in values)


def find_holder(badge, site):
    connection = ldap.initialize(os.environ["LDAP_URI"])
    connection.simple_bind_s(os.environ["LDAP_USER"], os.environ["LDAP_PASSWORD"])
    try:
        criteria = "(&(employeeBadge=%s)(site=%s)(active=TRUE))" % escaped(badge, site)
        return connection.search_s("ou=people,dc=plant,dc=example", ldap.SCOPE_SUBTREE, criteria, ["cn"])  # <- weak
    finally:
        connection.unbind_s()


@badges.post("/open")
def open_door():
    body = request.get_json()
    holders = find_holder(str(body.get("badge", "")), str(body.get("site", "main")))
    if not holders:
        abort(403)
    return jsonify(open=True)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(badges)
    return app
