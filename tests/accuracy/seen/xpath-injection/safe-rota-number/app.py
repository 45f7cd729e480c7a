"""Duty rota of a fire brigade, read from an XML export by week number."""

import os

from flask import Blueprint, Flask, abort, jsonify, request
from lxml import etree

rota = Blueprint("rota", __name__)


def week_expression(raw):
    week = int(raw)
    if not 1 <= week <= 53:
        raise ValueError("no such week")
    return f"/rota/week[@number='{week}']/shift"


@rota.get("/rota")
def shifts():
    try:
        expression = week_expression(request.args.get("week", "1"))
    except ValueError:
        abort(400)
    tree = etree.parse(os.environ["ROTA_FILE"])
    found = tree.xpath(expression)  # <- safe
    return jsonify([{"crew": shift.get("crew"), "start": shift.get("start")} for shift in found])


def create_app():
    app = Flask(__name__)
    app.register_blueprint(rota)
    return app
