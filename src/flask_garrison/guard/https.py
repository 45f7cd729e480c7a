"""Control ``transport.https-only`` and ``transport.hsts``: reads are redirected to HTTPS, the rest is refused in the clear."""

from __future__ import annotations

from .gate import Gate

CONTROLS = ("transport.https-only", "transport.hsts")


def install(gate: Gate) -> None:
    """Not built yet."""
