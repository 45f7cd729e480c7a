"""Control ``transport.proxy-trust``: forwarded headers count from declared proxies only."""

from __future__ import annotations

from .gate import Gate

CONTROL = "transport.proxy-trust"


def install(gate: Gate) -> None:
    """Not built yet."""
