"""Readings of weather stations, each of which has a token of its own."""

import os

from flask import Flask, abort, g, jsonify, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Station(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    upload_token: Mapped[str]

    def accepts(self, presented):
        return bool(presented) and self.upload_token == presented  # <- weak


class Reading(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int]
    celsius: Mapped[float]


@app.url_value_preprocessor
def find_station(_endpoint, values):
    station = db.session.get(Station, (values or {}).pop("station_id", 0))
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if station is None or scheme != "Bearer" or not station.accepts(token):
        abort(401)
    g.station = station


@app.post("/stations/<int:station_id>/readings")
def add_reading():
    try:
        celsius = float(request.get_json()["celsius"])
    except (KeyError, TypeError, ValueError):
        abort(422)
    db.session.add(Reading(station_id=g.station.id, celsius=celsius))
    db.session.commit()
    return jsonify(station=g.station.name), 201
