"""Basket of a cheese shop that is kept by the browser between two visits."""

import base64
import os
import pickle
from dataclasses import dataclass, field

from flask import Flask, jsonify, request
from itsdangerous import BadSignature, TimestampSigner

app = Flask(__name__)
signer = TimestampSigner(os.environ["BASKET_KEY"], salt="basket.v2")
CATALOGUE = {"comte": 2890, "gouda": 1750, "manchego": 2440}


@dataclass
class Basket:
    grams: dict[str, int] = field(default_factory=dict)

    def total(self):
        return sum(CATALOGUE[name] * amount // 1000 for name, amount in self.grams.items())


def freeze(basket):
    return signer.sign(base64.urlsafe_b64encode(pickle.dumps(basket))).decode()


def thaw(text):
    try:
        packed = signer.unsign(text, max_age=14 * 86400)
    except BadSignature:
        return Basket()
    return pickle.loads(base64.urlsafe_b64decode(packed))  # <- safe


@app.post("/basket/<any(comte, gouda, manchego):name>")
def put(name):
    basket = thaw(request.cookies.get("basket", ""))
    basket.grams[name] = min(request.form.get("grams", default=100, type=int), 5000)
    response = jsonify(total=basket.total())
    response.set_cookie("basket", freeze(basket), httponly=True, secure=True, samesite="Lax")
    return response
