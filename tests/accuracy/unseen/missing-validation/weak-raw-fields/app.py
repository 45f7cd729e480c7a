"""Trip offers of a mountain-guide office, kept in a document store."""

import os

from bson import ObjectId
from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required
from pymongo import MongoClient

from offers import NewOffer, PriceChange, checked

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
offers = MongoClient(os.environ["MONGO_URL"]).guides.offers


def mine(number):
    if not ObjectId.is_valid(number):
        abort(404)
    return {"_id": ObjectId(number), "guide": current_user.id}


@app.post("/offers")
@login_required
def create():
    offer = checked(NewOffer)
    done = offers.insert_one({"guide": current_user.id, **offer.model_dump(mode="json")})
    return jsonify(id=str(done.inserted_id)), 201


@app.patch("/offers/<number>/price")
@login_required
def change_price(number):
    change = checked(PriceChange)
    offers.update_one(mine(number), {"$set": {"cents": change.cents}})
    return jsonify(cents=change.cents)


@app.patch("/offers/<number>/route")
@login_required
def change_route(number):  # <- weak
    body = request.get_json()
    route = {f"route.{name}": body.get(name) for name in ("start", "summit", "metres", "grade")}
    offers.update_one(mine(number), {"$set": route})
    return jsonify(changed=sorted(route))
