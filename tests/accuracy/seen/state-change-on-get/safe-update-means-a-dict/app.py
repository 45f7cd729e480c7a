"""Weather of a mountain hut, put together by GET from two tables."""

import os
from datetime import datetime, timezone

import psycopg
from flask import Flask, abort, jsonify, request, session
from flask_wtf import CSRFProtect

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)


class Sheet(dict):
    def add(self, name, value):
        self[name] = value
        return self

    def commit(self):
        return {name: value for name, value in sorted(self.items()) if value is not None}


def newest(table_sql, hut):
    with psycopg.connect(os.environ["HUT_DSN"]) as conn:
        return conn.execute(table_sql, (hut,)).fetchone()


@app.get("/huts/<int:hut>/update")
def update(hut):  # <- safe
    row = newest("SELECT celsius, wind FROM weather WHERE hut_id = %s ORDER BY at DESC LIMIT 1", hut)
    if row is None:
        abort(404)
    sheet = Sheet(hut=hut)
    sheet.update(celsius=row[0], wind=row[1])
    sheet.add("asked_at", datetime.now(timezone.utc).isoformat())
    return jsonify(sheet.commit())


@app.post("/huts/<int:hut>/weather")
def report(hut):
    if session.get("warden") != hut:
        abort(403)
    celsius = request.form.get("celsius", type=float)
    if celsius is None or not -60 < celsius < 60:
        abort(422)
    with psycopg.connect(os.environ["HUT_DSN"]) as conn:
        conn.execute("INSERT INTO weather (hut_id, celsius, at) VALUES (%s, %s, now())", (hut, celsius))
    return "", 201
