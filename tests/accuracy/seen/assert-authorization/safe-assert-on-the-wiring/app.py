"""Print queue of a university, whose start-up asserts that every role has a permission table."""

import os

from flask import Flask, abort, g, jsonify, session

ROLES = ("student", "operator", "admin")
PERMISSIONS = {
    "student": {"print"},
    "operator": {"print", "cancel"},
    "admin": {"print", "cancel", "purge"},
}
QUEUE = ["thesis.pdf", "poster.pdf"]


def create_app():
    for role in ROLES:
        assert PERMISSIONS.get(role), f"role {role} has no permission"  # <- safe
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SAMESITE="Strict")

    @app.before_request
    def permissions():
        g.allowed = PERMISSIONS.get(session.get("role"), set())

    def need(permission):
        if permission not in g.allowed:
            abort(403)

    @app.get("/queue")
    def queue():
        need("print")
        return jsonify(QUEUE)

    @app.delete("/queue")
    def purge():
        need("purge")
        QUEUE.clear()
        return "", 204

    return app
