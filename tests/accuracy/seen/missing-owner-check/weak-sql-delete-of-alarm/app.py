"""Alarms of a home monitoring service, kept in plain SQL."""

import os

from flask import Flask, abort, g, jsonify, request, session
from flask_wtf import CSRFProtect

from alarms import add, all_of, drop, rename

app = Flask(__name__)
app.secret_key = os.environ["SECRET_KEY"]
CSRFProtect(app)


@app.before_request
def household():
    g.household = session.get("household_id")
    if g.household is None:
        abort(401)


@app.get("/alarms")
def index():
    return jsonify(all_of(g.household))


@app.post("/alarms")
def create():
    return jsonify(id=add(g.household, request.form.get("label", "")[:40])), 201


@app.post("/alarms/<int:alarm>/label")
def change(alarm):
    if rename(alarm, g.household, request.form.get("label", "")[:40]) == 0:
        abort(404)
    return "", 204


@app.post("/alarms/<int:alarm>/delete")
def delete(alarm):  # <- weak
    if drop(alarm) == 0:
        abort(404)
    return "", 204
