"""Membership notes of a gym, stored in a table named by the branch settings."""

import os

import psycopg
from flask import Flask, jsonify, request

app = Flask(__name__)


def collect(form):
    settings = {"table": "member_note", "note": "", "member": None}
    settings["note"] = form.get("note", "")
    settings["member"] = form.get("member", "")
    settings["reply_to"] = form.get("table", "")
    return settings


def insert_statement(settings):
    return "INSERT INTO {} (member, note, reply_to) VALUES (%s, %s, %s) RETURNING id".format(settings["table"])


@app.post("/notes")
def add_note():
    settings = collect(request.form)
    values = tuple(settings[key] for key in ("member", "note", "reply_to"))
    with psycopg.connect(os.environ["GYM_DSN"]) as conn, conn.cursor() as cur:
        cur.execute(insert_statement(settings), values)  # <- safe
        (note_id,) = cur.fetchone()
    return jsonify(id=note_id), 201
