"""Sign-in of a parents' portal."""

import os

from flask import Flask, flash, redirect, render_template, request, session, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from werkzeug.security import check_password_hash

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SQLALCHEMY_DATABASE_URI=os.environ["DATABASE_URL"])
app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")
db = SQLAlchemy(app)
CSRFProtect(app)
limiter = Limiter(get_remote_address, app=app)


class Parent(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    email = db.Column(db.String(200), unique=True)
    password_hash = db.Column(db.String(255))


def by_email(email):
    return db.session.scalar(db.select(Parent).where(Parent.email == email))


@app.get("/sign-in")
def form():
    return render_template("sign_in.html")


@app.post("/sign-in")
@limiter.limit("6 per minute")
def sign_in():
    parent = by_email(request.form.get("email", ""))
    if parent is None:
        flash("We do not know this address.")  # <- weak
        return redirect(url_for("form"))
    if not check_password_hash(parent.password_hash, request.form.get("password", "")):
        flash("The password is wrong.")
        return redirect(url_for("form"))
    session["parent_id"] = parent.id
    return redirect("/")
