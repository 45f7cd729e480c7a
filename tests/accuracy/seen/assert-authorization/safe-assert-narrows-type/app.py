"""Repair orders of a watchmaker, with asserts that only help the type checker."""

import os

from flask import Flask, jsonify, request, session
from werkzeug.exceptions import Forbidden, NotFound, Unauthorized

from workshop import ORDERS, Smith, smiths

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SAMESITE="Strict", SESSION_COOKIE_SECURE=True)


def require_user(role: str) -> Smith:
    user: Smith | None = smiths.get(session.get("smith_id", 0))
    if user is None:
        raise Unauthorized()
    if role not in user.roles:
        raise Forbidden()
    return user


@app.get("/orders")
def orders():
    require_user("read")
    return jsonify(list(ORDERS.values()))


@app.post("/orders/<int:number>/price")
def set_price(number: int):
    user = require_user("price")
    assert isinstance(user, Smith)  # <- safe
    if number not in ORDERS:
        raise NotFound()
    cents = request.form.get("cents", type=int)
    if cents is None or cents < 0:
        return jsonify(error="a price is needed"), 422
    ORDERS[number] |= {"cents": cents, "by": user.name}
    return jsonify(ORDERS[number])
