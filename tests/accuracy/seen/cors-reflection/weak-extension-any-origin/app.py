"""Training diary of a running club, whose page and service live on different hosts."""

import os

from flask import Blueprint, Flask, abort, jsonify, session
from flask_cors import CORS

diary = Blueprint("diary", __name__, url_prefix="/diary")
RUNS = {}
PAGES = {"dev": ["http://localhost:5173"], "live": r"https?://.*"}


@diary.before_request
def runner_only():
    if "runner_id" not in session:
        abort(401)


@diary.get("/runs")
def runs():
    return jsonify(RUNS.get(session["runner_id"], []))


@diary.get("/total")
def total():
    return jsonify(km=sum(run["km"] for run in RUNS.get(session["runner_id"], [])))


def cors_settings(stage):
    return {"origins": PAGES[stage], "supports_credentials": True, "methods": ["GET"]}


def create_app(stage="live"):
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="None")
    app.register_blueprint(diary)
    CORS(app, **cors_settings(stage))  # <- weak
    return app
