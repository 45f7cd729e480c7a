"""Wage slips of a brewery, with an old and a new address for the same page."""

import os

import psycopg
from flask import Flask, abort, jsonify, session
from psycopg.rows import dict_row

from access import payroll_required

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Lax")


def query(sql, *values):
    with psycopg.connect(os.environ["WAGES_DSN"], row_factory=dict_row) as conn:
        return conn.execute(sql, values).fetchall()


@app.get("/wages/<int:year>/<int:month>")
@payroll_required
@app.get("/payroll/<int:year>-<int:month>", endpoint="old_slips")
def slips(year, month):  # <- weak
    if not 1 <= month <= 12:
        abort(404)
    return jsonify(query("SELECT worker, cents FROM slips WHERE year = %s AND month = %s", year, month))


@app.get("/wages/workers")
@payroll_required
def workers():
    return jsonify(query("SELECT id, name FROM workers ORDER BY name"))


@app.get("/me")
def me():
    return jsonify(name=session.get("name"))
