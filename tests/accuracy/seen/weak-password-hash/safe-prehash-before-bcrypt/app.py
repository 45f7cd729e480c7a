"""Registration of exhibitors at a trade fair, with long passphrases folded before bcrypt."""

import base64
import hashlib
import os

import bcrypt
from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)


class Exhibitor(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    stand = db.Column(db.String(12), unique=True, nullable=False)
    password_hash = db.Column(db.LargeBinary, nullable=False)


def fold(password):
    # bcrypt reads at most 72 bytes and stops at a NUL, so it is handed base64 of a digest
    digest = hashlib.sha256(password.encode("utf-8")).digest()  # <- safe
    return base64.b64encode(digest)


def hash_password(password):
    return bcrypt.hashpw(fold(password), bcrypt.gensalt(rounds=12))


def verify_password(password, stored):
    return bcrypt.checkpw(fold(password), stored)


@app.post("/exhibitors")
def register():
    form = request.form
    row = Exhibitor(stand=form["stand"], password_hash=hash_password(form["password"]))
    db.session.add(row)
    db.session.commit()
    return jsonify(id=row.id), 201
