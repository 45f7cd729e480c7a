"""The middleware around an application, from the outside in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Flask

from .layers import DEEPEST, closure_of, plain, words_of, words_of_class, written_as

_INNER = ("app", "wsgi_app", "application", "_app", "_wsgi_app", "wsgi", "wrapped", "flask_app")


def middlewares(app: Flask) -> Iterator[Any]:
    """Yield each object or function between the server and the application."""
    layer: Any = app.wsgi_app
    for _ in range(DEEPEST):
        if layer is None or layer is app or isinstance(getattr(layer, "__self__", None), Flask):
            return
        yield layer
        layer = _inside(layer, app)


def name_of(middleware: Any) -> str:
    """Return the name of the class or function of a middleware."""
    if hasattr(middleware, "__code__"):
        return written_as(middleware).partition(".<locals>")[0]
    return type(middleware).__qualname__


def is_from(middleware: Any, package: str) -> bool:
    """Return whether a middleware's class was written in a package."""
    return str(type(middleware).__module__).partition(".")[0] == package


def uses(middleware: Any) -> frozenset[str]:
    """Return the words in the code of a middleware, all methods of its class included."""
    return words_of(middleware) if hasattr(middleware, "__code__") else words_of_class(type(middleware))


def _inside(layer: Any, app: Flask) -> Any:
    for name in _INNER:
        value = getattr(layer, "__dict__", {}).get(name)
        if callable(value):
            return value
    for value in closure_of(plain(layer)).values():
        if callable(value) and value is not app:
            return value
    return None
