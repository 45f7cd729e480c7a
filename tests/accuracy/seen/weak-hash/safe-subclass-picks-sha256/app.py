"""Signed callbacks of an energy exchange, where the mixin leaves the digest to its subclasses."""

import hmac
import os

from flask import Flask, abort, jsonify, request

from marks import MeterMark

app = Flask(__name__)
meter_mark = MeterMark(os.environ["METER_KEY"].encode())
READINGS = []


@app.before_request
def verify_mark():
    if request.method != "POST":
        return None
    given = request.headers.get("X-Mark", "")
    if not hmac.compare_digest(meter_mark.over(request.get_data()), given):
        abort(401)
    return None


@app.post("/readings")
def add_reading():
    body = request.get_json()
    READINGS.append({"meter": int(body["meter"]), "kwh": float(body["kwh"])})
    return jsonify(count=len(READINGS)), 201
