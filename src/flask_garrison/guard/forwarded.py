"""What the header ``Forwarded`` says (RFC 7239), read from its right end.

The rightmost element is the nearest proxy's own. A client's text stands left of it and must not be able to swallow it,
for instance by an opening quote that is never closed; so the header is not parsed from the left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

LONGEST = 8_192
"""Characters of a header that are looked at, from its right end."""
_MOST_ELEMENTS = 32
_MOST_COMMAS = 16
_PAIR = r"[A-Za-z]+=(?:[^\s\",;=\\]+|\"(?:[^\"\\]|\\.)*\")"
_ELEMENT = rf"\s*({_PAIR}(?:\s*;\s*{_PAIR})*);?\s*\Z"


class Hop(NamedTuple):
    """What one proxy says of the connection that it took; a field that it leaves out is ``None``."""

    client: str | None = None
    scheme: str | None = None
    host: str | None = None


def hops_of(header: str) -> Iterator[Hop]:
    """Give the elements of a ``Forwarded`` header, nearest proxy first; end before one that is malformed."""
    rest = header[-LONGEST:]
    for _ in range(_MOST_ELEMENTS):
        found = _last_element(rest)
        if found is None:
            return
        rest, hop = found
        yield hop
        if not rest:
            return


def _last_element(text: str) -> tuple[str, Hop] | None:
    """Split the shortest well-formed element off the right end, and its comma with it."""
    start = len(text)
    # A quoted value may hold commas; more than a few of them are nobody's.
    for _ in range(_MOST_COMMAS):
        start = text.rfind(",", 0, start)
        match = re.match(_ELEMENT, text[start + 1 :])
        if match:
            return text[: max(start, 0)], _hop(match[1])
        if start < 0:
            return None
    return None


def _hop(element: str) -> Hop:
    pairs: Mapping[str, str] = {
        name.lower(): value.strip('"') for name, value in (pair.split("=", 1) for pair in _pairs(element))
    }
    return Hop(pairs.get("for"), pairs.get("proto"), pairs.get("host"))


def _pairs(element: str) -> list[str]:
    return re.findall(_PAIR, element)


def entries_of(header: str) -> list[str]:
    """Return the entries of an ``X-Forwarded-*`` header, nearest proxy first.

    Quotes have no meaning in these headers: an entry may be split by one, never joined.
    """
    return [entry.strip() for entry in reversed(header[-LONGEST:].split(","))]
