"""Read-out of greenhouse sensors for machines that send a key in a header."""

import os
from functools import wraps

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
app.config["GREENHOUSE_KEY"] = os.environ["GREENHOUSE_KEY"]
SENSORS = {"north": {"temp": 21.4, "humidity": 66}, "south": {"temp": 24.9, "humidity": 58}}


def sent_key():
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else None


def needs_key(view):
    @wraps(view)
    def inner(*args, **kwargs):
        key = sent_key()
        if key == app.config["GREENHOUSE_KEY"]:  # <- weak
            return view(*args, **kwargs)
        abort(401)

    return inner


@app.get("/sensors")
@needs_key
def sensors():
    return jsonify(sorted(SENSORS))


@app.get("/sensors/<name>")
@needs_key
def sensor(name):
    if name not in SENSORS:
        abort(404)
    return jsonify(SENSORS[name])
