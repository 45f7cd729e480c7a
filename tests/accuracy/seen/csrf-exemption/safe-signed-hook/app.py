"""Booking pages of a cinema, and a hook where the payment firm reports with a signature."""

import hmac
import os

from flask import Flask, abort, jsonify, request, session
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")
csrf = CSRFProtect(app)
SEATS = {}
PAID = set()


def signed_body():
    expected = hmac.new(os.environ["PAY_KEY"].encode(), request.get_data(), "sha256").hexdigest()
    given = request.headers.get("X-Pay-Signature", "")
    if not hmac.compare_digest(expected.encode(), given.encode()):
        abort(403)
    return request.get_json()


@app.post("/seats/<int:seat>")
def reserve(seat):
    guest = session.get("guest_id")
    if guest is None:
        abort(401)
    SEATS.setdefault(seat, guest)
    return jsonify(yours=SEATS[seat] == guest)


@app.post("/hooks/payment")
@csrf.exempt  # <- safe
def payment():
    report = signed_body()
    PAID.add(int(report["seat"]))
    return jsonify(ok=True)
