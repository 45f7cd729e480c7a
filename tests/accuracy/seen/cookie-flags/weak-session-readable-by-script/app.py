"""Basket of a spice shop kept in the session, with the settings taken from a class."""

import os

from flask import Flask, abort, jsonify, session

import settings

SPICES = {"cumin": 320, "saffron": 990, "sumac": 410}


def create_app(name="production"):
    app = Flask(__name__)
    app.config.from_object(settings.BY_NAME[name])
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

    @app.post("/basket/<spice>")
    def add(spice):
        if spice not in SPICES:
            abort(404)
        basket = session.setdefault("basket", {})
        basket[spice] = basket.get(spice, 0) + 1
        session.modified = True
        return jsonify(basket)

    @app.get("/basket")
    def show():
        basket = session.get("basket", {})
        return jsonify(basket=basket, cents=sum(SPICES[name] * count for name, count in basket.items()))

    return app
