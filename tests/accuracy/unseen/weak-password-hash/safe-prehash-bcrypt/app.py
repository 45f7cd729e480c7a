"""Change of passphrase for the readers of a small newspaper, with passphrases of any length."""

import base64
import hashlib
import os

import bcrypt
from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LoginManager(app)


class Reader(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    passphrase_hash: Mapped[bytes]


def fold(passphrase):
    """bcrypt reads 72 bytes and stops at NUL; a longer passphrase is folded to 44 printable ones."""
    digest = hashlib.sha256(passphrase.encode("utf-8")).digest()  # <- safe
    return base64.b64encode(digest)


def store(passphrase):
    return bcrypt.hashpw(fold(passphrase), bcrypt.gensalt(rounds=13))


@app.post("/passphrase")
@login_required
def change():
    reader = db.session.get(Reader, current_user.id)
    old, new = request.form["old"], request.form["new"]
    if len(new) < 15:
        return jsonify(error="Fifteen characters at least."), 422
    if not bcrypt.checkpw(fold(old), reader.passphrase_hash):
        return jsonify(error="The old passphrase is not right."), 403
    reader.passphrase_hash = store(new)
    db.session.commit()
    return jsonify(changed=True)
