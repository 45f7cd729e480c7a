"""What caches may keep of an answer (RFC 9111), and whether it was made for one user."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from werkzeug.http import parse_date

from ...target.answers import Answer
from ..observed import Observed
from .selection import contents

_STORABLE = (200, 203, 300, 301, 308, 404, 405, 410, 414, 501)


def cache_control(answer: Answer) -> Mapping[str, str]:
    """Return the directives of ``Cache-Control``, in lower case; of one that stands twice the first counts."""
    return _directives(", ".join(answer.headers.getlist("Cache-Control")))


@functools.lru_cache(maxsize=256)
def _directives(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for part in text.split(","):
        name, _, value = part.partition("=")
        found.setdefault(name.strip().lower(), value.strip().strip('"'))
    return found


def is_withheld(answer: Answer) -> bool:
    """Return whether no shared cache hands the answer on without asking again."""
    directives = cache_control(answer)
    return any(name in directives for name in ("no-store", "private", "no-cache")) or "*" in vary(answer)


def is_shared(answer: Answer) -> bool:
    """Return whether the answer itself tells shared caches to keep it."""
    if is_withheld(answer):
        return False
    directives = cache_control(answer)
    fresh = _seconds(directives.get("s-maxage", directives.get("max-age", "")))
    if fresh is not None:
        return fresh > 0
    return ("public" in directives and answer.status in _STORABLE) or _expires_later(answer)


def _seconds(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 15 else None


def _expires_later(answer: Answer) -> bool:
    expires, sent = (parse_date(answer.headers.get(name)) for name in ("Expires", "Date"))
    return expires is not None and sent is not None and expires > sent


def vary(answer: Answer) -> frozenset[str]:
    """Return the request headers that the answer says it depends on, in lower case."""
    values = ",".join(answer.headers.getlist("Vary"))
    return frozenset(name.strip().lower() for name in values.split(",") if name.strip())


def personal(observed: Observed) -> list[Answer]:
    """Return the answers that were made for the user who asked: nobody else gets the same."""
    anonymous = {(one.case, one.method, one.url): one for one in observed.answers if not one.user}
    users = [answer for answer in contents(observed) if answer.user and answer.status < 400]
    return [
        answer
        for answer in users
        if _differs(observed, answer, anonymous.get((answer.case, answer.method, answer.url)))
    ]


def _differs(observed: Observed, answer: Answer, other: Answer | None) -> bool:
    if "cookie" in vary(answer):
        return True
    if other is None:
        return False
    if other.status != answer.status:
        return True
    twin = observed.twin_of(answer)
    # A page that differs each time, by a nonce or the time of day, shows nothing.
    return twin is not None and twin.body == answer.body != other.body
