"""Application of a tool library whose sign-in blueprint is limited as a whole."""

import os

from flask import Flask, abort, jsonify, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from entrance import entrance

limiter = Limiter(get_remote_address, storage_uri=os.environ["REDIS_URL"])
TOOLS = ["drill", "jigsaw", "ladder"]


def create_app():
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Strict")
    limiter.init_app(app)
    limiter.limit("5 per minute;30 per hour")(entrance)
    app.register_blueprint(entrance)

    @app.get("/tools")
    def tools():
        if "borrower" not in session:
            abort(401)
        return jsonify(TOOLS)

    return app
