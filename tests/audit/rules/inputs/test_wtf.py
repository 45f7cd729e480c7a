"""Flask-WTF's switches are found where nothing else refuses requests of other sites."""

from __future__ import annotations

import hmac
from typing import Any

import pytest
from flask import Blueprint, Flask, abort, request

from flask_garrison import Garrison
from tests.audit.support import make, of_app

flask_wtf = pytest.importorskip("flask_wtf", reason="Flask-WTF is not installed")

DISABLED = "inputs.wtf-csrf-disabled"
UNCHECKED = "inputs.wtf-csrf-not-checked"
METHODS = "inputs.wtf-csrf-methods"
REFERRER = "inputs.wtf-csrf-referrer"
TIME_LIMIT = "inputs.wtf-csrf-time-limit"
EXEMPT = "inputs.wtf-csrf-exempt"


def change() -> str:
    return "changed"


def protected(**config: Any) -> Flask:
    app = make(**config)
    app.csrf = flask_wtf.CSRFProtect(app)  # type: ignore[attr-defined]
    app.add_url_rule("/orders", "orders", change, methods=["POST", "DELETE"])
    return app


def said(rule: str, app: Flask) -> list[tuple[str, str | None]]:
    found = of_app(rule, app)
    assert found is not None
    return [(match.title, match.route) for match in found]  # type: ignore[union-attr]


CASES = [
    (DISABLED, {"WTF_CSRF_ENABLED": False}, "WTF_CSRF_ENABLED is off"),
    (UNCHECKED, {"WTF_CSRF_CHECK_DEFAULT": False}, "WTF_CSRF_CHECK_DEFAULT is off"),
    (METHODS, {"WTF_CSRF_METHODS": ["POST"]}, "WTF_CSRF_METHODS lacks DELETE"),
    (REFERRER, {"WTF_CSRF_SSL_STRICT": False}, "WTF_CSRF_SSL_STRICT is off"),
    (TIME_LIMIT, {"WTF_CSRF_TIME_LIMIT": None}, "WTF_CSRF_TIME_LIMIT is None"),
    (TIME_LIMIT, {"WTF_CSRF_TIME_LIMIT": 90_000}, "WTF_CSRF_TIME_LIMIT is 90000 seconds"),
]


@pytest.mark.parametrize(("rule", "config", "words"), CASES)
def test_a_switch_is_found_and_the_default_is_none(rule: str, config: dict[str, Any], words: str) -> None:
    assert said(rule, protected(**config)) == [(words, None)]
    assert said(rule, protected()) == []


@pytest.mark.parametrize(("rule", "config", "words"), CASES)
def test_garrison_refuses_such_requests_itself(rule: str, config: dict[str, Any], words: str) -> None:
    app = protected(**config)
    Garrison(app, hosts=["shop.example"])
    assert said(rule, app) == []


def test_an_exempt_view_is_found() -> None:
    app = protected()
    app.csrf.exempt(change)  # type: ignore[attr-defined]
    assert said(EXEMPT, app) == [("orders is exempt from CSRFProtect", "/orders")]


def test_an_exempt_blueprint_is_found_by_its_changing_routes() -> None:
    app = protected()
    api = Blueprint("api", "shop", url_prefix="/api")
    api.add_url_rule("/orders", "orders", change, methods=["POST"])
    api.add_url_rule("/list", "list", change)
    app.register_blueprint(api)
    app.csrf.exempt(api)  # type: ignore[attr-defined]
    assert said(EXEMPT, app) == [("api.orders is exempt from CSRFProtect", "/api/orders")]


def test_a_webhook_that_checks_a_signature_is_none() -> None:
    def signed() -> str:
        return "ok" if hmac.compare_digest(request.headers["X-Signature"], "x") else abort(401)

    app = protected()
    app.add_url_rule("/hook", "hook", app.csrf.exempt(signed), methods=["POST"])  # type: ignore[attr-defined]
    assert said(EXEMPT, app) == []


def test_without_csrf_protect_there_is_nothing_to_look_at() -> None:
    assert of_app(EXEMPT, make()) is of_app(DISABLED, make()) is None
