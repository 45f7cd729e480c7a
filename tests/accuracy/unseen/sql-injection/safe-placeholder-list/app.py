"""Picking lists for the staff of a spare parts warehouse."""

import sqlite3
from enum import StrEnum

from flask import Flask, abort, g, jsonify, request

app = Flask(__name__)


class PickOrder(StrEnum):
    AISLE = "aisle"
    WEIGHT = "weight"
    NAME = "name"


def database():
    if "database" not in g:
        g.database = sqlite3.connect("/var/lib/warehouse/parts.db")
        g.database.row_factory = sqlite3.Row
    return g.database


@app.teardown_appcontext
def close(_error):
    handle = g.pop("database", None)
    if handle is not None:
        handle.close()


def picked(numbers, order):
    marks = ", ".join("?" for _ in numbers)
    statement = f"SELECT number, name, aisle, weight FROM parts WHERE number IN ({marks}) ORDER BY {order.value}"
    return database().execute(statement, numbers).fetchall()  # <- safe


@app.get("/picking")
def picking():
    numbers = request.args.getlist("part")
    if not 0 < len(numbers) <= 200:
        abort(400)
    try:
        order = PickOrder(request.args.get("order", "aisle"))
    except ValueError:
        abort(400)
    return jsonify([dict(row) for row in picked(numbers, order)])
