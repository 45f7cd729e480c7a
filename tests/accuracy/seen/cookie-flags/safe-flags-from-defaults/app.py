"""Tokens of a car-sharing firm, set through one helper that knows the flags."""

import os
import secrets
from functools import partialmethod

from flask import Flask, Response, abort, jsonify, request
from werkzeug.security import check_password_hash

DRIVERS = {"ada": os.environ["ADA_HASH"], "bob": os.environ["BOB_HASH"]}
DUMMY = os.environ["DUMMY_HASH"]
TOKENS = {}
FLAGS = {"secure": True, "httponly": True, "samesite": "Strict", "path": "/"}


class CarResponse(Response):
    def set_private(self, name, value, **extra):
        self.set_cookie(name, value, **{**extra, **FLAGS})  # <- safe

    set_login = partialmethod(set_private, "driver_token", max_age=4 * 3600)


class CarFlask(Flask):
    response_class = CarResponse


app = CarFlask(__name__)


@app.post("/login")
def login():
    name, password = request.form.get("name", ""), request.form.get("password", "")
    if not check_password_hash(DRIVERS.get(name, DUMMY), password) or name not in DRIVERS:
        abort(401)
    token = secrets.token_urlsafe(32)
    TOKENS[token] = name
    answer = app.make_response(jsonify(ok=True))
    answer.set_login(token)
    return answer


@app.get("/me")
def me():
    name = TOKENS.get(request.cookies.get("driver_token", ""))
    if name is None:
        abort(401)
    return jsonify(name=name)
