"""Reviews of hotel rooms, stored by SQLAlchemy and listed on the page of the room."""

import os

from flask import Flask, redirect, render_template, request, url_for
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db = SQLAlchemy(app)


class Review(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[int]
    guest: Mapped[str]
    text: Mapped[str]


@app.post("/rooms/<int:room>/reviews")
def add_review(room):
    db.session.add(Review(room=room, guest=request.form["guest"], text=request.form["text"]))
    db.session.commit()
    return redirect(url_for("reviews", room=room))


@app.get("/rooms/<int:room>/reviews")
def reviews(room):
    found = db.session.scalars(select(Review).where(Review.room == room)).all()
    heading = "<small>as written by our guests</small>"
    return render_template("reviews.html", reviews=found, heading=heading)
