"""Ticket desk of a theatre that lets box office staff greet a buyer in their own words."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
login_manager = LoginManager(app)


class Booking(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    buyer_id: Mapped[int]
    buyer: Mapped[str]
    row: Mapped[str]
    seat: Mapped[int]


def confirmation(booking, greeting):
    text = f"{greeting}\n" + "We kept row {booking.row}, seat {booking.seat} for you."
    return text.format(booking=booking)  # <- weak


@app.get("/bookings/<int:booking_id>/confirmation")
@login_required
def confirm(booking_id):
    query = db.select(Booking).filter_by(id=booking_id, buyer_id=current_user.id)
    booking = db.first_or_404(query)
    greeting = request.args.get("greeting") or "Dear {booking.buyer},"
    return jsonify(text=confirmation(booking, greeting))
