"""Invoices of a freelancer's bookkeeping tool, always reached through the signed-in freelancer."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, WriteOnlyMapped, mapped_column, relationship

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
login = LoginManager(app)


class Freelancer(UserMixin, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    invoices: WriteOnlyMapped["Invoice"] = relationship()


class Invoice(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    freelancer_id: Mapped[int] = mapped_column(ForeignKey("freelancer.id"))
    cents: Mapped[int]
    note: Mapped[str] = mapped_column(default="")


@login.user_loader
def load(number):
    return db.session.get(Freelancer, int(number))


def pick(number):
    return db.one_or_404(current_user.invoices.select().where(Invoice.id == number))


@app.get("/invoices/<int:number>")
@login_required
def show(number):
    invoice = pick(number)
    return jsonify(cents=invoice.cents, note=invoice.note)


@app.patch("/invoices/<int:number>")
@login_required
def annotate(number):  # <- safe
    invoice = pick(number)
    invoice.note = str(request.get_json().get("note", ""))[:300]
    db.session.commit()
    return jsonify(note=invoice.note)
