"""Start-up of a tide table service that refuses to run with the placeholder of its sample settings."""

import os
import sys

from flask import Flask, jsonify, session

PLACEHOLDER = "replace-me-before-starting"


def required(name):
    value = os.environ.get(name, PLACEHOLDER)  # <- safe
    if value == PLACEHOLDER or len(value) < 32:
        sys.exit(f"{name} is not set: see the installation notes")
    return value


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = required("TIDE_SECRET_KEY")
    app.config["UPSTREAM_TOKEN"] = required("TIDE_UPSTREAM_TOKEN")

    @app.get("/tides/<int:station>")
    def tides(station):
        recent = [s for s in session.get("recent", []) if s != station]
        session["recent"] = [station, *recent][:5]
        return jsonify(station=station, recent=session["recent"])

    @app.post("/tides/forget")
    def forget():
        session.pop("recent", None)
        return "", 204

    return app
