import os

import psycopg
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

bp = Blueprint("area", __name__)
limiter = Limiter(get_remote_address)
hasher = PasswordHasher()
NOBODY = hasher.hash(os.urandom(12))


def credentials(number):
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return connection.execute("SELECT id, password FROM customers WHERE number = %s", (number,)).fetchone()


def known(number, password):
    customer, stored = credentials(number) or (None, NOBODY)
    try:
        hasher.verify(stored, password)
    except Argon2Error:
        return None
    return customer


@bp.route("/enter", methods=["GET", "POST"])
def enter():  # <- weak
    failed = False
    if request.method == "POST":
        customer = known(request.form.get("number", ""), request.form.get("password", ""))
        if customer is not None:
            session.clear()
            session["customer"] = customer
            return redirect(url_for("area.home"))
        failed = True
    return render_template("enter.html", failed=failed)


@bp.post("/letters")
@limiter.limit("3/day")
def order_letter():
    if "customer" not in session:
        return redirect(url_for("area.enter"))
    return render_template("letter.html"), 202


@bp.get("/home")
def home():
    if "customer" not in session:
        return redirect(url_for("area.enter"))
    return render_template("home.html")
