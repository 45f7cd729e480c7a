"""Control ``inputs.canonical-text``: NUL, invalid UTF-8 and control characters are refused where text is expected."""

from __future__ import annotations

from .gate import Gate

CONTROL = "inputs.canonical-text"


def install(gate: Gate) -> None:
    """Not built yet."""
