"""Control ``transport.hosts``: the application answers to its declared host names only."""

from __future__ import annotations

from .gate import Gate

CONTROL = "transport.hosts"


def install(gate: Gate) -> None:
    """Not built yet."""
