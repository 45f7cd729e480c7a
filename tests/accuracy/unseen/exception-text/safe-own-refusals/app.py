"""Booking of rehearsal rooms whose refusals are sentences meant for the musician."""

import logging
import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
LoginManager(app)
log = logging.getLogger("rooms")
taken = {}


class Refusal(Exception):
    sentence = "This booking is not possible."

    def __str__(self):
        return self.sentence


class RoomTaken(Refusal):
    sentence = "The room is taken at that hour."


class OutsideHours(Refusal):
    sentence = "Rooms can be booked from 9 to 22."


def book(room, hour, musician):
    if not 9 <= hour < 22:
        raise OutsideHours
    if taken.setdefault((room, hour), musician) != musician:
        raise RoomTaken


@app.post("/rooms/<int:room>/bookings")
@login_required
def bookings(room):
    try:
        book(room, int(request.form["hour"]), current_user.id)
    except Refusal as exc:
        log.info("refused: %r", exc)
        return jsonify(error=str(exc)), 409  # <- safe
    except ValueError:
        log.exception("booking")
        return jsonify(error="The hour is a number."), 422
    return jsonify(booked=True), 201
