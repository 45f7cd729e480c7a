"""Guest book of a mountain hut, kept in SQLite and shown newest first."""

import os
import sqlite3

from flask import Flask, g, make_response, redirect, request, url_for

app = Flask(__name__)
app.config["DATABASE"] = os.environ.get("GUESTBOOK_DB", "guestbook.sqlite3")


def connection():
    if "db" not in g:
        g.db = sqlite3.connect(app.config["DATABASE"])
        g.db.row_factory = sqlite3.Row
    return g.db


@app.teardown_appcontext
def close(_error):
    db = g.pop("db", None)
    if db is not None:
        db.close()


@app.post("/guests")
def sign():
    db = connection()
    db.execute("INSERT INTO entry (guest, words) VALUES (?, ?)", (request.form["guest"], request.form["words"]))
    db.commit()
    return redirect(url_for("guests"))


@app.get("/guests")
def guests():
    entries = connection().execute("SELECT guest, words FROM entry ORDER BY id DESC LIMIT 50").fetchall()
    items = [f"<li><b>{entry['guest']}</b>: {entry['words']}</li>" for entry in entries]
    return make_response("<ul>" + "".join(items) + "</ul>")  # <- weak
