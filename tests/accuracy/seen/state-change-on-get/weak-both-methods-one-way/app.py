"""Newsletter settings of a wine merchant, reached by a form and by old links."""

import os

from flask import Flask, abort, g, jsonify, request, session
from flask_wtf import CSRFProtect

from customers import Customers

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)
customers = Customers(os.environ["WINE_DSN"])
LETTERS = frozenset({"weekly", "offers", "none"})


@app.before_request
def known_customer():
    g.customer = session.get("customer_id")
    if g.customer is None:
        abort(401)


@app.get("/newsletter")
def newsletter():
    return jsonify(letter=customers.letter(g.customer))


@app.route("/newsletter/choose", methods=["GET", "POST"])
def choose():  # <- weak
    letter = request.values.get("letter", "none")
    if letter not in LETTERS:
        abort(422)
    customers.set_letter(g.customer, letter)
    return jsonify(letter=letter)


@app.post("/newsletter/pause")
def pause():
    customers.set_letter(g.customer, "none")
    return jsonify(letter="none")
