import hashlib
import os

from flask import Blueprint, abort, g, jsonify, request

api = Blueprint("api", __name__, url_prefix="/api")
TOKENS = {os.environ["FREEZER_TOKEN_SHA256"]: "freezer", os.environ["SCALE_TOKEN_SHA256"]: "scale"}
MEASURED = {}


@api.before_request
def bearer():
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    digest = hashlib.sha256(token.encode()).hexdigest()
    if scheme != "Bearer" or digest not in TOKENS:
        abort(401)
    g.machine = TOKENS[digest]


@api.post("/measurements")
def measurement():
    value = request.get_json().get("value")
    if not isinstance(value, (int, float)):
        abort(422)
    MEASURED.setdefault(g.machine, []).append(value)
    return jsonify(count=len(MEASURED[g.machine])), 201
