"""One-time codes for the drivers of a delivery firm, from a module imported under a short name."""

import hmac
import os
import secrets as random
import time

from flask import Flask, abort, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from gateway import send_sms
from roster import phone_of

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
limiter = Limiter(get_remote_address, app=app, default_limits=["20 per minute"])
PENDING = {}


def one_time_code(digits=8):
    return "".join(random.choice("0123456789") for _ in range(digits))  # <- safe


@app.post("/drivers/<int:driver>/code")
@limiter.limit("3 per minute")
def send_code(driver):
    phone = phone_of(driver)
    if phone is not None:
        code = one_time_code()
        PENDING[driver] = (code, time.monotonic() + 180)
        send_sms(phone, f"Your code is {code}")
    return jsonify(sent=True), 202


@app.post("/drivers/<int:driver>/confirm")
@limiter.limit("5 per minute")
def confirm(driver):
    code, until = PENDING.pop(driver, ("", 0))
    given = request.form.get("code", "").encode()
    if time.monotonic() > until or not hmac.compare_digest(code.encode(), given):
        abort(403)
    return jsonify(confirmed=True)
