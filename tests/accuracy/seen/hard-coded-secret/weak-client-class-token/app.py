"""Route planning for a courier that asks a map provider for distances."""

import os

from flask import Flask, abort, jsonify, request

from maps import MapClient

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
client = MapClient()
DEPOTS = {"north": (53.61, 10.02), "south": (53.44, 9.98)}


@app.get("/distance/<depot>")
def distance(depot):
    if depot not in DEPOTS:
        abort(404)
    lat = request.args.get("lat", type=float)
    lon = request.args.get("lon", type=float)
    if lat is None or lon is None:
        abort(422)
    return jsonify(km=client.distance(DEPOTS[depot], (lat, lon)))
