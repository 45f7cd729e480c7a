"""Survey statistics that count answers of one question column."""

import os

import psycopg
from flask import Flask, abort, jsonify, request
from psycopg import sql

app = Flask(__name__)


def count_query(column):
    return sql.SQL("SELECT {col}, count(*) FROM answer WHERE survey_id = %s GROUP BY {col}").format(
        col=sql.Identifier(column)
    )


def run(statement, *values):
    with psycopg.connect(os.environ["SURVEY_DSN"]) as conn:
        return conn.execute(statement, values).fetchall()  # <- safe


@app.get("/surveys/<int:survey_id>/counts")
def counts(survey_id):
    column = request.args.get("question", "q1")
    if not column.startswith("q"):
        abort(400)
    try:
        rows = run(count_query(column), survey_id)
    except psycopg.errors.UndefinedColumn:
        abort(404)
    return jsonify({str(answer): number for answer, number in rows})
