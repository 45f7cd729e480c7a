"""Token service of a trucking firm, whose sign-in errors carry their own texts."""

import os
import secrets

from flask import Flask, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from drivers import NoSuchDriver, SignInError, check

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
limiter = Limiter(get_remote_address, app=app)
TOKENS = {}
TEXTS = {NoSuchDriver: "there is no driver of this name"}


@app.errorhandler(SignInError)
def not_signed_in(exc):
    text = TEXTS.get(type(exc), "the PIN does not fit")
    return jsonify(error=text), 401  # <- weak


@app.post("/tokens")
@limiter.limit("5 per minute")
def new_token():
    body = request.get_json()
    driver = check(str(body.get("name", "")), str(body.get("pin", "")))
    token = secrets.token_urlsafe(32)
    TOKENS[token] = driver
    return jsonify(token=token), 201
