"""Timetable service of a bus company with its own pages for errors."""

from flask import Flask, abort, jsonify, make_response, request
from werkzeug.exceptions import HTTPException

app = Flask(__name__)
STOPS = {"harbour": ["06:10", "07:10"], "castle": ["06:25", "07:25"]}


class UnknownStop(HTTPException):
    code = 404

    def __init__(self, stop):
        super().__init__(description=f"There is no stop called <b>{stop}</b>.")


def stop_or_404(name):
    if name not in STOPS:
        raise UnknownStop(name)
    return STOPS[name]


@app.errorhandler(HTTPException)
def show_error(error):
    parts = ["<!doctype html><title>Sorry</title>", f"<h1>{error.code} {error.name}</h1>"]
    parts.append(f"<p>{error.description}</p>")
    return make_response("".join(parts), error.code)  # <- weak


@app.get("/departures")
def departures():
    name = request.args.get("stop", "")
    if len(name) > 60:
        abort(400, description="This name is too long.")
    return jsonify(stop=name, departures=stop_or_404(name))
