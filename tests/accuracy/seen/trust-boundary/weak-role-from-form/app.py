"""Login of a greenhouse control panel, with a choice of the desk one works at."""

import os

from flask import Flask, abort, jsonify, redirect, request, session, url_for
from werkzeug.security import check_password_hash

from accounts import find_account

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


def remember(account, **extra):
    session.clear()
    session["account"] = account.id
    for key, value in extra.items():
        session[key] = value  # <- weak


@app.post("/login")
def login():
    account = find_account(request.form.get("name", ""))
    if account is None or not check_password_hash(account.password_hash, request.form.get("password", "")):
        abort(401)
    remember(account, role=request.form.get("role", "gardener"), theme="light")
    return redirect(url_for("valves"))


@app.get("/valves")
def valves():
    if session.get("role") != "engineer":
        abort(403)
    return jsonify(valves=["north", "south"])
