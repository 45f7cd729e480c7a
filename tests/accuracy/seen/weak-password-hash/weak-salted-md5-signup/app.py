"""Member sign-up and sign-in for a town library."""

import os
import sqlite3

from flask import Flask, g, jsonify, request, session

from passwords import check, protect

app = Flask(__name__)
app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]


def db():
    if "db" not in g:
        g.db = sqlite3.connect(os.environ["LIBRARY_DB"])
    return g.db


@app.teardown_appcontext
def close(_exc):
    conn = g.pop("db", None)
    if conn is not None:
        conn.close()


@app.post("/members")
def join():
    card, phrase = request.form["card"], request.form["password"]
    salt, digest = protect(phrase)
    db().execute("INSERT INTO members (card, salt, digest) VALUES (?, ?, ?)", (card, salt, digest))
    db().commit()
    return jsonify(card=card), 201


@app.post("/sign-in")
def sign_in():
    row = db().execute("SELECT id, salt, digest FROM members WHERE card = ?", (request.form["card"],)).fetchone()
    if row is None or not check(request.form["password"], row[1], row[2]):
        return jsonify(error="card or password is wrong"), 401
    session["member"] = row[0]
    return jsonify(ok=True)
