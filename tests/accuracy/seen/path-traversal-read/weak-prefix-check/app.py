"""Measurements of a weather station, handed out month by month."""

import os
from contextlib import contextmanager

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

BASE = "/data/station"


def inside(base, path):
    return path.startswith(base)


@contextmanager
def month_file(*parts):
    path = os.path.join(BASE, *parts)
    if not inside(BASE, path):
        abort(403)
    handle = open(path, newline="")  # <- weak
    try:
        yield handle
    finally:
        handle.close()


@app.post("/measurements")
def measurements():
    body = request.get_json()
    year, month = int(body["year"]), body["month"]
    with month_file(str(year), month) as lines:
        values = [line.rstrip("\n").split(";") for line in lines]
    return jsonify(values=values)
