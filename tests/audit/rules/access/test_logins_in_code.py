"""Logins at which passwords can be guessed without limit, as the code shows it."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.support import found

RULE = "access.login-without-limit"

HEAD = """
from flask import Blueprint, Flask, abort, jsonify, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from redis import Redis
from werkzeug.security import check_password_hash

app = Flask(__name__)
redis = Redis()
HASHES = {}

"""
LOGIN = """
    if not check_password_hash(HASHES.get(request.form["name"], ""), request.form["password"]):
        abort(401)
    session["user_id"] = request.form["name"]
    return ""
"""


def test_no_limit() -> None:
    (finding,) = found(HEAD + '@app.post("/login")\ndef login():' + LOGIN, RULE)
    assert finding.title == "no limit counts at POST /login (login)"
    assert (finding.severity, finding.confidence) == (Severity.MEDIUM, Confidence.HIGH)
    assert finding.evidence[0].summary == "login verifies a password, and no limit of attempts counts there"


SAFE = {
    "a limit of the view": """
limiter = Limiter(get_remote_address, app=app)

@app.post("/login")
@limiter.limit("5/minute")
def login():"""
    + LOGIN,
    "a default limit": """
Limiter(get_remote_address, app=app, default_limits=["5/minute"])

@app.post("/login")
def login():"""
    + LOGIN,
    "an own counter": """
@app.post("/login")
def login():
    key = "attempts:" + request.form["name"]
    if redis.incr(key) > 5:
        abort(429)
"""
    + LOGIN,
    "a hook that counts": """
@app.before_request
def slow_down():
    if redis.incr(f"requests:{request.remote_addr}") > 100:
        return "later", 429

@app.post("/login")
def login():"""
    + LOGIN,
    "Garrison": """
from flask_garrison import Garrison

Garrison(app)

@app.post("/login")
def login():"""
    + LOGIN,
    "a password that is asked for again": """
from flask_login import login_required

@app.post("/email")
@login_required
def email():"""
    + LOGIN,
}


@pytest.mark.parametrize("name", SAFE)
def test_silent(name: str) -> None:
    assert found(HEAD + SAFE[name], RULE) == []


def test_a_counter_in_the_cookie_is_the_clients() -> None:
    code = HEAD + (
        '@app.post("/login")\ndef login():\n    if session.get("attempts", 0) > 5:\n        abort(429)\n'
        '    session["attempts"] = session.get("attempts", 0) + 1' + LOGIN
    )
    assert len(found(code, RULE)) == 1


def test_an_exemption_from_the_default() -> None:
    code = HEAD + (
        'limiter = Limiter(get_remote_address, app=app, default_limits=["5/minute"])\n\n'
        '@app.post("/login")\n@limiter.exempt\ndef login():' + LOGIN
    )
    assert len(found(code, RULE)) == 1
