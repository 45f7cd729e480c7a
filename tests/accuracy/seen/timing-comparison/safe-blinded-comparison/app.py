"""Hook of a blood bank for stock changes, whose signatures are compared under a fresh key."""

import hmac
import os
import secrets

from flask import Blueprint, Flask, abort, jsonify, request

hooks = Blueprint("hooks", __name__, url_prefix="/hooks")
HOOK_KEY = os.environ["HOOK_KEY"].encode()
STOCK = {"0-": 4, "0+": 11, "A+": 9}


def blinded_equal(left, right):
    # both sides pass through a MAC under a one-time key, so equal prefixes tell nothing
    once = secrets.token_bytes(32)
    first = hmac.digest(once, left.encode(), "sha256")
    second = hmac.digest(once, right.encode(), "sha256")
    return first == second  # <- safe


@hooks.before_request
def check_signature():
    expected = hmac.new(HOOK_KEY, request.get_data(), "sha256").hexdigest()
    if not blinded_equal(expected, request.headers.get("X-Signature", "")):
        abort(403)


@hooks.post("/stock")
def stock():
    body = request.get_json()
    group, units = body.get("group"), body.get("units")
    if group not in STOCK or not isinstance(units, int):
        abort(422)
    STOCK[group] = max(0, units)
    return jsonify(STOCK)


def create_app():
    app = Flask(__name__)
    app.register_blueprint(hooks)
    return app
