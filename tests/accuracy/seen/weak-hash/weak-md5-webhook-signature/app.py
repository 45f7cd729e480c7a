"""Receiver of parcel events that a carrier signs with a shared key."""

import hashlib
import hmac
import os
from functools import wraps

from flask import Flask, abort, g, jsonify, request

app = Flask(__name__)
app.config["CARRIER_KEY"] = os.environ["CARRIER_KEY"]
PARCELS = {}


def fingerprint(*parts):
    joined = b".".join(part if isinstance(part, bytes) else part.encode() for part in parts)
    return hashlib.md5(joined).hexdigest()  # <- weak


def signed(view):
    @wraps(view)
    def inner(*args, **kwargs):
        claimed = request.headers.get("X-Carrier-Signature", "")
        expected = fingerprint(app.config["CARRIER_KEY"], request.get_data())
        if not hmac.compare_digest(claimed, expected):
            abort(403)
        g.event = request.get_json()
        return view(*args, **kwargs)

    return inner


@app.post("/events/parcel")
@signed
def parcel_event():
    PARCELS[g.event["parcel"]] = g.event["state"]
    return jsonify(received=True)


@app.get("/parcels/<parcel>")
def parcel_state(parcel):
    return jsonify(state=PARCELS.get(parcel))
