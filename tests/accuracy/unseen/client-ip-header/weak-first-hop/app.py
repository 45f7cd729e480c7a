"""Control-room pages of a cable car that are meant for the station's own network."""

import os
from functools import wraps
from ipaddress import ip_address, ip_network

from flask import Flask, abort, jsonify, request

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
STATION = [ip_network("10.40.0.0/16"), ip_network("fd00:40::/32")]
state = {"speed": 0, "doors": "closed"}


def in_station(text):
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return any(address in network for network in STATION)


def station_only(view):
    @wraps(view)
    def guarded(**values):
        if not in_station(request.access_route[0]):  # <- weak
            abort(403)
        return view(**values)

    return guarded


@app.get("/state")
@station_only
def show():
    return jsonify(state)


@app.put("/speed/<int:speed>")
@station_only
def set_speed(speed):
    if speed > 6:
        abort(422)
    state["speed"] = speed
    return jsonify(state)
