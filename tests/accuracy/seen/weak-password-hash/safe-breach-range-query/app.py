"""Sign-up of a choir site that refuses passwords known from breaches and stores Argon2 hashes."""

import hashlib
import os

import requests
from argon2 import PasswordHasher
from flask import Flask, abort, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
hasher = PasswordHasher()


class Singer(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80), unique=True)
    password_hash = db.Column(db.String(255))


def seen_in_breach(password):
    mark = hashlib.sha1(password.encode("utf-8"), usedforsecurity=False).hexdigest().upper()  # <- safe
    head, tail = mark[:5], mark[5:]
    answer = requests.get(f"https://api.pwnedpasswords.com/range/{head}", timeout=4)
    answer.raise_for_status()
    return any(line.split(":")[0] == tail for line in answer.text.splitlines())


@app.post("/singers")
def enrol():
    password = request.form.get("password", "")
    if len(password) < 10 or seen_in_breach(password):
        abort(422, "please choose another password")
    singer = Singer(name=request.form["name"], password_hash=hasher.hash(password))
    db.session.add(singer)
    db.session.commit()
    return jsonify(id=singer.id), 201
