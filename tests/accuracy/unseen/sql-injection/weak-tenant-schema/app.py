"""Public repair notices of several housing associations that share one PostgreSQL server."""

import os
from contextlib import contextmanager

import psycopg
from flask import Flask, abort, g, jsonify, request
from psycopg.rows import dict_row

app = Flask(__name__)


def sql_escape(value):
    return value.strip().replace("'", "''")


@app.before_request
def pick_tenant():
    tenant = request.headers.get("X-Association")
    if not tenant:
        abort(400)
    g.schema = sql_escape(tenant)


@contextmanager
def tenant_cursor():
    with psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row) as connection:
        with connection.cursor() as cursor:
            cursor.execute(f"SET search_path TO {g.schema}, public")  # <- weak
            yield cursor


@app.get("/tickets/<int:ticket_id>")
def ticket(ticket_id):
    with tenant_cursor() as cursor:
        cursor.execute("SELECT id, flat, summary, state FROM tickets WHERE id = %s", (ticket_id,))
        row = cursor.fetchone()
    if row is None:
        abort(404)
    return jsonify(row)


@app.get("/tickets")
def tickets():
    wanted = request.args.get("state", "open")
    with tenant_cursor() as cursor:
        cursor.execute("SELECT id, flat, summary FROM tickets WHERE state = %s ORDER BY id", (wanted,))
        return jsonify(cursor.fetchall())
