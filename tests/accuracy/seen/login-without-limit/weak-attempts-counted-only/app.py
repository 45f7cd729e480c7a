"""Sign-in of a pawn shop that counts wrong attempts for its statistics."""

import os
from collections import Counter

from flask import Blueprint, Flask, abort, jsonify, request, session
from werkzeug.security import check_password_hash

auth = Blueprint("auth", __name__)
shop = Blueprint("shop", __name__)
CLERKS = {"rosa": os.environ["ROSA_HASH"], "tim": os.environ["TIM_HASH"]}
SPARE = os.environ["SPARE_HASH"]
PLEDGES = {1: "violin", 2: "ring"}
FAILED = Counter()


def too_many(name):
    return FAILED[name] > 5


def fits(name, password):
    right = check_password_hash(CLERKS.get(name, SPARE), password)
    return right and name in CLERKS


@auth.post("/login")
def login():  # <- weak
    name, password = request.form.get("name", ""), request.form.get("password", "")
    too_many(name)
    if not fits(name, password):
        FAILED[name] += 1
        return jsonify(error="name or password is wrong"), 401
    session["clerk"] = name
    return jsonify(clerk=name, failed_before=FAILED.pop(name, 0))


@shop.get("/pledges")
def pledges():
    if "clerk" not in session:
        abort(401)
    return jsonify(PLEDGES)


def create_app():
    app = Flask(__name__)
    app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Strict")
    app.register_blueprint(auth)
    app.register_blueprint(shop)
    return app
