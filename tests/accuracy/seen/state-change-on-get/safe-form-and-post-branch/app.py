"""Pages of a puppet theatre where one view shows the form and takes what it sends."""

import os

from flask import Flask, abort, flash, redirect, render_template, request, session, url_for
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
db = SQLAlchemy(app)
CSRFProtect(app)


class Show(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    title = db.Column(db.String(80), nullable=False)


def remove(show):
    db.session.delete(show)
    db.session.commit()


@app.before_request
def players_only():
    if session.get("role") != "player":
        abort(403)


@app.get("/shows")
def shows():
    return render_template("shows.html", shows=db.session.scalars(db.select(Show)).all(), doomed=None)


@app.route("/shows/<int:number>/delete", methods=["GET", "POST"])
def delete(number):  # <- safe
    show = db.get_or_404(Show, number)
    if request.method != "POST":
        return render_template("shows.html", shows=[], doomed=show)
    remove(show)
    flash("The show is gone.")
    return redirect(url_for("shows"))
