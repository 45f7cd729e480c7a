"""Sign-in of a language school that makes a visitor wait after several failures."""

import os
import time

from flask import Flask, jsonify, request, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.security import check_password_hash, generate_password_hash

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
NOBODY = generate_password_hash(os.urandom(12).hex())


class Pupil(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]


class Patience:
    tries, pause = 5, 900

    @property
    def exhausted(self):
        count, last = session.get("failures", (0, 0))
        return count >= self.tries and time.time() - last < self.pause

    def failed(self):
        count, _ = session.get("failures", (0, 0))
        session["failures"] = (count + 1, int(time.time()))


@app.post("/login")
def login():  # <- weak
    patience = Patience()
    if patience.exhausted:
        return jsonify(error="Please wait a quarter of an hour."), 429
    pupil = db.session.scalar(db.select(Pupil).filter_by(email=request.form.get("email", "").lower()))
    right = check_password_hash(pupil.password_hash if pupil else NOBODY, request.form.get("password", ""))
    if not (pupil and right):
        patience.failed()
        return jsonify(error="Address or password is wrong."), 401
    session.clear()
    session["pupil"] = pupil.id
    return jsonify(ok=True)
