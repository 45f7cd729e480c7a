"""Flask-Login switched off, for a method or as a whole, is found by what its decorators would ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from tests.audit.support import make, of_app

flask_login = pytest.importorskip("flask_login", reason="Flask-Login is not installed")


def with_login(**config: Any) -> tuple[Flask, Any]:
    app = make(**config)
    return app, flask_login.LoginManager(app)


def titles(rule: str, app: Flask) -> list[str] | None:
    found = of_app(rule, app)
    return None if found is None else [match.title for match in found]  # type: ignore[union-attr]


def test_a_login_that_is_switched_off_is_found() -> None:
    assert titles("access.login-disabled", with_login(LOGIN_DISABLED=True)[0]) == [
        "LOGIN_DISABLED is on: @login_required lets everybody in"
    ]


def test_a_login_that_asks_is_none() -> None:
    assert titles("access.login-disabled", with_login()[0]) == []
    assert titles("access.login-disabled", with_login(LOGIN_DISABLED=False)[0]) == []


def test_without_flask_login_there_is_nothing_to_look_at() -> None:
    for rule in ("access.login-disabled", "access.login-exempt-method", "access.session-protection-off"):
        assert titles(rule, make(LOGIN_DISABLED=True)) is None


@pytest.fixture
def exempt() -> Iterator[set[str]]:
    from flask_login.config import EXEMPT_METHODS

    before = set(EXEMPT_METHODS)
    yield EXEMPT_METHODS
    EXEMPT_METHODS.clear()
    EXEMPT_METHODS.update(before)


def test_a_method_for_which_nobody_is_asked_is_found(exempt: set[str]) -> None:
    exempt.add("GET")
    app, _ = with_login()
    app.add_url_rule("/mine", "mine", flask_login.login_required(lambda: "mine"))
    assert app.test_client().get("/mine").data == b"mine"
    assert titles("access.login-exempt-method", app) == ["EXEMPT_METHODS of Flask-Login holds GET"]


def test_options_alone_is_none() -> None:
    assert titles("access.login-exempt-method", with_login()[0]) == []


def test_session_protection_that_is_off_is_found() -> None:
    app, manager = with_login()
    assert titles("access.session-protection-off", app) == []
    manager.session_protection = None
    assert titles("access.session-protection-off", app) == ["session_protection of the LoginManager is off"]
    app.config["SESSION_PROTECTION"] = "strong"
    assert titles("access.session-protection-off", app) == []
