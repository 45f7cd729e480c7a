"""Which routes look as if a GET changed something: their views are not called unless the project says so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from itertools import pairwise

from ..errors import nearest
from ..target.choices import Choices


def _set_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ALWAYS = _set_of(
    """
    logout signout logoff signoff delete remove destroy erase wipe drop purge flush truncate unsubscribe revoke
    shutdown restart reboot kill terminate deactivate disable uninstall rollback transfer withdraw refund charge
    pay unlink unfollow unban ban approve reject
    """
)
"""Words of an act, whatever else the route takes."""
_UNLESS_FORM = _set_of(
    """
    reset cancel send resend run start stop execute exec trigger clear archive restore activate enable install
    upgrade migrate deploy rebuild reindex toggle vote like follow accept decline confirm subscribe sync refresh
    publish unpublish generate
    """
)
"""Words of an act, unless the route also takes POST: then a GET shows the form for it."""
_PAIRS = frozenset({("log", "out"), ("sign", "out"), ("log", "off"), ("sign", "off"), ("shut", "down")})


class SideEffects:
    """Tells routes that may be called from those that may not."""

    def __init__(self, choices: Choices) -> None:
        self._choices = choices

    def forbids(self, rule: str, endpoint: str, methods: Iterable[str]) -> bool:
        """Return whether the view of a GET route must not be called.

        Args:
            rule: As in ``url_map``.
            methods: Of every route at the same address.
        """
        if _named(self._choices.skip, rule, endpoint):
            return True
        if _named(self._choices.include, rule, endpoint):
            return False
        words = _words(rule, endpoint)
        return not words.isdisjoint(_ALWAYS) or ("POST" not in methods and not words.isdisjoint(_UNLESS_FORM))

    def acts_unless_get(self, rule: str, endpoint: str) -> bool:
        """Return whether a view that shows a form for GET may act on any other method, HEAD included."""
        return not _named(self._choices.include, rule, endpoint) and not _words(rule, endpoint).isdisjoint(_UNLESS_FORM)

    def ends_session(self, rule: str, endpoint: str) -> bool:
        """Return whether a view that may be called is better called last."""
        return _named(self._choices.include, rule, endpoint)

    def problems(self, routes: Iterable[tuple[str, str]]) -> list[str]:
        """Return a sentence for each pattern that no route or endpoint matches."""
        known = list(routes)
        patterns = [(key, pattern) for key in ("skip", "include") for pattern in getattr(self._choices, key)]
        return [
            _problem(key, one, known) for key, one in patterns if not any(_named((one,), *route) for route in known)
        ]


def _named(patterns: Iterable[str], rule: str, endpoint: str) -> bool:
    return any(fnmatchcase(rule, pattern) or fnmatchcase(endpoint, pattern) for pattern in patterns)


def _words(rule: str, endpoint: str) -> frozenset[str]:
    """Return the words of a route: arguments such as ``<like>`` are none of them."""
    text = f"{re.sub(r'<[^>]*>', ' ', rule)} {endpoint}"
    parts = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    words = [word.lower() for word in re.split(r"[^A-Za-z]+", parts) if word]
    return frozenset(words) | {first + second for first, second in pairwise(words) if (first, second) in _PAIRS}


def _problem(key: str, pattern: str, routes: list[tuple[str, str]]) -> str:
    like = nearest(pattern, [name for route in routes for name in route])
    return f"[target] {key}: no route or endpoint matches {pattern!r}." + (f" Did you mean {like!r}?" if like else "")
