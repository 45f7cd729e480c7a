"""Appointments of a hair salon; a decorator loads the appointment and turns strangers away."""

import datetime as dt
import os
from functools import wraps

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
LoginManager(app)


class Appointment(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int]
    stylist_id: Mapped[int]
    at: Mapped[dt.datetime]

    @property
    def parties(self):
        return {self.customer_id, self.stylist_id}


def with_appointment(view):
    @wraps(view)
    @login_required
    def loaded(number, **values):
        appointment = db.session.get(Appointment, number)
        if appointment is None or current_user.id not in appointment.parties:
            abort(404)
        return view(appointment=appointment, **values)

    return loaded


@app.get("/appointments/<int:number>")
@with_appointment
def show(appointment):
    return jsonify(at=appointment.at.isoformat())


@app.post("/appointments/<int:number>/move")
@with_appointment
def move(appointment):  # <- safe
    try:
        at = dt.datetime.fromisoformat(request.form["at"])
    except ValueError:
        abort(422)
    appointment.at = at
    db.session.commit()
    return jsonify(at=at.isoformat())
