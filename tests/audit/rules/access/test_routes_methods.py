"""Middleware that changes the method of a request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from flask_garrison.audit.rule import Match
from tests.audit.support import make, of_app

RULE = "access.method-override"


class ByHeader:
    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        method = environ.get("HTTP_X_HTTP_METHOD_OVERRIDE", "").upper()
        if method in ("PUT", "DELETE"):
            environ["REQUEST_METHOD"] = method
        return self.app(environ, start_response)


def by_parameter(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    def middleware(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        query = parse_qs(environ.get("QUERY_STRING", ""))
        if "_method" in query:
            environ["REQUEST_METHOD"] = query["_method"][0]
        return app(environ, start_response)

    return middleware


class Harmless(ByHeader):
    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        print(environ["REQUEST_METHOD"])
        return self.app(environ, start_response)


def test_a_header_that_changes_the_method_is_found() -> None:
    app = make()
    app.wsgi_app = ByHeader(app.wsgi_app)  # type: ignore[method-assign]
    assert of_app(RULE, app) == [Match("ByHeader takes the method from the request's header")]


def test_a_parameter_that_changes_the_method_is_found_behind_others() -> None:
    app = make()
    app.wsgi_app = Harmless(by_parameter(app.wsgi_app))  # type: ignore[method-assign]
    assert of_app(RULE, app) == [Match("by_parameter takes the method from a parameter")]


def test_what_only_reads_the_method_is_none() -> None:
    app = make()
    app.wsgi_app = Harmless(app.wsgi_app)  # type: ignore[method-assign]
    assert of_app(RULE, app) == of_app(RULE, make()) == []
