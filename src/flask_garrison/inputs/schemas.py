"""Not built yet."""

from __future__ import annotations


def validated() -> None:
    """Not built yet."""
