"""Charts of an energy supplier, drawn by one module per chart type."""

import importlib

from flask import Blueprint, Flask, Response, abort, request

charts = Blueprint("charts", __name__)
CHART_TYPES = frozenset({"bars", "lines", "pie"})


def drawing_function(chart_type):
    if chart_type not in CHART_TYPES:
        abort(404)
    module = importlib.import_module("energy.charts." + chart_type)  # <- safe
    return module.draw


@charts.get("/charts/<chart_type>.svg")
def chart(chart_type):
    draw = drawing_function(chart_type)
    try:
        values = [float(value) for value in request.args.getlist("value")]
    except ValueError:
        abort(400)
    return Response(draw(values[:100]), mimetype="image/svg+xml")


def create_app():
    app = Flask(__name__)
    app.register_blueprint(charts)
    return app
