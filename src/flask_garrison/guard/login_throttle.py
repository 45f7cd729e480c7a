"""Control ``access.login-throttle``: failed logins, tokens and codes are limited by account and by client."""

from __future__ import annotations

from .gate import Gate

CONTROL = "access.login-throttle"


def install(gate: Gate) -> None:
    """Not built yet."""
