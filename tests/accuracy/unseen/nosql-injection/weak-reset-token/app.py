"""Password reset of a car sharing club with accounts in MongoDB."""

import os
from datetime import UTC, datetime

from flask import Flask, jsonify, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from pymongo import MongoClient
from werkzeug.security import generate_password_hash

app = Flask(__name__)
limiter = Limiter(get_remote_address, app=app)
database = MongoClient(os.environ["MONGO_URL"]).carshare


class ResetStore:
    def __init__(self, collection):
        self.collection = collection

    def pending(self, **fields):
        fields["used"] = False
        fields["expires"] = {"$gt": datetime.now(UTC)}
        return self.collection.find_one(fields)  # <- weak

    def close(self, entry):
        self.collection.update_one({"_id": entry["_id"]}, {"$set": {"used": True}})


resets = ResetStore(database.resets)


@app.post("/password/reset")
@limiter.limit("5 per hour")
def reset():
    body = request.get_json()
    password = body.get("password")
    if not isinstance(password, str) or len(password) < 12:
        return jsonify(error="please choose a longer password"), 422
    entry = resets.pending(token=body.get("token"))
    if entry is None:
        return jsonify(error="this link is no longer valid"), 400
    digest = generate_password_hash(password)
    database.members.update_one({"_id": entry["member_id"]}, {"$set": {"password": digest}})
    resets.close(entry)
    return jsonify(ok=True)
