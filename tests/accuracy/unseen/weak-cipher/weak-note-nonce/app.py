"""Encrypted consultation notes of a psychotherapy practice."""

import hashlib
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LoginManager(app)


class Note(db.Model):
    patient_id: Mapped[int] = mapped_column(primary_key=True)
    therapist_id: Mapped[int]
    body: Mapped[bytes]


class NoteBox:
    def __init__(self, key, purpose):
        self._cipher = AESGCM(key)
        self._nonce = hashlib.sha256(purpose.encode()).digest()[:12]

    def close(self, text, patient_id):
        return self._cipher.encrypt(self._nonce, text.encode(), str(patient_id).encode())  # <- weak


box = NoteBox(bytes.fromhex(os.environ["NOTE_KEY"]), purpose="consultation-notes")


@app.put("/patients/<int:patient_id>/note")
@login_required
def write_note(patient_id):
    note = db.session.get(Note, patient_id)
    if note is None or note.therapist_id != current_user.id:
        abort(404)
    note.body = box.close(request.get_json()["text"], patient_id)
    db.session.commit()
    return jsonify(saved=True)
