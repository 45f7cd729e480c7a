"""Check-in desk of a film festival: badges are found by code and surname."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, login_required
from pymongo import MongoClient, ReturnDocument

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
badges = MongoClient(os.environ["MONGO_URL"]).festival.badges


def text_field(body, name, longest=64):
    value = body.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= longest:
        abort(400, description=f"{name} must be a short text")
    return value


def wanted_badge():
    body = request.get_json()
    if not isinstance(body, dict):
        abort(400)
    return {name: text_field(body, name) for name in ("code", "surname")}


@app.post("/checkin")
@login_required
def checkin():
    criteria = wanted_badge() | {"cancelled": False}
    change = {"$inc": {"entries": 1}}
    badge = badges.find_one_and_update(criteria, change, return_document=ReturnDocument.AFTER)  # <- safe
    if badge is None:
        abort(404)
    return jsonify(code=badge["code"], entries=badge["entries"])
