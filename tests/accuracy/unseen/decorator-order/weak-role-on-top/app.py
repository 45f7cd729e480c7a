"""Incident log of a dive centre, read by everybody signed in and closed by the safety officer."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

from guards import counted, needs

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
incidents = {1: {"depth": 18, "open": True}, 2: {"depth": 31, "open": True}}


@app.get("/incidents")
@login_required
@counted
def overview():
    return jsonify(incidents)


@app.post("/incidents")
@needs("instructor")
@counted
def report():
    number = max(incidents, default=0) + 1
    incidents[number] = {"depth": request.form.get("depth", 0, type=int), "open": True}
    return jsonify(number=number), 201


@needs("safety-officer")
@app.route("/incidents/<int:number>/close", methods=["POST"])
@counted
@login_required
def close(number):  # <- weak
    incidents[number]["open"] = False
    return jsonify(number=number, open=False)
