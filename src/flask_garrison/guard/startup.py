"""What can be checked only when the application is complete: at its first request, once.

A setting that is read too late, or that names an endpoint which does not exist, protects nothing; it is said aloud
rather than obeyed in silence.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask

from ..context import SecurityContext
from ..errors import nearest
from ..policy.config import PREFIX
from .gate import Gate

_ENDPOINT_SETTINGS = (
    "login_endpoints",
    "allow_insecure_csrf",
    "allow_insecure_http",
    "allow_insecure_inline_handlers",
    "allow_insecure_inline_scripts",
    "allow_insecure_style_attributes",
    "allow_insecure_eval",
    "change_password_endpoint",
)
_log = logging.getLogger("flask_garrison")


def install(gate: Gate) -> None:
    """Look at the configuration and the endpoints when the first request comes."""
    read = _settings(gate.app)
    pending = [True]

    def look(context: SecurityContext) -> None:
        if pending:
            pending.clear()
            for problem in (*_unread(gate.app, read), *_unknown_endpoints(gate)):
                _log.error("%s: %s", gate.app.name, problem)

    gate.arrivals.append(look)


def _settings(app: Flask) -> Mapping[str, Any]:
    return {key: value for key, value in app.config.items() if key.startswith(PREFIX)}


def _unread(app: Flask, read: Mapping[str, Any]) -> Iterator[str]:
    for key, value in _settings(app).items():
        if key not in read or read[key] != value:
            yield f"{key} was set after Garrison had read the configuration and does nothing; set it before."


def _unknown_endpoints(gate: Gate) -> Iterator[str]:
    endpoints = gate.app.view_functions
    for setting in _ENDPOINT_SETTINGS:
        for name in _names(getattr(gate.policy, setting)):
            if name not in endpoints:
                near = nearest(name, endpoints)
                hint = f" Did you mean {near!r}?" if near else ""
                yield f"{setting} names {name!r}, and there is no such endpoint.{hint}"


def _names(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()
