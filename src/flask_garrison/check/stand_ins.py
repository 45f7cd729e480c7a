"""Answers in place of a view, for one request: a page that does nothing, or a status that is to be provoked."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, abort, redirect, request

from ..target.answers import PROVOKED_PATH, PROVOKED_SECRET, STAND_IN

_PAGE = (
    '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Stand-in</title>' + STAND_IN.decode() + "</html>\n"
)


class ProvokedError(Exception):
    """Raised in place of a view, to see what the application shows of an error; it names a path and a secret."""


def _error() -> Any:
    raise ProvokedError(f"cannot read {PROVOKED_PATH}: password={PROVOKED_SECRET}")


def _stream() -> Response:
    half = len(_PAGE) // 2
    return Response(iter((_PAGE[:half], _PAGE[half:])), mimetype="text/html")


def _read() -> Response:
    request.get_data(cache=False)
    return Response(_PAGE, mimetype="text/html")


def _json() -> Response:
    request.get_json()
    return Response(_PAGE, mimetype="text/html")


BEHAVIOURS: Mapping[str, Callable[[], Any]] = {
    "page": lambda: Response(_PAGE, mimetype="text/html"),
    "error": _error,
    "stream": _stream,
    "redirect": lambda: redirect(f"{request.script_root}/"),
    "read": _read,
    "json": _json,
    "not-found": lambda: abort(404),
    "too-large": lambda: abort(413),
    "media-type": lambda: abort(415),
    "too-many": lambda: abort(429),
}
"""What a stand-in does."""


@contextmanager
def in_place_of(app: Flask, endpoint: str, behaviour: str) -> Iterator[list[str]]:
    """Replace one view while this lasts.

    Yields:
        A list that gets an entry when the stand-in is reached: whatever answers before it is not its answer.
    """
    reached: list[str] = []
    view = app.view_functions[endpoint]
    app.view_functions[endpoint] = _stand_in(view, BEHAVIOURS[behaviour], reached)
    try:
        yield reached
    finally:
        app.view_functions[endpoint] = view


def _stand_in(view: Callable[..., Any], act: Callable[[], Any], reached: list[str]) -> Callable[..., Any]:
    # The view object carries what @view_policy and extensions declared for it; functools.wraps keeps that.
    @functools.wraps(view, updated=("__dict__",) if hasattr(view, "__dict__") else ())
    def stand_in(*arguments: Any, **values: Any) -> Any:
        reached.append(request.method)
        return act()

    return stand_in


@contextmanager
def prepared(app: Flask) -> Iterator[None]:
    """Have the application answer exceptions itself, as behind a server, and not log those that are provoked here."""
    before = app.config.get("PROPAGATE_EXCEPTIONS")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.logger.addFilter(_is_news)
    try:
        yield
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = before
        app.logger.removeFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    return not (record.exc_info and isinstance(record.exc_info[1], ProvokedError))
