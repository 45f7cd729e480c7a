"""Sign-in of an observatory, where the reasons of a refusal reach only the log."""

import logging
import os

from flask import Flask, jsonify, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from observers import Refused, UnknownObserver, verify

log = logging.getLogger("observatory.signin")
app = Flask(__name__)
app.config.update(SECRET_KEY=os.environ["SECRET_KEY"], SESSION_COOKIE_SECURE=True, SESSION_COOKIE_SAMESITE="Strict")
limiter = Limiter(get_remote_address, app=app)


def answer(reason):
    log.info("sign-in refused: %s", reason)
    return jsonify(error="the sign-in failed"), 401


@app.errorhandler(Refused)
def refused(exc):
    if isinstance(exc, UnknownObserver):
        return answer("no such user")  # <- safe
    return answer("wrong password")


@app.post("/sign-in")
@limiter.limit("5 per minute")
def sign_in():
    session["observer"] = verify(request.form.get("name", ""), request.form.get("password", ""))
    return jsonify(ok=True)
