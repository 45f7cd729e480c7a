"""Repair requests of a housing co-operative, checked with schemas."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from marshmallow import Schema, ValidationError, fields, validate

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)
CSRFProtect(app)
login_manager = LoginManager(app)


class Tenant(UserMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Repair(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    tenant_id = db.Column(db.ForeignKey("tenant.id"), nullable=False)
    room = db.Column(db.String(40))
    urgency = db.Column(db.Integer)
    text = db.Column(db.Text)


login_manager.user_loader(lambda ident: db.session.get(Tenant, int(ident)))


class RepairSchema(Schema):
    room = fields.String(required=True, validate=validate.OneOf(["kitchen", "bath", "hall"]))
    urgency = fields.Integer(required=True, validate=validate.Range(1, 3))
    text = fields.String(required=True, validate=validate.Length(1, 2000))


class UrgencySchema(Schema):
    urgency = fields.Integer(required=True, validate=validate.Range(1, 3))


@app.errorhandler(ValidationError)
def invalid(exc):
    return jsonify(errors=exc.messages), 422


def own(number):
    return db.first_or_404(db.select(Repair).filter_by(id=number, tenant_id=current_user.id))


@app.post("/repairs")
@login_required
def create():
    data = RepairSchema().load(request.get_json())
    repair = Repair(tenant_id=current_user.id, room=data["room"], urgency=data["urgency"], text=data["text"])
    db.session.add(repair)
    db.session.commit()
    return jsonify(id=repair.id), 201


@app.put("/repairs/<int:number>/urgency")
@login_required
def set_urgency(number):
    own(number).urgency = UrgencySchema().load(request.get_json())["urgency"]
    db.session.commit()
    return "", 204


@app.put("/repairs/<int:number>")
@login_required
def change(number):  # <- weak
    repair = own(number)
    body = request.get_json()
    repair.room = body["room"]
    repair.urgency = body["urgency"]
    repair.text = body["text"]
    db.session.commit()
    return jsonify(id=repair.id)
