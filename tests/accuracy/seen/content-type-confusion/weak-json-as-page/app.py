"""Suggestions of street names for the order form of a flower shop."""

import json

from flask import Blueprint, Flask, make_response, request

suggest = Blueprint("suggest", __name__)

STREETS = ["Mill Lane", "Market Street", "Station Road", "Mill Hill"]


def to_json(func):
    def inner():
        reply = make_response(json.dumps(func()))  # <- weak
        reply.headers["Cache-Control"] = "max-age=60"
        return reply

    inner.__name__ = func.__name__
    return inner


@suggest.get("/streets")
@to_json
def streets():
    typed = request.args.get("typed", "")
    found = [street for street in STREETS if street.lower().startswith(typed.lower())]
    return {"typed": typed, "streets": found}


@suggest.get("/districts")
@to_json
def districts():
    return {"districts": ["North", "South"]}


def create_app():
    app = Flask(__name__)
    app.register_blueprint(suggest)
    return app
