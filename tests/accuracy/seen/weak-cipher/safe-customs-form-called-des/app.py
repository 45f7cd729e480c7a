"""Customs paperwork of a freight forwarder, where DES stands for despatch entry summary."""

import os

from flask import Flask, abort, jsonify, request, session

from customs import DES, TARIFFS

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]


def forwarder():
    ident = session.get("forwarder_id")
    if ident is None:
        abort(401)
    return ident


@app.post("/entries")
def create_entry():
    owner = forwarder()
    body = request.get_json()
    tariff, weight = body.get("tariff"), body.get("weight")
    if tariff not in TARIFFS or not isinstance(weight, int) or weight <= 0:
        abort(422)
    entry = DES.new(owner, DES.MODE_ECB, tariff=tariff, weight=weight)  # <- safe
    return jsonify(entry.as_dict()), 201


@app.get("/tariffs")
def tariffs():
    return jsonify(sorted(TARIFFS))
