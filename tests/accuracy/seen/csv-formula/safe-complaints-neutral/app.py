"""Complaints about public transport, exported for the weekly meeting."""

import csv
import io
import os

from flask import Flask, Response, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Complaint(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    line = db.Column(db.String(20))
    text = db.Column(db.Text)


def as_text(value):
    return "'" + " ".join(str(value).split())


def table(complaints):
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    for complaint in complaints:
        writer.writerow([complaint.id, as_text(complaint.line), as_text(complaint.text)])  # <- safe
    return buffer.getvalue()


@app.post("/complaints")
def complain():
    complaint = Complaint(line=request.form.get("line", "?")[:20], text=request.form.get("text", ""))
    db.session.add(complaint)
    db.session.commit()
    return jsonify(id=complaint.id), 201


@app.get("/complaints.csv")
def export():
    return Response(table(Complaint.query.order_by(Complaint.id)), mimetype="text/csv")
