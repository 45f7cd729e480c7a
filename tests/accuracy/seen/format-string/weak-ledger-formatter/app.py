"""Ledger lines of a treasurer's tool with a line layout from the query string."""

import string
from datetime import date
from decimal import Decimal

from flask import Blueprint, Flask, Response, request

ledger = Blueprint("ledger", __name__)


class Account:
    bank = "Savings and Loan"

    def __init__(self, number, balance):
        self.number = number
        self.balance = balance


ACCOUNTS = [Account("100", Decimal("12.50")), Account("200", Decimal("-3.10"))]


class LineFormatter(string.Formatter):
    def get_value(self, key, args, kwargs):
        return kwargs.get(key, "") if isinstance(key, str) else args[0]


def lines(layout):
    formatter = LineFormatter()
    for account in ACCOUNTS:
        yield formatter.vformat(layout, (account,), {"today": date.today()})  # <- weak


@ledger.get("/ledger.txt")
def text_ledger():
    layout = request.args.get("layout") or "{0.number}: {0.balance}"
    return Response("\n".join(lines(layout)), mimetype="text/plain")


def create_app():
    app = Flask(__name__)
    app.register_blueprint(ledger)
    return app
