import os

import psycopg
from flask import Blueprint, abort, jsonify, request
from psycopg.rows import dict_row

from roles import needs

bp = Blueprint("donors", __name__, url_prefix="/donors")


def rows(sql, *values):
    with psycopg.connect(os.environ["HOSPICE_DSN"], row_factory=dict_row) as conn:
        return conn.execute(sql, values).fetchall()


@bp.get("/")
@needs("fundraiser")
def index():
    return jsonify(rows("SELECT id, name FROM donors ORDER BY name LIMIT 100"))


@bp.get("/<int:donor>")
@needs("fundraiser")
def one(donor):
    found = rows("SELECT id, name, email FROM donors WHERE id = %s", donor)
    if not found:
        abort(404)
    return jsonify(found[0])


@bp.get("/sum")
@needs("fundraiser", "treasurer")
def total():
    return jsonify(rows("SELECT sum(cents) AS cents FROM gifts")[0])


@bp.get("/export")
def export():  # <- weak
    since = request.args.get("since", 2020, type=int)
    found = rows(
        "SELECT d.name, d.email, g.cents FROM gifts g JOIN donors d ON d.id = g.donor_id WHERE g.year >= %s", since
    )
    return jsonify(found)
