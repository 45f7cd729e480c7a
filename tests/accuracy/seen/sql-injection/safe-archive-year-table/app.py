"""Event archive of a town council with one table per year."""

import os

from flask import Flask, abort, jsonify, request
from sqlalchemy import create_engine, text

app = Flask(__name__)
engine = create_engine(os.environ["ARCHIVE_URL"])


def page_bounds(args, size=50):
    try:
        page = int(args.get("page", "1"))
    except ValueError:
        abort(400)
    return f"LIMIT {size} OFFSET {max(page - 1, 0) * size}"


def archive_sql(year, tail):
    parts = ["SELECT title, held_on", f"FROM events_{year}", "WHERE public ORDER BY held_on"]
    parts.append(tail)
    return " ".join(parts)


@app.get("/archive/<int:year>")
def archive(year):
    if not 1990 <= year <= 2100:
        abort(404)
    statement = archive_sql(year, page_bounds(request.args))
    with engine.connect() as connection:
        rows = connection.execute(text(statement)).all()  # <- safe
    return jsonify([{"title": title, "date": held_on.isoformat()} for title, held_on in rows])
