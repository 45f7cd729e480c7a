"""Balance enquiry of gift cards, where each visitor gets a handful of tries."""

import os

from flask import Flask, jsonify, request
from flask_limiter import Limiter

from cards import Cards

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
cards = Cards(os.environ["DATABASE_URL"])
limiter = Limiter(
    lambda: request.headers.get("X-Real-IP", request.remote_addr),  # <- weak
    app=app,
    storage_uri=os.environ["REDIS_URL"],
    default_limits=["60/minute"],
)


@app.post("/cards/balance")
@limiter.limit("5/hour")
def balance():
    number = request.form.get("number", "")
    pin = request.form.get("pin", "")
    cents = cards.balance(number, pin)
    if cents is None:
        return jsonify(error="Number and PIN do not belong together."), 404
    return jsonify(cents=cents)


@app.errorhandler(429)
def too_many(_error):
    return jsonify(error="Too many tries, please come back later."), 429
