"""Stay-signed-in for the readers of a comics subscription."""

import os
import secrets

from flask import Flask, g, jsonify, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from werkzeug.security import check_password_hash

from remember import Remembered, lookup_reader

app = Flask(__name__)
app.config.update(
    SECRET_KEY=os.environ["SECRET_KEY"],
    SESSION_COOKIE_SECURE=True,
    SESSION_COOKIE_HTTPONLY=True,
    SESSION_COOKIE_SAMESITE="Lax",
)
limiter = Limiter(get_remote_address, app=app, storage_uri=os.environ["REDIS_URL"])
remembered = Remembered()
NOBODY = "scrypt:32768:8:1$" + secrets.token_hex(8) + "$" + secrets.token_hex(64)


@app.post("/login")
@limiter.limit("5/minute;40/day")
def login():
    reader = lookup_reader(request.form.get("email", ""))
    right = check_password_hash(reader["password_hash"] if reader else NOBODY, request.form.get("password", ""))
    if not (reader and right):
        return jsonify(error="Wrong address or password."), 401
    session.clear()
    session["reader"] = reader["id"]
    if request.form.get("stay"):
        g.remember = remembered.token_for(reader["id"])
    return jsonify(ok=True)


@app.after_request
def hand_out(response):
    remembered.attach(response, g.pop("remember", None))
    return response


@app.before_request
def recognise():
    if "reader" not in session and (token := request.cookies.get(Remembered.cookie)):
        if reader_id := remembered.reader_of(token):
            session["reader"] = reader_id
