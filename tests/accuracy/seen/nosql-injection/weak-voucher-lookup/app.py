"""Voucher redemption of a climbing gym, stored in MongoDB."""

import os

from flask import Flask, abort, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
vouchers = MongoClient(os.environ["MONGO_URL"]).gym.vouchers


class VoucherQuery:
    def __init__(self, payload):
        self.code = payload.get("code")
        self.holder = payload.get("holder", "")

    def as_dict(self):
        return {"code": self.code, "holder": str(self.holder), "used": False}


@app.post("/vouchers/redeem")
def redeem():
    query = VoucherQuery(request.get_json()).as_dict()
    if not query["code"]:
        abort(400)
    voucher = vouchers.find_one_and_update(query, {"$set": {"used": True}})  # <- weak
    if voucher is None:
        abort(404)
    return jsonify(value=voucher["value"])
