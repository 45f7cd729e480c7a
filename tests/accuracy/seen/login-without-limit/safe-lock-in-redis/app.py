"""Sign-in of a translation bureau that locks a name, and an address, after wrong attempts."""

import os

from flask import Flask, abort, jsonify, request, session
from redis import Redis

from attempts import Attempts
from translators import verify

app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Strict")
attempts = Attempts(Redis.from_url(os.environ["REDIS_URL"]))
JOBS = {}


@app.post("/login")
def login():  # <- safe
    name = request.form.get("name", "").strip().lower()[:60]
    if not attempts.start(name, request.remote_addr):
        abort(429)
    if not verify(name, request.form.get("password", "")):
        return jsonify(error="name or password is wrong"), 401
    attempts.forget(name)
    session["translator"] = name
    return jsonify(name=name)


@app.get("/jobs")
def jobs():
    if "translator" not in session:
        abort(401)
    return jsonify(JOBS.get(session["translator"], []))
