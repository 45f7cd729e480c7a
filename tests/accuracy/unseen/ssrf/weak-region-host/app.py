"""Freight quotes for a furniture shop, fetched from the regional hosts of a haulier."""

import os

from flask import Flask, jsonify, request

from haulier import HaulierClient

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


@app.post("/freight/quote")
def quote():
    order = request.get_json()
    size = {side: int(order["size"][side]) for side in ("width", "height", "depth")}
    client = HaulierClient(**order.get("haulier", {"region": "eu"}))
    return jsonify(price=client.price(size, postcode=str(order["postcode"])))
