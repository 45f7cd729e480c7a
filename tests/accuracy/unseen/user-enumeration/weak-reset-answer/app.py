"""Forgotten passwords of a regional carpool."""

import os

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf import CSRFProtect

from accounts import Accounts
from mailer import post_reset_link

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
CSRFProtect(app)
limiter = Limiter(get_remote_address, app=app, storage_uri=os.environ["REDIS_URL"])
accounts = Accounts(os.environ["DATABASE_URL"])


@app.route("/password/forgotten", methods=["GET", "POST"])
@limiter.limit("6/hour", methods=["POST"])
def forgotten():
    if request.method == "GET":
        return render_template("forgotten.html")
    account = accounts.by_email(request.form.get("email", ""))
    if not account:
        flash("We have no driver or passenger with this address.")  # <- weak
        return redirect(url_for("forgotten"))
    post_reset_link(account)
    flash("The link is on its way to you.")
    return redirect(url_for("forgotten"))
