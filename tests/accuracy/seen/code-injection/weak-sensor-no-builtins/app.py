"""Filter expressions over the readings of greenhouse sensors."""

import os

from flask import Flask, g, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Reading(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    bed = db.Column(db.String(20))
    humidity = db.Column(db.Float)
    celsius = db.Column(db.Float)


@app.before_request
def remember_filter():
    g.filter = request.args.get("where", "True")


def matching(readings):
    predicate = lambda row: eval(g.filter, {"__builtins__": {}}, row)  # <- weak
    return [row for row in readings if predicate(row)]


@app.get("/readings")
def readings():
    rows = ({"bed": r.bed, "humidity": r.humidity, "celsius": r.celsius} for r in Reading.query.limit(500))
    return jsonify(matching(rows))
