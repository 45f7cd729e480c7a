"""Ferry booking that carries the return address through payment in a signed state."""

import os

from flask import Flask, abort, jsonify, redirect, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


def serializer():
    return URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="ferry-return")


def state_for(booking):
    return serializer().dumps({"booking": booking, "to": url_for("show", booking=booking)})


@app.post("/bookings/<int:booking>/pay")
def pay(booking):
    return jsonify(state=state_for(booking))


@app.get("/bookings/<int:booking>")
def show(booking):
    return jsonify(booking=booking, deck="B")


@app.get("/paid")
def paid():
    try:
        state = serializer().loads(request.args.get("state", ""), max_age=900)
    except BadData:
        abort(400)
    return redirect(state["to"])  # <- safe
