"""Prescriptions of a pharmacy chain, opened with tokens of the ordering system."""

import os
from functools import wraps

import jwt
from flask import Flask, abort, g, jsonify, request

from shelf import prescriptions_of

app = Flask(__name__)


class TokenReader:
    def __init__(self, key, audience):
        self.key = key
        self.audience = audience

    def read(self, token):
        header = jwt.get_unverified_header(token)
        accepted = [header.get("alg", "HS256")]
        return jwt.decode(token, self.key, algorithms=accepted, audience=self.audience)  # <- weak


reader = TokenReader(os.environ["ORDER_KEY"], "pharmacy")


def with_token(view):
    @wraps(view)
    def inner(*args, **kwargs):
        try:
            g.claims = reader.read(request.headers.get("X-Order-Token", ""))
        except jwt.PyJWTError:
            abort(401)
        return view(*args, **kwargs)

    return inner


@app.get("/prescriptions")
@with_token
def prescriptions():
    return jsonify(prescriptions_of(g.claims["sub"]))
