"""Routes for developers, administrators and operators that strangers can reach."""

from __future__ import annotations

import platform
from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask, abort, session

from flask_garrison.audit.rule import Match
from tests.audit.support import make, of_app

DEBUG = "assessment.debug-route"
ADMIN = "assessment.open-admin-route"
METRICS = "assessment.open-metrics"
DOCS = "assessment.open-api-docs"
HEALTH = "assessment.health-details"
RULES = (DEBUG, ADMIN, METRICS, DOCS)


def page(**_: Any) -> str:
    return "page"


def private(**_: Any) -> str:
    if "user" not in session:
        abort(403)
    return "page"


def with_route(path: str, view: Callable[..., Any] = page, endpoint: str = "one") -> Flask:
    app = make()
    app.add_url_rule(path, endpoint, view)
    return app


def said(rule: str, app: Flask) -> list[tuple[str, str | None]]:
    return [(one.title, one.route) for one in of_app(rule, app) or [] if isinstance(one, Match)]


CASES = [
    (DEBUG, "/debug/config", "one is for debugging or testing and open to everybody"),
    (DEBUG, "/api/test", "one is for debugging or testing and open to everybody"),
    (DEBUG, "/console", "one is for debugging or testing and open to everybody"),
    (ADMIN, "/admin/users/<int:number>", "one is for administrators and open to everybody"),
    (METRICS, "/metrics", "one shows figures to everybody"),
    (DOCS, "/swagger.json", "one describes the interface to everybody"),
]


@pytest.mark.parametrize(("rule", "path", "words"), CASES)
def test_an_open_route_is_found(rule: str, path: str, words: str) -> None:
    assert said(rule, with_route(path)) == [(words, path)]


@pytest.mark.parametrize(("rule", "path", "words"), CASES)
def test_a_route_that_asks_is_none(rule: str, path: str, words: str) -> None:
    assert said(rule, with_route(path, private)) == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/contest",
        "/latest",
        "/docs",
        "/admin/login",
        "/hooks/<int:one>/test",
        "/runs/metrics/history",
        "/my/admin",
    ],
)
def test_other_addresses_are_none(path: str) -> None:
    assert not any(said(rule, with_route(path)) for rule in RULES)


def test_one_description_is_one_finding() -> None:
    app = make()
    app.add_url_rule("/apidocs/", "flasgger.apidocs", page)
    app.add_url_rule("/apispec.json", "flasgger.apispec", page)
    assert said(DOCS, app) == [("flasgger.apidocs describes the interface to everybody", "/apidocs/")]


def versions() -> dict[str, str]:
    return {"python": platform.python_version()}


def test_a_health_check_that_tells_versions_is_found() -> None:
    (match,) = of_app(HEALTH, with_route("/healthz", versions)) or []
    assert isinstance(match, Match)
    assert match.title == "one tells more than whether the application works"
    assert match.evidence[0].summary == "the view of /healthz uses platform, python_version"


def test_a_short_health_check_is_none() -> None:
    assert said(HEALTH, with_route("/healthz")) == []
    assert of_app(HEALTH, make()) is None


@pytest.mark.parametrize("path", ["/status", "/api/status", "/version"])
def test_a_page_of_the_state_that_tells_versions_is_found(path: str) -> None:
    assert said(HEALTH, with_route(path, versions)) == [("one tells more than whether the application works", path)]


def test_the_state_of_something_else_is_none() -> None:
    assert of_app(HEALTH, with_route("/orders/archive/old/status", versions)) is None


def test_a_route_beside_a_guard_is_one_finding() -> None:
    app = with_route("/admin/export")
    admin = Blueprint("admin", __name__, url_prefix="/admin")
    admin.before_request(private)
    app.register_blueprint(admin)
    assert len(of_app("access.outside-the-guarded-blueprint", app) or []) == 1
    assert said(ADMIN, app) == []
