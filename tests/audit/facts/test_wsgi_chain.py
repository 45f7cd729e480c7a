"""Middleware is found from the outside in, however it keeps what it wraps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from flask_garrison import Garrison
from flask_garrison.audit.facts.wsgi_chain import is_from, middlewares, name_of, uses

Wsgi = Callable[..., Iterable[bytes]]


class Own:
    def __init__(self, inner: Wsgi) -> None:
        self.wrapped = inner

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self.wrapped(environ, start_response)


def closing(app: Wsgi) -> Wsgi:
    def inner(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["X-Own"] = "yes"
        return app(environ, start_response)

    return inner


def names(app: Flask) -> list[str]:
    return [name_of(one) for one in middlewares(app)]


def test_a_bare_application_has_none_and_garrison_adds_none() -> None:
    app = Flask("shop")
    assert names(app) == []
    Garrison(app, hosts=["shop.example"])
    assert names(app) == []


def test_each_kind_is_found_in_its_place() -> None:
    app = Flask("shop")
    app.wsgi_app = DispatcherMiddleware(Own(closing(ProxyFix(app.wsgi_app))), {})  # type: ignore[method-assign]
    assert names(app) == ["DispatcherMiddleware", "Own", "closing", "ProxyFix"]
    chain = list(middlewares(app))
    assert [is_from(one, "werkzeug") for one in chain] == [True, False, False, True]
    assert "X-Own" in uses(chain[2]) and "HTTP_X_FORWARDED_FOR" in uses(chain[3])


def test_a_chain_that_bites_its_tail_ends() -> None:
    app = Flask("shop")
    loop = Own(app.wsgi_app)
    loop.wrapped = loop
    app.wsgi_app = loop  # type: ignore[method-assign]
    assert set(names(app)) == {"Own"}
