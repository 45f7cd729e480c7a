"""Shipping calculator, whose zone table is packed once and shipped with the program."""

import pickle
from functools import lru_cache
from pathlib import Path

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

TABLES = Path(__file__).with_name("tables")
FILES = {"road": "road.pickle", "air": "air.pickle"}


@lru_cache(maxsize=None)
def zone_table(kind):
    with open(TABLES / FILES[kind], "rb") as packed:
        return pickle.load(packed)  # <- safe


def rate(kind, postcode, weight):
    table = zone_table(kind)
    zone = table["zones"].get(postcode[:2], "far")
    return round(table["rates"][zone] * weight, 2)


@app.post("/rates")
def rates():
    parcel = request.get_json()
    kind = parcel.get("kind")
    if kind not in FILES:
        abort(422)
    price = rate(kind, str(parcel["postcode"]), float(parcel["weight"]))
    return jsonify(price=price)
