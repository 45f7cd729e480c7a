"""Sign-in of a wine cooperative's growers, slowed down by counters in Redis."""

import os

from flask import Flask, jsonify, request, session

from growers import find_grower, password_matches
from throttle import Throttle, TooMany

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")
throttle = Throttle(os.environ["REDIS_URL"], per_account=8, per_address=40, window=1800)


@app.errorhandler(TooMany)
def too_many(_error):
    return jsonify(error="Too many tries, please wait."), 429


@app.post("/sign-in")
def sign_in():  # <- safe
    number = request.form.get("number", default=0, type=int)
    with throttle.attempt(number, request.remote_addr) as attempt:
        grower = find_grower(number)
        if not password_matches(grower, request.form.get("password", "")):
            return jsonify(error="Number or password is wrong."), 401
        attempt.succeeded()
    session.clear()
    session["grower"] = grower["id"]
    return jsonify(ok=True)
