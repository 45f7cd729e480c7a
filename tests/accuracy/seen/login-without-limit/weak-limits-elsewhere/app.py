"""Members' area of a chess federation, where searching and signing up are limited."""

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
SPARE = generate_password_hash(secrets.token_hex(16))


class Player(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(60), unique=True)
    rating = db.Column(db.Integer, default=1000)
    password_hash = db.Column(db.String(255))


def named(name):
    return db.session.scalar(db.select(Player).where(Player.name == name))


@app.get("/players")
@limiter.limit("30 per minute")
def search():
    name = request.args.get("name", "")
    return jsonify([p.rating for p in db.session.scalars(db.select(Player).where(Player.name.startswith(name)))])


@app.post("/players")
@limiter.limit("3 per hour")
def sign_up():
    player = Player(name=request.form["name"], password_hash=generate_password_hash(request.form["password"]))
    db.session.add(player)
    db.session.commit()
    return jsonify(id=player.id), 201


@app.post("/login")
def login():  # <- weak
    player = named(request.form.get("name", ""))
    stored = player.password_hash if player else SPARE
    if not check_password_hash(stored, request.form.get("password", "")) or player is None:
        return jsonify(error="name or password is wrong"), 401
    session["player_id"] = player.id
    return jsonify(rating=player.rating)
