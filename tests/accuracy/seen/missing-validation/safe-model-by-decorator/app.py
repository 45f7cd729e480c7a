"""Harvest records of an orchard, with bodies checked by a decorator and its model."""

import os
from datetime import date
from functools import wraps

from flask import Flask, abort, jsonify, request, session
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from pydantic import BaseModel, ConfigDict, Field, ValidationError

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)
CSRFProtect(app)


class Harvest(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    kilos = db.Column(db.Integer, nullable=False)
    day = db.Column(db.Date, nullable=False)


class HarvestIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kilos: int = Field(gt=0, le=50_000)
    day: date


class Weight(BaseModel):
    kilos: int = Field(gt=0, le=50_000)


@app.before_request
def picker():
    if "picker_id" not in session:
        abort(401)


def takes(model):
    def outer(view):
        @wraps(view)
        def inner(**kwargs):
            try:
                data = model.model_validate(request.get_json())
            except ValidationError as exc:
                return jsonify(errors=exc.errors(include_url=False, include_context=False)), 422
            return view(data=data, **kwargs)

        return inner

    return outer


@app.post("/harvests")
@takes(HarvestIn)
def create(data):  # <- safe
    row = Harvest(kilos=data.kilos, day=data.day)
    db.session.add(row)
    db.session.commit()
    return jsonify(id=row.id), 201


@app.put("/harvests/last/weight")
def weigh():
    try:
        data = Weight.model_validate(request.get_json())
    except ValidationError:
        abort(422)
    row = db.first_or_404(db.select(Harvest).order_by(Harvest.id.desc()))
    row.kilos = data.kilos
    db.session.commit()
    return jsonify(kilos=row.kilos)
