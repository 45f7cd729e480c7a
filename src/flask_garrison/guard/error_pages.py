"""Control ``assessment.error-pages``: error answers show nothing of the inside."""

from __future__ import annotations

from .gate import Gate

CONTROL = "assessment.error-pages"


def install(gate: Gate) -> None:
    """Not built yet."""
