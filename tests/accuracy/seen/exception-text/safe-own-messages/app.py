"""Loans of a tool library, whose rules are broken with messages meant for the reader."""

import os

from flask import Flask, jsonify, request
from flask_login import current_user, login_required

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]

loans = {}


class RuleBroken(Exception):
    public = "This loan is not possible."


class TooMany(RuleBroken):
    public = "You already have three tools."


class TakenAlready(RuleBroken):
    public = "Someone else has this tool."


@app.errorhandler(RuleBroken)
def rule_broken(error):
    app.logger.info("loan refused", exc_info=error)
    return jsonify(message=error.public), 409  # <- safe


def lend(tool, member):
    if loans.get(tool, member) != member:
        raise TakenAlready(f"{tool} is with {loans[tool]}")
    if list(loans.values()).count(member) >= 3:
        raise TooMany(member)
    loans[tool] = member


@app.post("/loans")
@login_required
def add_loan():
    lend(int(request.get_json()["tool"]), current_user.id)
    return jsonify(lent=True), 201
