"""Back end of a one-page garden planner whose script must read the anti-forgery cookie."""

import hmac
import os
import secrets

from flask import Flask, abort, jsonify, request, session

app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ["SECRET_KEY"],
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_SAMESITE="Strict",
    SESSION_COOKIE_NAME="__Host-planner",
)
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
beds = {}


@app.before_request
def check_forgery():
    session.setdefault("forgery", secrets.token_urlsafe(24))
    if request.method in SAFE_METHODS:
        return
    given = request.headers.get("X-XSRF-TOKEN", "")
    if not hmac.compare_digest(given.encode(), session["forgery"].encode()):
        abort(403)


@app.after_request
def offer_token(response):
    if request.cookies.get("XSRF-TOKEN") != session.get("forgery"):
        token = session["forgery"]
        response.set_cookie("XSRF-TOKEN", token, secure=True, httponly=False, samesite="Strict")  # <- safe
    return response


@app.put("/beds/<int:bed>")
def plant(bed):
    crop = request.get_json().get("crop")
    if crop not in {"leek", "chard", "beans"}:
        abort(422)
    beds[bed] = crop
    return jsonify(bed=bed, crop=crop)
