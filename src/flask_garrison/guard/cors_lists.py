"""Exact origins that an application declares to Flask-CORS, read from where Flask-CORS keeps them.

It keeps its options in closures: of the ``after_request`` function that ``CORS(app)`` registers (resolved options), and
of the views that ``@cross_origin`` wraps (raw ones). Flask-CORS itself is never imported. Patterns, ``*`` and functions
are not read: only an origin that somebody wrote out counts as declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from flask import Flask

_REGEX_HINTS = frozenset("*\\]?$^[]()")


def exact_origins(app: Flask) -> frozenset[str]:
    """Return every origin that the application lists word for word, lower case; empty without Flask-CORS."""
    found = set(_exact(app.config.get("CORS_ORIGINS")))
    for hook in _hooks(app):
        for options in _closed_over(hook, "flask_cors.extension", "resources"):
            found.update(_from_resources(options))
    for view in app.view_functions.values():
        for layer in _layers(view):
            for options in _closed_over(layer, "flask_cors.decorator", "_options"):
                found.update(_exact(_origins(options)))
    return frozenset(found)


def _hooks(app: Flask) -> Iterator[Callable[..., Any]]:
    for hooks in app.after_request_funcs.values():
        yield from hooks


def _layers(view: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Yield a view and what it wraps, from the outside in; bounded, since a wrapper could name itself."""
    layer: Any = view
    for _ in range(20):
        if layer is None:
            return
        yield layer
        layer = getattr(layer, "__wrapped__", None)


def _closed_over(function: Any, module: str, variable: str) -> Iterator[Any]:
    """Yield the value of a closure's variable, if the function was written in ``module``.

    Its ``__module__`` does not tell: decorators copy that of the view. Its globals do.
    """
    if getattr(function, "__globals__", {}).get("__name__") != module:
        return
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        if name == variable:
            yield cell.cell_contents


def _from_resources(resources: Any) -> Iterator[str]:
    """Yield the exact origins of ``[(pattern, options), ...]``."""
    if isinstance(resources, list):
        for _, options in resources:
            yield from _exact(_origins(options))


def _origins(options: Any) -> Any:
    return options.get("origins") if isinstance(options, Mapping) else getattr(options, "origins", None)


def _exact(origins: Any) -> Iterator[str]:
    if isinstance(origins, str):
        origins = [origins]
    if isinstance(origins, re.Pattern) or not isinstance(origins, Iterable):
        return
    for origin in origins:
        if isinstance(origin, str) and _REGEX_HINTS.isdisjoint(origin) and "://" in origin:
            yield origin.lower()
