"""Saved payment cards of a parking application, with a page that asks before a card is removed."""

import os

from flask import Flask, redirect, render_template, request, url_for
from flask_login import LoginManager, login_required
from flask_wtf import CSRFProtect

from wallet import Wallet, db

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)
LoginManager(app)
CSRFProtect(app)


@app.get("/cards")
@login_required
def cards():
    return render_template("cards.html", cards=Wallet.mine().cards())


@app.post("/cards/<int:number>/default")
@login_required
def make_default(number):
    Wallet.mine().prefer(number)
    return redirect(url_for("cards"))


@app.route("/cards/<int:number>/remove")
@login_required
def remove(number):  # <- weak
    wallet = Wallet.mine()
    card = wallet.card(number)
    if request.args.get("sure") != "yes":
        return render_template("sure.html", card=card)
    wallet.forget(card)
    return redirect(url_for("cards"))
