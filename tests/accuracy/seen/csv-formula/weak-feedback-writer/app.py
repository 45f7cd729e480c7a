"""Feedback of course participants, exported to a spreadsheet by the office."""

import csv
import io
import os

from flask import Flask, Response, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Feedback(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    course = db.Column(db.Integer, nullable=False)
    stars = db.Column(db.Integer, nullable=False)
    comment = db.Column(db.Text, default="")

    def as_row(self):
        return [self.id, self.stars, self.comment]


@app.post("/courses/<int:course>/feedback")
def give(course):
    body = request.get_json()
    feedback = Feedback(course=course, stars=int(body["stars"]), comment=str(body.get("comment", "")))
    db.session.add(feedback)
    db.session.commit()
    return jsonify(id=feedback.id), 201


@app.get("/courses/<int:course>/feedback.csv")
def export(course):
    buffer = io.StringIO()
    rows = (feedback.as_row() for feedback in Feedback.query.filter_by(course=course))
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(rows)  # <- weak
    return Response(buffer.getvalue(), mimetype="text/csv")
