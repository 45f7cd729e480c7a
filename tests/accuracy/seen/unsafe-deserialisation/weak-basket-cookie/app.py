"""Basket of a tea shop, kept in a cookie between two visits."""

import base64
import pickle

from flask import Flask, g, jsonify, request

app = Flask(__name__)

PRICES = {"assam": 6.5, "sencha": 8.0, "rooibos": 5.0}


class Basket:
    def __init__(self, items=None):
        self.items = dict(items or {})

    @classmethod
    def from_text(cls, text):
        packed = base64.urlsafe_b64decode(text.encode("ascii"))
        return cls(pickle.loads(packed))  # <- weak

    def to_text(self):
        return base64.urlsafe_b64encode(pickle.dumps(self.items)).decode("ascii")

    @property
    def total(self):
        return sum(PRICES[tea] * count for tea, count in self.items.items())


@app.before_request
def find_basket():
    kept = request.cookies.get("basket")
    g.basket = Basket.from_text(kept) if kept else Basket()


@app.post("/basket/<any(assam, sencha, rooibos):tea>")
def put(tea):
    g.basket.items[tea] = g.basket.items.get(tea, 0) + 1
    response = jsonify(total=g.basket.total)
    response.set_cookie("basket", g.basket.to_text(), httponly=True, secure=True, samesite="Lax")
    return response
