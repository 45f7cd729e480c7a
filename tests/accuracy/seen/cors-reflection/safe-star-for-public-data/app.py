"""Open data of a river authority, without accounts or cookies."""

import os
from functools import wraps

import psycopg
from flask import Flask, abort, jsonify, make_response

app = Flask(__name__)
DSN = os.environ["RIVER_DSN"]


def open_data(view):
    @wraps(view)
    def inner(*args, **kwargs):
        answer = make_response(view(*args, **kwargs))
        answer.headers["Access-Control-Allow-Origin"] = "*"  # <- safe
        answer.cache_control.public = True
        answer.cache_control.max_age = 300
        return answer

    return inner


def query(sql, *values):
    with psycopg.connect(DSN) as conn:
        return conn.execute(sql, values).fetchall()


@app.get("/gauges")
@open_data
def gauges():
    rows = query("SELECT id, name FROM gauges ORDER BY name")
    return jsonify([{"id": ident, "name": name} for ident, name in rows])


@app.get("/gauges/<int:gauge>")
@open_data
def level(gauge):
    rows = query("SELECT cm, taken_at FROM levels WHERE gauge_id = %s ORDER BY taken_at DESC LIMIT 1", gauge)
    if not rows:
        abort(404)
    return jsonify(cm=rows[0][0], taken=rows[0][1].isoformat())
