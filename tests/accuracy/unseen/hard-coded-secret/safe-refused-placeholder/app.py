"""Application factory of a choir's calendar that does not start with the placeholder key."""

import os
from pathlib import Path

from flask import Flask, jsonify, session


class Defaults:
    SECRET_KEY = "replace-me-before-first-start"  # <- safe
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_SAMESITE = "Lax"
    REHEARSAL_DAY = "Thursday"


class Misconfigured(RuntimeError):
    pass


def require_own_key(app):
    key = app.config["SECRET_KEY"]
    if not key or key == Defaults.SECRET_KEY or len(key) < 32:
        raise Misconfigured("set CHOIR_SECRET_KEY or /etc/choir/secret_key to a key of your own")


def create_app():
    app = Flask(__name__)
    app.config.from_object(Defaults)
    app.config.from_prefixed_env("CHOIR")
    key_file = Path("/etc/choir/secret_key")
    if key_file.is_file():
        app.config["SECRET_KEY"] = key_file.read_text().strip()
    require_own_key(app)

    @app.get("/next")
    def following():
        session["seen"] = True
        return jsonify(day=app.config["REHEARSAL_DAY"], build=os.environ.get("BUILD", "local"))

    return app
