"""``Strict-Transport-Security`` as browsers read it (RFC 6797, section 6.1)."""

from __future__ import annotations

from typing import NamedTuple

from ...target.answers import Answer

HEADER = "Strict-Transport-Security"
YEAR = 31_536_000
"""Seconds that ASVS V3.4.1 asks for."""


class Promise(NamedTuple):
    """What a browser remembers.

    Attributes:
        seconds: For how long; 0 makes it forget.
    """

    seconds: int
    subdomains: bool


def promise_of(answer: Answer) -> Promise | None:
    """Return what a browser remembers of an answer, or ``None`` for nothing: the first header alone counts."""
    directives: dict[str, str] = {}
    for part in answer.headers.get(HEADER, "").split(";"):
        name, _, value = part.partition("=")
        key = name.strip().lower()
        if key in directives and key:
            # A directive that stands twice makes the header invalid.
            return None
        directives[key] = value.strip().strip('"')
    seconds = directives.get("max-age", "")
    if not seconds.isdecimal():
        return None
    return Promise(int(seconds[:15]), "includesubdomains" in directives)
