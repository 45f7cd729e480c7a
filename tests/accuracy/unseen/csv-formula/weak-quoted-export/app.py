"""Feedback collection of a shuttle service with an export for the office."""

import csv
import io
import os

from flask import Flask, Response, jsonify, request
from flask_login import LoginManager, login_required
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)
login_manager = LoginManager(app)
COLUMNS = ("id", "stop", "rating", "remark")


class Feedback(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    stop: Mapped[int]
    rating: Mapped[int]
    remark: Mapped[str]


@app.post("/feedback/<int:stop>")
def leave(stop):
    rating = min(max(request.form.get("rating", 3, type=int), 1), 5)
    db.session.add(Feedback(stop=stop, rating=rating, remark=request.form.get("remark", "").strip()[:500]))
    db.session.commit()
    return jsonify(thanks=True), 201


def sheet(items):
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for item in items:
        writer.writerow([getattr(item, column) for column in COLUMNS])  # <- weak
    return buffer.getvalue()


@app.get("/office/feedback.csv")
@login_required
def export():
    items = db.session.scalars(db.select(Feedback).order_by(Feedback.id))
    return Response(sheet(items), mimetype="text/csv", headers={"Content-Disposition": "attachment"})
