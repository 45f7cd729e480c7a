"""Seat maps of a concert agency, read with the visitor's login by the sites of its partners."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, current_user, login_required

from sharing import Sharing

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SAMESITE="None", SESSION_COOKIE_SECURE=True)
LoginManager(app)
Sharing(partners=("stagefront.example", "ticketbarn.example")).init_app(app)


@app.get("/me/seats")
@login_required
def my_seats():
    return jsonify(seats=current_user.seats, name=current_user.name)


@app.get("/halls/<int:hall>")
def hall(hall):
    rows = request.args.get("rows", 20, type=int)
    return jsonify(hall=hall, rows=max(1, min(rows, 60)))
