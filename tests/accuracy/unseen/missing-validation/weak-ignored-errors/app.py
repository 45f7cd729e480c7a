"""Harvest records of beekeepers, one by one or in a batch from the field application."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required
from marshmallow import ValidationError

from hives import Harvest, HarvestSchema, db

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
LoginManager(app)
schema = HarvestSchema()


@app.errorhandler(ValidationError)
def invalid(error):
    return jsonify(errors=error.normalized_messages()), 422


def keep(fields):
    harvest = Harvest(keeper_id=current_user.id, hive=fields["hive"], kilos=fields["kilos"], note=fields.get("note"))
    db.session.add(harvest)
    return harvest


@app.post("/harvests")
@login_required
def add():
    keep(schema.load(request.get_json()))
    db.session.commit()
    return jsonify(ok=True), 201


@app.post("/harvests/batch")
@login_required
def add_batch():  # <- weak
    rows = request.get_json()["harvests"]
    problems = schema.validate(rows, many=True)
    for row in rows:
        keep(row)
    db.session.commit()
    return jsonify(kept=len(rows), problems=problems), 201
