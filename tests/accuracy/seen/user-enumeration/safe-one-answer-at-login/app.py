"""Sign-in of a bee keepers' exchange with the same answer, and the same work, for every failure."""

import os
import secrets

from flask import Flask, jsonify, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy import SQLAlchemy
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Strict")
db = SQLAlchemy(app)
limiter = Limiter(get_remote_address, app=app)
NOBODY = generate_password_hash(secrets.token_hex(16))


class Keeper(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(60), unique=True)
    password_hash = db.Column(db.String(255))


def refused():
    return jsonify(error="name or password is wrong"), 401


@app.post("/sign-in")
@limiter.limit("5 per minute")
def sign_in():
    name, password = request.form.get("name", ""), request.form.get("password", "")
    keeper = db.session.scalar(db.select(Keeper).where(Keeper.name == name))
    if keeper is None:
        check_password_hash(NOBODY, password)
        return refused()  # <- safe
    if not check_password_hash(keeper.password_hash, password):
        return refused()
    session["keeper_id"] = keeper.id
    return jsonify(name=keeper.name)
