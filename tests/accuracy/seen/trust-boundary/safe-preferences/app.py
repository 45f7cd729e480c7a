"""Preferences of the visitors of a radio station, which are kept in the session."""

import os
from zoneinfo import available_timezones

from flask import Flask, Blueprint, jsonify, request, session

prefs = Blueprint("prefs", __name__)

CHOICES = {
    "theme": {"light", "dark"},
    "volume": {"low", "normal", "loud"},
    "timezone": available_timezones(),
}


def valid(changes):
    return {key: value for key, value in changes.items() if key in CHOICES and value in CHOICES[key]}


@prefs.post("/preferences")
def set_preferences():
    accepted = valid(request.form.to_dict())
    session.update(accepted)  # <- safe
    return jsonify(accepted)


@prefs.get("/preferences")
def preferences():
    return jsonify({key: session[key] for key in CHOICES if key in session})


def create_app():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    app.register_blueprint(prefs)
    return app
