"""Bicycle counter: volunteers report counts, the city downloads the table."""

import csv
import os
from datetime import date
from enum import Enum

from flask import Flask, abort, jsonify, request, stream_with_context
from flask_login import LoginManager, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
counts = []


class Weather(Enum):
    DRY = "dry"
    RAIN = "rain"
    SNOW = "snow"


class Echo:
    def write(self, line):
        return line


@app.post("/counts")
@login_required
def report():
    body = request.get_json()
    try:
        row = (date.fromisoformat(body["day"]), int(body["bridge"]), int(body["bikes"]), Weather(body["weather"]))
    except (KeyError, TypeError, ValueError):
        abort(422)
    counts.append({"row": row, "observer": str(body.get("observer", ""))})
    return jsonify(saved=len(counts)), 201


@app.get("/counts.csv")
@login_required
def table():
    writer = csv.writer(Echo())

    def lines():
        for entry in counts:
            day, bridge, bikes, weather = entry["row"]
            yield writer.writerow([day.isoformat(), bridge, bikes, weather.value])  # <- safe

    return stream_with_context(lines()), {"Content-Type": "text/csv", "Content-Disposition": "attachment"}
