"""Tide tables of a port, one file for each year and week."""

import csv
from datetime import date

from flask import Flask, abort, jsonify, request

app = Flask(__name__)

PATTERN = "/srv/tides/{year:04d}/week-{week:02d}.csv"


def table_path(fields):
    year = int(fields.get("year", date.today().year))
    week = int(fields.get("week", 1))
    if not (2000 <= year <= 2100 and 1 <= week <= 53):
        raise ValueError("no such week")
    return PATTERN.format(year=year, week=week)


@app.get("/tides")
def tides():
    harbour = request.args.get("harbour", "main")
    try:
        path = table_path(request.args)
        with open(path, newline="") as handle:  # <- safe
            rows = [row for row in csv.DictReader(handle) if row["harbour"] == harbour]
    except (ValueError, FileNotFoundError):
        abort(404)
    return jsonify(harbour=harbour, rows=rows)
