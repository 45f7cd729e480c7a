"""Plants of a nursery, which everybody may look at, and wish lists, which are private."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)
CSRFProtect(app)
login_manager = LoginManager(app)


class Gardener(UserMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Plant(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    latin = db.Column(db.String(80), nullable=False)
    cents = db.Column(db.Integer, nullable=False)


class Wish(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    gardener_id = db.Column(db.ForeignKey("gardener.id"), nullable=False)
    plant_id = db.Column(db.ForeignKey("plant.id"), nullable=False)


login_manager.user_loader(lambda ident: db.session.get(Gardener, int(ident)))


@app.get("/plants/<int:number>")
def plant(number):  # <- safe
    found = db.get_or_404(Plant, number)
    return jsonify(id=found.id, latin=found.latin, cents=found.cents)


@app.post("/wishes")
@login_required
def wish():
    found = db.get_or_404(Plant, request.form.get("plant", type=int))
    row = Wish(gardener_id=current_user.id, plant_id=found.id)
    db.session.add(row)
    db.session.commit()
    return jsonify(id=row.id), 201


@app.post("/wishes/<int:number>/delete")
@login_required
def unwish(number):
    row = db.first_or_404(db.select(Wish).filter_by(id=number, gardener_id=current_user.id))
    db.session.delete(row)
    db.session.commit()
    return "", 204
