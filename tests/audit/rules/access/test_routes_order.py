"""Guards that no request meets: above the route, behind another route, beside a slash, past by OPTIONS."""

from __future__ import annotations

import sys
import types
from typing import Any

import pytest
from flask import Flask

from flask_garrison.audit.rule import Match
from flask_garrison.findings import Severity
from tests.audit.support import make, of_app

flask_login = pytest.importorskip("flask_login", reason="Flask-Login is not installed")


def with_accounts() -> Flask:
    app = make()
    flask_login.LoginManager(app).user_loader(lambda user: None)
    return app


def page(**_: Any) -> str:
    return "page"


def other(**_: Any) -> str:
    return "other"


def said(rule: str, app: Flask) -> list[tuple[str, Severity | None, str | None]]:
    return [(one.title, one.severity, one.route) for one in of_app(rule, app) or [] if isinstance(one, Match)]


ORDERS = """
from flask_login import login_required

def register(app):
    global orders

    {first}
    {second}
    def orders():
        return "orders"
"""


def written(monkeypatch: pytest.MonkeyPatch, first: str, second: str) -> Flask:
    app = with_accounts()
    module = types.ModuleType("shop_orders")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(ORDERS.format(first=first, second=second), vars(module))  # noqa: S102 - the text is this test's own
    vars(module)["register"](app)
    return app


def test_a_login_above_the_route_is_found_and_open(monkeypatch: pytest.MonkeyPatch) -> None:
    app = written(monkeypatch, "@login_required", '@app.route("/orders")')
    assert app.test_client().get("/orders").data == b"orders"
    (match,) = of_app("access.decorator-order", app) or []
    assert isinstance(match, Match)
    assert (match.title, match.route) == ("login_required stands above the route of orders", "/orders")
    assert match.evidence[0].summary == (
        "shop_orders.orders is wrapped by login_required; the route calls it unwrapped"
    )


def test_a_login_below_the_route_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    app = written(monkeypatch, '@app.route("/orders")', "@login_required")
    assert app.test_client().get("/orders").status_code == 401
    assert said("access.decorator-order", app) == []


def test_a_route_that_cannot_be_reached_is_found() -> None:
    app = with_accounts()
    app.add_url_rule("/orders/<int:number>", "old", page)
    app.add_url_rule("/orders/<int:one>", "new", other)
    assert app.test_client().get("/orders/1").data == b"page"
    assert said("access.shadowed-route", app) == [
        ("old answers in place of new at GET /orders/<int:one>", None, "/orders/<int:one>")
    ]


def test_it_is_worse_where_the_hidden_one_asks_for_a_login() -> None:
    app = with_accounts()
    app.add_url_rule("/orders", "old", page)
    app.add_url_rule("/orders", "new", flask_login.login_required(other))
    assert said("access.shadowed-route", app) == [
        ("old answers in place of new, which asks for a login, at GET /orders", Severity.MEDIUM, "/orders")
    ]


def test_other_methods_converters_and_hosts_hide_nothing() -> None:
    app = with_accounts()
    app.add_url_rule("/orders", "list", page)
    app.add_url_rule("/orders", "add", other, methods=["POST"])
    app.add_url_rule("/orders/<int:number>", "one", page)
    app.add_url_rule("/orders/<name>", "named", other)
    app.add_url_rule("/orders", "api", other, subdomain="api")
    assert said("access.shadowed-route", app) == []


def test_a_slash_that_decides_about_the_login_is_found() -> None:
    app = with_accounts()
    app.add_url_rule("/admin/", "admin", flask_login.login_required(page))
    app.add_url_rule("/admin", "panel", other)
    assert app.test_client().get("/admin").data == b"other"
    assert said("access.slash-mismatch", app) == [("GET /admin asks for no login, its twin does", None, "/admin")]


def test_two_that_ask_or_one_alone_is_none() -> None:
    app = with_accounts()
    app.add_url_rule("/admin/", "admin", flask_login.login_required(page))
    app.add_url_rule("/admin", "panel", flask_login.login_required(other))
    app.add_url_rule("/news/", "news", page)
    assert said("access.slash-mismatch", app) == []


def test_a_view_that_runs_for_options_is_found() -> None:
    app = with_accounts()
    app.add_url_rule("/orders", "orders", flask_login.login_required(page), methods=["GET", "OPTIONS"])
    assert app.test_client().options("/orders").data == b"page"
    assert said("access.options-without-login", app) == [("orders runs for OPTIONS without a login", None, "/orders")]


def test_flasks_own_answer_to_options_is_none() -> None:
    app = with_accounts()
    app.add_url_rule("/orders", "orders", flask_login.login_required(page))
    assert said("access.options-without-login", app) == []


def test_flask_cors_answers_options_itself() -> None:
    flask_cors = pytest.importorskip("flask_cors", reason="Flask-CORS is not installed")
    app = with_accounts()
    app.add_url_rule("/orders", "orders", flask_cors.cross_origin()(flask_login.login_required(page)))
    assert said("access.options-without-login", app) == []
