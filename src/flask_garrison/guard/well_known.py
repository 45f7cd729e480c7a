"""Control ``monitoring.security-contact``: /.well-known/security.txt and change-password."""

from __future__ import annotations

from .gate import Gate

CONTROL = "monitoring.security-contact"


def install(gate: Gate) -> None:
    """Not built yet."""
