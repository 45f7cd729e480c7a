"""Login of a parcel depot, where the role comes from the record of the worker."""

import os

from flask import Flask, abort, jsonify, request, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.security import check_password_hash

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Worker(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    badge: Mapped[str] = mapped_column(unique=True)
    pin_hash: Mapped[str]
    role: Mapped[str]


def identified(form):
    wanted = {"badge": form.get("badge", ""), "role": form.get("role", "")}
    worker = db.session.scalar(select(Worker).where(Worker.badge == wanted["badge"]))
    if worker is None or not check_password_hash(worker.pin_hash, form.get("pin", "")):
        abort(401)
    wanted["role"] = worker.role
    wanted["id"] = worker.id
    return wanted


@app.post("/login")
def login():
    worker = identified(request.form)
    session.clear()
    session["worker_id"] = worker["id"]
    session["role"] = worker["role"]  # <- safe
    return jsonify(role=session["role"])
