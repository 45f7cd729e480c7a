"""Quotation calculator in which dealers try out a discount formula."""

import os

from flask import Flask, jsonify, request
from flask_login import LoginManager, login_required

from formulas import Formula, FormulaError

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)


@app.post("/quotes/preview")
@login_required
def preview():
    draft = request.get_json()
    lines = [(float(line["price"]), int(line["amount"])) for line in draft["lines"]]
    try:
        formula = Formula.parse(draft["formula"])
        totals = [formula.value(price=price, amount=amount) for price, amount in lines]
    except FormulaError:
        return jsonify(error="this formula is not allowed"), 422
    return jsonify(total=round(sum(totals), 2))
