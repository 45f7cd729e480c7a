"""Control ``access.rate-limits``: requests are limited where the policy says so."""

from __future__ import annotations

from .gate import Gate

CONTROL = "access.rate-limits"


def install(gate: Gate) -> None:
    """Not built yet."""
