"""Accounts of an allotment society's booking system."""

import os

from flask import Flask, jsonify, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from passwords import Scheme
from people import Person, db

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
limiter = Limiter(get_remote_address, app=app, storage_uri="redis://localhost")
scheme = Scheme(salt_bytes=24)


@app.post("/accounts")
@limiter.limit("5/hour")
def open_account():
    password = request.form["password"]
    if len(password) < 12:
        return jsonify(error="Twelve characters at least."), 422
    db.session.add(Person(email=request.form["email"].lower(), password=scheme.make(password)))
    db.session.commit()
    return jsonify(ok=True), 201


@app.post("/login")
@limiter.limit("5/minute")
def login():
    person = db.session.scalar(db.select(Person).filter_by(email=request.form["email"].lower()))
    stored = person.password if person else scheme.make(os.urandom(8).hex())
    if not scheme.check(stored, request.form["password"]) or person is None:
        return jsonify(error="Wrong address or password."), 401
    session.clear()
    session["person"] = person.id
    return jsonify(ok=True)
