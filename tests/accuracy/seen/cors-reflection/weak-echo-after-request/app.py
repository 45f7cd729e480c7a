"""Profile service of a dating agency that answers the pages of its partners."""

import os

from flask import Flask, abort, jsonify, request, session

app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ["SECRET_KEY"],
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_SAMESITE="None",
)
PROFILES = {1: {"name": "Kim", "town": "Bergen"}, 2: {"name": "Noor", "town": "Utrecht"}}


def cross_origin_headers(origin):
    yield "Vary", "Origin"
    yield "Access-Control-Allow-Credentials", "true"
    yield "Access-Control-Allow-Methods", "GET"
    if origin:
        yield "Access-Control-Allow-Origin", origin


@app.after_request
def allow(response):
    asked = request.headers.get("Origin", "")
    for name, value in cross_origin_headers(asked):
        response.headers[name] = value  # <- weak
    return response


@app.get("/me")
def me():
    profile = PROFILES.get(session.get("profile_id"))
    if profile is None:
        abort(401)
    return jsonify(profile)
