"""Whose word an application takes: ProxyFix by its numbers, other middleware by what it reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from flask_garrison.findings import Severity
from tests.audit.support import make, of_app

COUNT = "transport.proxy-count"
HOST = "transport.forwarded-host"
UNEQUAL = "transport.proxy-counts-differ"
BY_HAND = "transport.forwarded-by-hand"


def behind(config: dict[str, Any] | None = None, **numbers: int) -> Flask:
    app = make(**(config or {}))
    app.wsgi_app = ProxyFix(app.wsgi_app, **numbers)  # type: ignore[method-assign]
    return app


def said(rule: str, app: Flask) -> list[tuple[str, Severity | None]]:
    found = of_app(rule, app)
    assert found is not None
    return [(one.title, one.severity) for one in found if isinstance(one, Match)]


def test_the_numbers_are_named() -> None:
    assert said(COUNT, behind()) == [("ProxyFix believes x_for=1, x_proto=1", None)]
    assert said(COUNT, behind(x_for=3, x_proto=3)) == [("ProxyFix believes x_for=3, x_proto=3", Severity.LOW)]


def test_a_proxy_fix_is_found_inside_other_middleware() -> None:
    app = behind()
    app.wsgi_app = ByHand(app.wsgi_app)  # type: ignore[method-assign]
    assert said(COUNT, app) == [("ProxyFix believes x_for=1, x_proto=1", None)]


def test_a_forwarded_host_that_nothing_compares_is_found() -> None:
    assert said(HOST, behind(x_host=1)) == [("ProxyFix has x_host=1 and no host name is declared", None)]
    assert said(HOST, behind()) == []


def test_a_declared_host_is_none_with_and_without_garrison() -> None:
    assert said(HOST, behind({"TRUSTED_HOSTS": ["shop.example"]}, x_host=1)) == []
    guarded = behind(x_host=1)
    Garrison(guarded, hosts=["shop.example"])
    assert said(HOST, guarded) == []


def test_numbers_that_differ_are_found() -> None:
    assert said(UNEQUAL, behind(x_for=1, x_proto=2)) == [("ProxyFix has x_for=1, x_proto=2", None)]
    assert said(UNEQUAL, behind(x_for=2, x_proto=2)) == []


def test_without_proxy_fix_there_is_nothing_to_look_at() -> None:
    assert of_app(COUNT, make()) is of_app(HOST, make()) is of_app(UNEQUAL, make()) is None


class ByHand:
    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.rewrite(environ)
        return self.app(environ, start_response)  # type: ignore[no-any-return]

    @staticmethod
    def rewrite(environ: dict[str, Any]) -> None:
        scheme = environ.get("HTTP_X_FORWARDED_PROTO")
        if scheme:
            environ["wsgi.url_scheme"] = scheme


class Inner:
    def __init__(self, app: Any) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        print(environ.get("HTTP_X_REAL_IP"))
        return self.app(environ, start_response)  # type: ignore[no-any-return]


def test_middleware_that_believes_everybody_is_found() -> None:
    app = make()
    app.wsgi_app = ByHand(app.wsgi_app)  # type: ignore[method-assign]
    assert said(BY_HAND, app) == [("ByHand believes HTTP_X_FORWARDED_PROTO", None)]


def test_middleware_that_only_reads_and_proxy_fix_are_none() -> None:
    app = behind()
    app.wsgi_app = Inner(app.wsgi_app)  # type: ignore[method-assign]
    assert said(BY_HAND, app) == said(BY_HAND, make()) == []
