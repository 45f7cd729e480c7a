"""Cookies that the code sets without the attributes that protect them."""

from __future__ import annotations

import pytest

from tests.audit.code.support import findings_in

RULE = "headers.cookie-flags-in-code"
VIEW = """\
import os, secrets
from flask import Flask, make_response, request
app = Flask(__name__)
FLAGS = {{"secure": True, "httponly": True, "samesite": "Lax"}}
@app.post("/in")
def enter():
    answer = make_response("")
    token = secrets.token_urlsafe()
    {}
    return answer
"""


@pytest.mark.parametrize(
    ("statement", "title"),
    [
        ('answer.set_cookie("login", token)', "the cookie login is set without Secure and HttpOnly and SameSite"),
        (
            'answer.set_cookie("stall", token, httponly=True, samesite="Lax")',
            "the cookie stall is set without Secure",
        ),
        (
            'answer.set_cookie("session_id", token, **{**FLAGS, "httponly": False})',
            "the cookie session_id is set without HttpOnly",
        ),
        (
            'answer.headers["Set-Cookie"] = f"sid={token}; Path=/; Secure"',
            "the cookie sid is set without HttpOnly",
        ),
    ],
)
def test_missing(statement: str, title: str) -> None:
    assert findings_in(VIEW.format(statement), RULE) == [(9, title)]


@pytest.mark.parametrize(
    "statement",
    [
        'answer.set_cookie("login", token, **FLAGS)',
        'answer.set_cookie("login", token, **{**FLAGS, "secure": request.is_secure})',
        'answer.set_cookie("theme", "dark")',
        'answer.set_cookie("csrf_token", token, secure=True, samesite="Lax")',
        'answer.set_cookie("login", "", max_age=0)',
        'answer.headers["Set-Cookie"] = f"sid={token}; Path=/; Secure; HttpOnly"',
    ],
)
def test_set_well(statement: str) -> None:
    assert findings_in(VIEW.format(statement), RULE) == []


SETTINGS = "from flask import Flask\napp = Flask(__name__)\n"


@pytest.mark.parametrize(
    ("code", "line", "title"),
    [
        (
            f'{SETTINGS}app.config["SESSION_COOKIE_SECURE"] = False\n',
            3,
            "SESSION_COOKIE_SECURE is off: the session cookie is sent over plain HTTP",
        ),
        (
            f"{SETTINGS}app.config.from_mapping(\n    SESSION_COOKIE_HTTPONLY=False,\n)\n",
            4,
            "SESSION_COOKIE_HTTPONLY is off: scripts can read the session cookie",
        ),
        (
            f'{SETTINGS}rules = {{"REMEMBER_COOKIE_SECURE": False}}\napp.config |= rules\n',
            3,
            "REMEMBER_COOKIE_SECURE is off: the cookie that remembers a login is sent over plain HTTP",
        ),
    ],
)
def test_settings(code: str, line: int, title: str) -> None:
    assert findings_in(code, RULE) == [(line, title)]


@pytest.mark.parametrize(
    "code",
    [
        f'{SETTINGS}app.config["SESSION_COOKIE_SECURE"] = False\napp.config["SESSION_COOKIE_SECURE"] = True\n',
        f'from flask_garrison import Garrison\n{SETTINGS}app.config["SESSION_COOKIE_SECURE"] = False\nGarrison(app)\n',
        f'{SETTINGS}app.config["SESSION_COOKIE_SECURE"] = not app.debug\n',
    ],
)
def test_settings_that_are_well(code: str) -> None:
    assert findings_in(code, RULE) == []


def test_a_header_that_is_a_sum() -> None:
    code = """\
import secrets
from flask import Flask, make_response
app = Flask(__name__)
@app.post("/login")
def login():
    answer = make_response("in")
    answer.headers.add("Set-Cookie", "session_id=" + secrets.token_hex(16) + "; Path=/; HttpOnly")
    answer.headers.add("Set-Cookie", "auth=" + secrets.token_hex(16) + "; Secure; HttpOnly; SameSite=Lax")
    return answer
"""
    assert findings_in(code, RULE) == [(7, "the cookie session_id is set without Secure")]


def test_a_session_cookie_that_goes_along_with_requests_of_other_sites() -> None:
    code = 'from flask import Flask\napp = Flask(__name__)\napp.config["SESSION_COOKIE_SAMESITE"] = {}\n'
    title = "SESSION_COOKIE_SAMESITE is None: the cookie goes along with requests that other sites make"
    assert findings_in(code.format('"None"'), RULE) == [(3, title)]
    assert findings_in(code.format('"Lax"'), RULE) == []
