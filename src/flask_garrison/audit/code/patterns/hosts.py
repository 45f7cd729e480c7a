"""Whether a regular expression that matches a whole address lets none through but those of hosts that it names."""

from __future__ import annotations

import functools
import re
from typing import Final

_ANCHORS: Final = re.compile(r"^(?:\^|\\A)|(?:\$|\\[Zz])$")
_SCHEME: Final = re.compile(
    r"(?:https\??|http|\((?:\?:)?https?\|https?\)|wss?\??):(?://|\\/\\/)|\((?:\?:)?https\?:(?://|\\/\\/)\)\??"
)
_NAMED: Final = re.compile(
    r"(?P<before>.*?)(?P<name>(?:(?P<dot>\\\.))?[a-z0-9-]+(?:\\\.[a-z0-9-]+)*"
    r"(?:\\\.\((?:\?:)?[a-z|]+\))?)(?::\d+|\(?(?:\?:)?:(?:\\d|\[0-9\])(?:\+|\{[\d,]+\})\)?\??)?"
    r"(?P<path>(?:/|\\/).*)?$",
    re.IGNORECASE | re.DOTALL,
)
_LABELS: Final = re.compile(
    r"(?:[a-z0-9-]|\\[.w\d-]|\[(?:\\?[a-z0-9._-]|\\[wd])+\]|\((?:\?:|\?P<\w+>)?|[)|?*+]|\{[\d,]+\})*", re.IGNORECASE
)
_CHOICE: Final = re.compile(r"(?:[a-z0-9:/-]|\\[./:-]|\((?:\?:|\?P<\w+>)?|[)|?])*", re.IGNORECASE)
_ENDS_LABEL: Final = re.compile(r"\\\.\)[?*]?$|\\\.$")


@functools.lru_cache(2_000)
def names_hosts(pattern: str) -> bool:
    """Return whether what a pattern matches as a whole is at a host that the pattern names, or below one.

    What is not understood counts as no.
    """
    text = _ANCHORS.sub("", _ANCHORS.sub("", pattern))
    if _has_choice_outside(text):
        return False
    scheme = _SCHEME.match(text)
    if _CHOICE.fullmatch(text):
        return scheme is not None or "://" in text
    if scheme is None:
        return False
    return _named(text[scheme.end() :])


def _named(text: str) -> bool:
    found = _NAMED.match(text)
    if found is None or "\\." not in found["name"] or not _LABELS.fullmatch(found["before"]):
        return False
    return not found["before"] or bool(found["dot"]) or _ENDS_LABEL.search(found["before"]) is not None


def _has_choice_outside(text: str) -> bool:
    """Return whether ``|`` stands outside of every group: the anchors then belong to one side each."""
    depth = 0
    plain = re.sub(r"\\.|\[[^\]]*\]", "", text)
    for letter in plain:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            return True
    return False
