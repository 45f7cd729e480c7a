"""Application factory of a registry for lost property."""

import os

from flask import Flask, jsonify, request

from settings import Live

FOUND = [{"id": 1, "what": "umbrella"}, {"id": 2, "what": "scarf"}]


def register(app):
    @app.get("/found")
    def found():
        word = request.args.get("what", "").lower()
        return jsonify([item for item in FOUND if word in item["what"]])

    @app.get("/found/<int:number>")
    def one(number):
        for item in FOUND:
            if item["id"] == number:
                return jsonify(item)
        return jsonify(error="unknown"), 404


def create_app():
    app = Flask(__name__)
    app.config.from_object(Live)
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    register(app)
    return app
