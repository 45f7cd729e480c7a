"""Meal plans of a canteen, for colleagues who come with a token of the staff portal."""

import os

import psycopg
from flask import Flask, g, jsonify, request

from tokens import claims_of

app = Flask(__name__)


@app.before_request
def identify():
    header = request.headers.get("Authorization", "")
    claims = claims_of(header.removeprefix("Bearer "))
    if not claims or "sub" not in claims:
        return jsonify(error="sign in first"), 401
    g.staff_id = str(claims["sub"])
    return None


@app.get("/plan")
def plan():
    with psycopg.connect(os.environ["CANTEEN_DSN"]) as conn:
        rows = conn.execute("SELECT day, meal FROM plans WHERE staff_id = %s ORDER BY day", (g.staff_id,)).fetchall()
    return jsonify([{"day": day.isoformat(), "meal": meal} for day, meal in rows])
