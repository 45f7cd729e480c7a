"""Web shop for stamps that learns of payments by signed messages of the payment service."""

import hashlib
import hmac
import os
import time

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True)
LoginManager(app)
csrf = CSRFProtect(app)
paid = set()


def genuine(message, stamp, signature, tolerance=300):
    if not stamp.isascii() or not stamp.isdigit() or abs(time.time() - int(stamp)) > tolerance:
        return False
    material = stamp.encode() + b"." + message
    expected = hmac.new(os.environb[b"PAYMENT_HOOK_KEY"], material, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), signature.encode())


@app.post("/hooks/payment")
@csrf.exempt  # <- safe
def payment_hook():
    stamp = request.headers.get("X-Payment-Time", "")
    if not genuine(request.get_data(), stamp, request.headers.get("X-Payment-Signature", "")):
        abort(401)
    paid.add(int(request.get_json()["order"]))
    return jsonify(received=True)


@app.post("/orders/<int:order>/collect")
@login_required
def collect(order):
    if order not in current_user.orders or order not in paid:
        abort(404)
    return jsonify(order=order, collected=True)
