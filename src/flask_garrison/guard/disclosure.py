"""Control ``headers.disclosure``: answers do not name the software that made them (ASVS V13.4.6)."""

from __future__ import annotations

import re

from flask import Response

from ..context import SecurityContext
from ..policy import Mode
from .gate import Gate
from .notices import Notices

CONTROL = "headers.disclosure"
_ALWAYS = frozenset({"x-powered-by", "x-generator", "x-runtime-version", "x-flask-version", "x-python-version"})
_WATCHED = _ALWAYS | {"server"}
_VERSION = re.compile(r"\d+\.\d+|/\d")


def install(gate: Gate) -> None:
    """Remove version headers that the application sets; what the server adds later is out of reach."""
    mode = gate.mode(CONTROL)
    if mode != "off":
        notices = Notices(CONTROL)
        gate.departures.append(lambda context, response: _depart(context, response, mode, notices))


def _depart(context: SecurityContext, response: Response, mode: Mode, notices: Notices) -> None:
    if context.own_headers.isdisjoint(_WATCHED):
        return
    for name, value in _revealing(response):
        if mode == "enforce":
            response.headers.remove(name)
        words = "was removed" if mode == "enforce" else "would be removed"
        notices.difference(context, f"{name}: {value} {words}", observed=mode == "observe")


def _revealing(response: Response) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, value in response.headers
        if name.lower() in _ALWAYS or (name.lower() == "server" and _VERSION.search(value))
    ]
