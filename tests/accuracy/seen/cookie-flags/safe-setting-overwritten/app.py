"""Questionnaires of a research group, whose session settings are merged from two mappings."""

import os

from flask import Flask, abort, jsonify, request, session

QUESTIONS = {"sleep": range(0, 11), "mood": range(1, 6)}
DEFAULTS = {
    "SESSION_COOKIE_SECURE": False,  # <- safe
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_NAME": "survey",
}
ALWAYS = {"SESSION_COOKIE_SECURE": True, "SECRET_KEY": os.environ["SECRET_KEY"]}


def settings():
    merged = dict(DEFAULTS)
    for name, value in ALWAYS.items():
        merged[name] = value
    return merged


app = Flask(__name__)
app.config.update(settings())


@app.put("/answers/<question>")
def answer(question):
    if question not in QUESTIONS:
        abort(404)
    value = request.get_json().get("value")
    if not isinstance(value, int) or value not in QUESTIONS[question]:
        abort(422)
    session.setdefault("answers", {})[question] = value
    session.modified = True
    return jsonify(session["answers"])


@app.get("/answers")
def answers():
    return jsonify(session.get("answers", {}))
