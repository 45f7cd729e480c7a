"""Lost property office of a railway: search and claim of items."""

import os

from bson import ObjectId
from bson.errors import InvalidId
from flask import Blueprint, Flask, abort, jsonify, request
from pymongo import MongoClient

lost = Blueprint("lost", __name__, url_prefix="/lost")
items = MongoClient(os.environ["MONGO_URL"]).railway.items


def exactly(values):
    return {name: {"$eq": value} for name, value in values.items()}


@lost.post("/search")
def search():
    body = request.get_json()
    query = exactly({"station": body.get("station"), "kind": body.get("kind")})
    found = items.find(query).limit(30)  # <- safe
    return jsonify([{"id": str(item["_id"]), "label": item["label"]} for item in found])


@lost.get("/items/<item_id>")
def show(item_id):
    try:
        key = ObjectId(item_id)
    except InvalidId:
        abort(404)
    item = items.find_one({"_id": key})  # <- safe
    if item is None:
        abort(404)
    return jsonify(label=item["label"], station=item["station"])


def create_app():
    app = Flask(__name__)
    app.register_blueprint(lost)
    return app
