"""Fuel cards of a bus company, whose views only carry a label that a hook reads."""

import os

from flask import Flask, abort, jsonify, request, session
from flask_wtf import CSRFProtect

from labels import label_of, requires

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
CARDS = {"B-100": 40_000, "B-200": 35_000}


@app.before_request
def obey_label():
    if request.endpoint is None:
        return
    role = label_of(app.view_functions[request.endpoint])
    if role is not None and session.get("role") != role:
        abort(403)


@app.get("/cards")
@requires("driver")
def cards():
    return jsonify(sorted(CARDS))


@requires("manager")
@app.post("/cards/<bus>/limit")
def set_limit(bus):  # <- safe
    cents = request.form.get("cents", type=int)
    if bus not in CARDS or cents is None or not 0 <= cents <= 100_000:
        abort(422)
    CARDS[bus] = cents
    return jsonify(limit=cents)
