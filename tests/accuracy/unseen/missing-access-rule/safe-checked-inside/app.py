"""Speaker management of a conference, with one view that needs its check in the middle."""

import os
from functools import wraps

from flask import Flask, abort, jsonify, request, session
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Organiser(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    may_decide: Mapped[bool] = mapped_column(default=False)


class Proposal(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default="new")


def insist(ability=None):
    organiser = db.session.get(Organiser, session.get("organiser", 0))
    if organiser is None:
        abort(401)
    if ability and not getattr(organiser, ability):
        abort(403)
    return organiser


def organisers_only(view):
    @wraps(view)
    def guarded(*args, **kwargs):
        insist()
        return view(*args, **kwargs)

    return guarded


@app.get("/proposals")
@organisers_only
def proposals():
    return jsonify([{"id": row.id, "title": row.title} for row in db.session.scalars(db.select(Proposal))])


@app.get("/proposals/<int:number>")
@organisers_only
def proposal(number):
    found = db.get_or_404(Proposal, number)
    return jsonify(title=found.title, state=found.state)


@app.post("/proposals/<int:number>/decision")
def decide(number):  # <- safe
    decision = request.form.get("decision")
    if decision not in {"accepted", "declined"}:
        abort(422)
    insist("may_decide")
    found = db.get_or_404(Proposal, number)
    found.state = decision
    db.session.commit()
    return jsonify(state=found.state)
