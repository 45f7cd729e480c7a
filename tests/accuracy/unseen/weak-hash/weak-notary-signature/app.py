"""Sealing of delivery notes by a haulier, so that a court can later see they are unchanged."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

from notary import DeliveryNotary

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], MAX_CONTENT_LENGTH=4 * 1024 * 1024)
LoginManager(app)
notary = DeliveryNotary(os.environ["NOTARY_KEY_FILE"])


@app.post("/notes/seal")
@login_required
def seal():
    note = request.files["note"].read()
    return jsonify(size=len(note), seal=notary.sign(note).hex())


@app.post("/notes/verify")
@login_required
def verify():
    note = request.files["note"].read()
    try:
        seal = bytes.fromhex(request.form["seal"])
    except ValueError:
        return jsonify(valid=False), 422
    return jsonify(valid=notary.holds(note, seal))
