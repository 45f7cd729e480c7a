"""Accounts of a bicycle rental, with the password kept by a model property."""

import hashlib
import hmac
import os

from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Digested:
    algorithm = "sha256"

    def compute(self, text):
        return hashlib.new(self.algorithm, text.encode()).hexdigest()  # <- weak


class Rider(Digested, db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(200), unique=True, nullable=False)
    pw_digest = db.Column(db.String(64), nullable=False)

    @property
    def password(self):
        raise AttributeError("write only")

    @password.setter
    def password(self, value):
        self.pw_digest = self.compute(value)

    def knows(self, value):
        return hmac.compare_digest(self.pw_digest, self.compute(value))


@app.post("/riders")
def create_rider():
    body = request.get_json()
    rider = Rider(email=body["email"].strip().lower())
    rider.password = body["password"]
    db.session.add(rider)
    db.session.commit()
    return jsonify(id=rider.id), 201
