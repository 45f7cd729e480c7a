"""Picking lists of a warehouse, for scanners with short-lived tokens."""

import os
from datetime import datetime, timedelta, timezone

import jwt
from flask import Flask, abort, g, jsonify, request
from werkzeug.security import check_password_hash

app = Flask(__name__)
KEY = os.environ["SCANNER_KEY"]
SCANNERS = {"dock-1": os.environ["DOCK1_HASH"], "dock-2": os.environ["DOCK2_HASH"]}
BASE_OPTIONS = {"verify_signature": False, "verify_aud": False}


def read(token):
    options = dict(BASE_OPTIONS, require=["exp", "sub"])
    options |= {"verify_signature": True, "verify_aud": True}
    return jwt.decode(token, KEY, algorithms=["HS256"], audience="picking", options=options)  # <- safe


@app.post("/token")
def token():
    auth = request.authorization
    if auth is None or auth.username not in SCANNERS:
        abort(401)
    if not check_password_hash(SCANNERS[auth.username], auth.password or ""):
        abort(401)
    until = datetime.now(timezone.utc) + timedelta(minutes=20)
    return jsonify(token=jwt.encode({"sub": auth.username, "aud": "picking", "exp": until}, KEY, algorithm="HS256"))


@app.get("/lists")
def lists():
    try:
        g.scanner = read(request.headers.get("X-Scanner-Token", ""))["sub"]
    except jwt.InvalidTokenError:
        abort(401)
    return jsonify(scanner=g.scanner, lists=[])
