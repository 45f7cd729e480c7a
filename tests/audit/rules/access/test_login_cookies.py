"""The cookie that remembers users: found where it can be set, left alone where Garrison completes it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, request

from flask_garrison import Garrison
from tests.audit.support import make, of_app

flask_login = pytest.importorskip("flask_login", reason="Flask-Login is not installed")

RULES = ("access.remember-cookie-in-the-clear", "access.remember-cookie-readable", "access.remember-cookie-too-long")
GOOD = {"REMEMBER_COOKIE_SECURE": True, "REMEMBER_COOKIE_DURATION": timedelta(days=14)}


def remembering(**config: Any) -> Flask:
    app = make(**config)
    flask_login.LoginManager(app)

    @app.post("/login")
    def login() -> str:
        flask_login.login_user(flask_login.UserMixin(), remember=True)
        return "in"

    return app


def said(app: Flask) -> list[list[str] | None]:
    found = [of_app(rule, app) for rule in RULES]
    return [None if one is None else [match.title for match in one] for one in found]  # type: ignore[union-attr]


def test_the_defaults_are_found() -> None:
    assert said(remembering()) == [
        ["REMEMBER_COOKIE_SECURE is off"],
        [],
        ["REMEMBER_COOKIE_DURATION is 365 days"],
    ]


def test_a_login_that_never_remembers_is_not_asked() -> None:
    app = make()
    flask_login.LoginManager(app)

    @app.post("/login")
    def login() -> str:
        flask_login.login_user(flask_login.UserMixin(), remember=False)
        return "in"

    assert said(app) == [None, None, None]


def test_a_login_that_sometimes_remembers_is_found() -> None:
    app = make()
    flask_login.LoginManager(app)

    @app.post("/login")
    def login() -> str:
        flask_login.login_user(flask_login.UserMixin(), remember=bool(request.form.get("remember")))
        return "in"

    @app.post("/enter")
    def enter() -> str:
        flask_login.login_user(flask_login.UserMixin(), remember=False)
        return "in"

    assert said(app)[0] == ["REMEMBER_COOKIE_SECURE is off"]


def test_a_cookie_for_scripts_and_other_sites_is_found() -> None:
    app = remembering(**GOOD, REMEMBER_COOKIE_HTTPONLY=False, REMEMBER_COOKIE_SAMESITE="None")
    assert said(app)[1] == [
        "REMEMBER_COOKIE_HTTPONLY is off",
        "REMEMBER_COOKIE_SAMESITE is None: other sites' requests carry it",
    ]


def test_a_careful_cookie_is_none() -> None:
    assert said(remembering(**GOOD, REMEMBER_COOKIE_SAMESITE="Lax")) == [[], [], []]


def test_a_duration_in_seconds_counts() -> None:
    assert said(remembering(**{**GOOD, "REMEMBER_COOKIE_DURATION": 100 * 86_400}))[2] == [
        "REMEMBER_COOKIE_DURATION is 100 days"
    ]


def test_garrison_completes_the_flags_and_not_the_time() -> None:
    app = remembering(REMEMBER_COOKIE_HTTPONLY=False)
    Garrison(app, hosts=["shop.example"])
    assert said(app) == [[], [], ["REMEMBER_COOKIE_DURATION is 365 days"]]


def test_an_application_that_never_remembers_has_no_such_cookie() -> None:
    app = make()
    flask_login.LoginManager(app)
    assert said(app) == [None, None, None]
