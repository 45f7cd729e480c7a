"""Appointments at a vet's, where the owner of the animal named in the body is looked at."""

import os
from datetime import datetime

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)
CSRFProtect(app)
login_manager = LoginManager(app)


class Keeper(UserMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Animal(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    keeper_id = db.Column(db.ForeignKey("keeper.id"), nullable=False)


class Appointment(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    animal_id = db.Column(db.ForeignKey("animal.id"), nullable=False)
    at = db.Column(db.DateTime, nullable=False)
    animal = db.relationship(Animal)


login_manager.user_loader(lambda ident: db.session.get(Keeper, int(ident)))


def moment(text):
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        abort(422)


@app.get("/appointments/<int:number>")
@login_required
def show(number):
    found = db.get_or_404(Appointment, number)
    if found.animal.keeper_id != current_user.id:
        abort(404)
    return jsonify(at=found.at.isoformat())


@app.put("/appointments/<int:number>")
@login_required
def move(number):  # <- weak
    body = request.get_json()
    animal = db.get_or_404(Animal, body.get("animal"))
    if animal.keeper_id != current_user.id:
        abort(404)
    found = db.get_or_404(Appointment, number)
    found.at = moment(body.get("at"))
    db.session.commit()
    return jsonify(at=found.at.isoformat())
