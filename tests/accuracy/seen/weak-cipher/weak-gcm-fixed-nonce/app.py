"""Encrypted state tokens that a parking app hands to its payment terminal."""

import base64
import json
import os

from flask import Flask, abort, jsonify, request

from vault import Vault

app = Flask(__name__)
vault = Vault(bytes.fromhex(os.environ["TERMINAL_KEY"]))
RATES = {"A": 250, "B": 180}


@app.post("/tickets")
def ticket():
    body = request.get_json()
    zone, minutes = body.get("zone"), body.get("minutes")
    if zone not in RATES or not isinstance(minutes, int) or not 0 < minutes <= 600:
        abort(422)
    state = {"zone": zone, "minutes": minutes, "cents": RATES[zone] * minutes // 60}
    token = vault.lock(json.dumps(state).encode())
    return jsonify(token=base64.urlsafe_b64encode(token).decode())


@app.get("/tickets/<token>")
def show(token):
    try:
        state = vault.unlock(base64.urlsafe_b64decode(token))
    except ValueError:
        abort(404)
    return jsonify(json.loads(state))
