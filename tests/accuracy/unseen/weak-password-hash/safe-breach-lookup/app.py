"""Sign-up of a ferry line that refuses passwords known from public breaches."""

import hashlib
import os

import httpx
from argon2 import PasswordHasher
from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
hasher = PasswordHasher()


class Passenger(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]


class BreachIndex:
    base = "https://api.pwnedpasswords.com/range/"

    def knows(self, password):
        digest = hashlib.sha1(password.encode()).hexdigest().upper()  # <- safe
        prefix, rest = digest[:5], digest[5:]
        answer = httpx.get(self.base + prefix, timeout=4, headers={"Add-Padding": "true"})
        counts = dict(line.split(":") for line in answer.text.splitlines())
        return int(counts.get(rest, 0)) > 0


@app.post("/passengers")
def sign_up():
    email, password = request.form["email"].strip().lower(), request.form["password"]
    if len(password) < 10 or BreachIndex().knows(password):
        return jsonify(error="Please choose another password."), 422
    db.session.add(Passenger(email=email, password_hash=hasher.hash(password)))
    db.session.commit()
    return jsonify(created=True), 201
