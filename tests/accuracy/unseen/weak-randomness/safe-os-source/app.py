"""Sending of one-time codes for the door terminal of a co-working space."""

import hmac
import os
import random
import time

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required
from redis import Redis

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
store = Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)

rng = random.SystemRandom()


def one_time_code(digits=8):
    return "".join(rng.choice("0123456789") for _ in range(digits))  # <- safe


def slot(user_id):
    return f"door:{user_id}"


@app.post("/door/code")
@login_required
def issue():
    code = one_time_code()
    store.set(slot(current_user.id), code, ex=90)
    return jsonify(code=code, valid_until=int(time.time()) + 90)


@app.post("/door/open")
@login_required
def enter():
    expected = store.getdel(slot(current_user.id))
    given = request.form.get("code", "")
    if expected is None or not hmac.compare_digest(expected.encode(), given.encode()):
        abort(403)
    return jsonify(open=True)
