"""Greenhouse dashboard that searches sensor readings by bed and by a limit."""

import os

from flask import Flask, g, jsonify, request
from flask_login import LoginManager, current_user, login_required
from pymongo import DESCENDING, MongoClient

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)


def readings():
    if "mongo" not in g:
        g.mongo = MongoClient(os.environ["MONGO_URL"])
    return g.mongo.greenhouse.readings


def script(bed, minimum):
    tests = [f"this.humidity - this.baseline >= {minimum}"]
    if bed:
        tests.insert(0, "this.bed.name == '" + bed + "'")
    return " && ".join(tests)


@app.get("/readings")
@login_required
def search():
    minimum = request.args.get("minimum", 0.0, type=float)
    criteria = {"garden": current_user.garden_id}
    criteria["$where"] = script(request.args.get("bed"), minimum)
    rows = readings().find(criteria, {"_id": 0}).sort("at", DESCENDING).limit(100)  # <- weak
    return jsonify(list(rows))
