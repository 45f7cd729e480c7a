"""Bookings of a tennis hall, with links for the members."""

import os

from flask import Flask, jsonify, redirect, render_template, request, url_for
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)
CSRFProtect(app)
login_manager = LoginManager(app)


class Member(UserMixin, db.Model):
    id = db.Column(db.Integer, primary_key=True)


class Booking(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    member_id = db.Column(db.ForeignKey("member.id"), nullable=False)
    court = db.Column(db.Integer, nullable=False)


login_manager.user_loader(lambda ident: db.session.get(Member, int(ident)))


def own(number):
    return db.first_or_404(db.select(Booking).filter_by(id=number, member_id=current_user.id))


@app.get("/bookings")
@login_required
def bookings():
    rows = db.session.scalars(db.select(Booking).filter_by(member_id=current_user.id)).all()
    return render_template("bookings.html", bookings=rows)


@app.post("/bookings")
@login_required
def book():
    court = request.form.get("court", type=int)
    if court not in range(1, 7):
        return jsonify(error="no such court"), 422
    db.session.add(Booking(member_id=current_user.id, court=court))
    db.session.commit()
    return redirect(url_for("bookings"))


@app.route("/bookings/<int:number>/cancel")
@login_required
def cancel(number):  # <- weak
    db.session.delete(own(number))
    db.session.commit()
    return redirect(url_for("bookings"))
