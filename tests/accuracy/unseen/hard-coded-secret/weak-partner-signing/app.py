"""Announcement of parcels to a customs broker, with every message signed."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

from broker import Broker, BrokerSettings

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
broker = Broker(BrokerSettings(endpoint=os.environ.get("BROKER_URL", "https://broker.example/api")))


@app.post("/parcels/<int:parcel>/announce")
@login_required
def announce(parcel):
    content = {"parcel": parcel, "goods": request.form["goods"][:120], "grams": request.form.get("grams", 0, type=int)}
    reference = broker.announce(content)
    return jsonify(reference=reference), 202
