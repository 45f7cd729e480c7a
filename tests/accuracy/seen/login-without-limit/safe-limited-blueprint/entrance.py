import os

import psycopg
from flask import Blueprint, jsonify, request, session
from werkzeug.security import check_password_hash

entrance = Blueprint("entrance", __name__)
SPARE = os.environ["SPARE_HASH"]


def borrower(card):
    with psycopg.connect(os.environ["TOOLS_DSN"]) as conn:
        return conn.execute("SELECT id, password_hash FROM borrowers WHERE card = %s", (card,)).fetchone()


@entrance.post("/login")
def login():  # <- safe
    found = borrower(request.form.get("card", ""))
    stored = found[1] if found else SPARE
    if not check_password_hash(stored, request.form.get("password", "")) or found is None:
        return jsonify(error="card or password is wrong"), 401
    session["borrower"] = found[0]
    return jsonify(ok=True)


@entrance.post("/logout")
def logout():
    session.clear()
    return "", 204
