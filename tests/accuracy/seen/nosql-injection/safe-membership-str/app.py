"""Membership card check at the door of a sauna club."""

import os

from flask import Flask, abort, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)


def cards():
    return MongoClient(os.environ["MONGO_URL"]).sauna.cards


def text_fields(payload, *names):
    if not isinstance(payload, dict):
        abort(400)
    values = {}
    for name in names:
        value = payload.get(name)
        if not isinstance(value, str):
            abort(400)
        values[name] = value
    return values


@app.post("/cards/check")
def check():
    query = text_fields(request.get_json(), "number", "surname")
    query["blocked"] = {"$ne": True}
    card = cards().find_one(query, {"_id": 0, "valid_until": 1})  # <- safe
    if card is None:
        abort(404)
    return jsonify(valid_until=card["valid_until"])
