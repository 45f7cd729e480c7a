"""Control ``inputs.body-limits``: the size, the parts and the nesting of a request are bounded."""

from __future__ import annotations

from .gate import Gate

CONTROL = "inputs.body-limits"


def install(gate: Gate) -> None:
    """Not built yet."""
