"""Patient notes of a physiotherapy practice, kept encrypted at rest."""

import base64
import os

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from flask import Flask, abort, jsonify, request, session
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
KEY = base64.b64decode(os.environ["NOTES_KEY"])


class Note(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    therapist_id = db.Column(db.Integer, nullable=False)
    sealed = db.Column(db.LargeBinary, nullable=False)


def box():
    mode = modes.ECB
    return Cipher(algorithms.AES(KEY), mode())  # <- weak


def seal(text):
    padder = padding.PKCS7(128).padder()
    padded = padder.update(text.encode()) + padder.finalize()
    enc = box().encryptor()
    return enc.update(padded) + enc.finalize()


@app.post("/notes")
def add_note():
    therapist = session.get("therapist_id")
    if therapist is None:
        abort(401)
    note = Note(therapist_id=therapist, sealed=seal(request.form["text"]))
    db.session.add(note)
    db.session.commit()
    return jsonify(id=note.id), 201
