"""Control ``assessment.debug``: an application in debug mode answers its own machine only."""

from __future__ import annotations

from .gate import Gate

CONTROL = "assessment.debug"


def install(gate: Gate) -> None:
    """Not built yet."""
