"""Catch reports of a fishing association, with a schema that lists what is wrong."""

import os

from flask import Flask, abort, g, jsonify, request, session
from flask_wtf import CSRFProtect

from reports import CatchSchema, TripSchema, save_catch, save_trip

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)


@app.before_request
def angler():
    g.angler = session.get("angler_id")
    if g.angler is None:
        abort(401)


def body():
    data = request.get_json(silent=True)
    return data if isinstance(data, dict) else {}


@app.post("/trips")
def trip():
    data = body()
    if errors := TripSchema().validate(data):
        return jsonify(errors=errors), 422
    return jsonify(id=save_trip(g.angler, data["water"], data["day"])), 201


@app.post("/catches")
def catch():  # <- weak
    data = body()
    errors = CatchSchema().validate(data)
    number = save_catch(g.angler, data.get("species"), data.get("grams"))
    if errors:
        app.logger.warning("a catch report had %d errors", len(errors))
    return jsonify(id=number), 201
