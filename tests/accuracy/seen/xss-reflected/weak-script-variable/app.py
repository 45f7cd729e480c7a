"""Seat plan of a small theatre, drawn in the browser from the chosen row."""

from functools import partial

from flask import Flask, make_response, request
from markupsafe import escape

app = Flask(__name__)

SHELL = "<!doctype html><title>{title}</title><div id=plan></div>{scripts}<script src=/static/plan.js></script>"


def script_block(**settings):
    assignments = []
    for name, value in settings.items():
        assignments.append(f"window.{name} = {escape(value)};")
    return "<script>" + " ".join(assignments) + "</script>"


page = partial(SHELL.format, title="Seats")


@app.get("/seats")
def seats():
    row = request.args.get("row", "1")
    zoom = request.args.get("zoom", default=1.0, type=float)
    scripts = script_block(selectedRow=row, zoomLevel=zoom)
    reply = make_response(page(scripts=scripts))  # <- weak
    reply.headers["X-Frame-Options"] = "DENY"
    return reply
