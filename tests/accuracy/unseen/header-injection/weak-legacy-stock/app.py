"""Bridge between a web shop and the stock server of the old merchandise system."""

import os

from flask import Flask, abort, jsonify, request
from flask_login import LoginManager, login_required

from legacy import StockClient

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
login_manager = LoginManager(app)
stock = StockClient("stock.internal.example", 8081)


@app.post("/reservations")
@login_required
def reserve():
    order = request.get_json()
    if not isinstance(order.get("amount"), int) or not isinstance(order.get("article"), int):
        abort(400)
    answer = stock.reserve(order["article"], order["amount"], reference=str(order.get("reference", "")))
    return jsonify(accepted=answer.startswith(b"HTTP/1.0 204"))
