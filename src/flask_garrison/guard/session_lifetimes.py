"""Control ``access.session-lifetimes``: a session ends after idle time and after an absolute time."""

from __future__ import annotations

from .gate import Gate

CONTROL = "access.session-lifetimes"


def install(gate: Gate) -> None:
    """Not built yet."""
