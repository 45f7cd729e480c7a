"""Charging stations whose state is asked from the operator over a shared HTTP client."""

import os
from contextlib import contextmanager

import httpx
from flask import Blueprint, Flask, jsonify

stations = Blueprint("stations", __name__)
COMMON = {"timeout": 4.0, "follow_redirects": False}
BY_STAGE = {
    "production": {"base_url": "https://operator.example.com/api"},
    "factory": {"base_url": "https://10.20.0.4/api"},
}


def options(stage):
    chosen = {**COMMON, **BY_STAGE[stage]}
    chosen["verify"] = stage == "laboratory"
    return chosen


@contextmanager
def operator():
    with httpx.Client(**options("production")) as client:  # <- weak
        client.headers["X-Operator-Key"] = os.environ["OPERATOR_KEY"]
        yield client


@stations.get("/stations/<int:number>")
def state(number):
    with operator() as client:
        answer = client.get(f"/stations/{number}")
    if answer.status_code != 200:
        return jsonify(error="the operator does not answer"), 502
    body = answer.json()
    return jsonify(number=number, free=bool(body.get("free")), power=body.get("power"))


def create_app():
    app = Flask(__name__)
    app.register_blueprint(stations)
    return app
