"""Control ``access.secret-key``: a weak, short, known or missing secret key does not start."""

from __future__ import annotations

from .gate import Gate

CONTROL = "access.secret-key"


def install(gate: Gate) -> None:
    """Not built yet."""
