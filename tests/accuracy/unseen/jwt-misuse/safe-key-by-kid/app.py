"""Tokens of a podcast host, signed by itself with keys that are changed each quarter."""

import datetime as dt
import os
from typing import NamedTuple

import jwt
from flask import Flask, abort, jsonify, request

app = Flask(__name__)


class SigningKey(NamedTuple):
    secret: str
    algorithm: str


RING = {
    "2025q2": SigningKey(os.environ["TOKEN_KEY_PREVIOUS"], "HS256"),
    "2025q3": SigningKey(os.environ["TOKEN_KEY"], "HS512"),
}
NEWEST = max(RING)


def issue(show_id):
    now = dt.datetime.now(dt.UTC)
    claims = {"sub": str(show_id), "iat": now, "exp": now + dt.timedelta(minutes=20)}
    return jwt.encode(claims, RING[NEWEST].secret, RING[NEWEST].algorithm, headers={"kid": NEWEST})


def claims_of(token):
    header = jwt.get_unverified_header(token)  # <- safe
    key = RING.get(header.get("kid"))
    if key is None:
        raise jwt.InvalidKeyError("no such key")
    return jwt.decode(token, key.secret, algorithms=[key.algorithm], options={"require": ["exp", "sub"]})


@app.post("/token/renew")
def renew():
    try:
        claims = claims_of(request.headers.get("X-Show-Token", ""))
    except jwt.PyJWTError:
        abort(401)
    return jsonify(token=issue(claims["sub"]))
