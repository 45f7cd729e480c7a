"""What a comment says: Garrison's own, and those of other tools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ...target.project import Entry

WORD = re.compile(r"garrison\s*:|nosec|noqa", re.I)
"""Where a file has none of these, it has no such comment."""
_OWN = re.compile(r"(?:^|#)\s*garrison\s*:\s*(?P<verb>[\w-]*)\s*(?:\[(?P<rules>[^\]]*)\])?(?P<reason>.*)", re.I | re.S)
_OTHER_TOOL = re.compile(r"\s#\s*(?:nosec\b|noqa\b|garrison\s*:|type:|pragma:|pylint:|fmt:|pyright:|mypy:).*", re.S)
_UNTIL = re.compile(r"(?:^|\s)until\s*=\s*(?P<day>\S*)")
_NOSEC = re.compile(r"#\s*nosec\b:?(?P<ids>[^#]*)", re.I)
_NOQA = re.compile(r"#\s*noqa\s*:(?P<ids>[^#]*)", re.I)
_ID = re.compile(r"\b[BS](?P<number>\d{3})\b", re.I)
_CODES = re.compile(r"[\s,]*(?:[A-Z]+\d+\b[\s,]*)*", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive(Entry):
    """One ``garrison: ignore``.

    Attributes:
        rules: As they are written.
        defect: Why it cannot be followed, in words; empty where it can.
    """

    rules: tuple[str, ...] = ()
    defect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """One ``nosec``, or ``noqa`` with codes.

    Attributes:
        numbers: Of the rules that it names; ``None``: it is about every one.
        words: The comment itself.
    """

    line: int
    numbers: frozenset[int] | None
    words: str


def directive_of(line: int, comment: str) -> Directive | None:
    """Return what a comment, without the signs around it, tells Garrison; ``None``: nothing."""
    found = _OWN.search(comment)
    if found is None or (found["rules"] is None and found["verb"].lower() != "ignore"):
        # Without a list it is a sentence about Garrison.
        return None
    words = _OTHER_TOOL.sub("", " " + found["reason"].strip())
    until, defect = _day(words)
    rules = tuple(filter(None, re.split(r"[\s,]+", found["rules"] or "")))
    if found["verb"].lower() != "ignore":
        defect = f"there is no {found['verb']!r}, only ignore"
    elif not rules:
        defect = "it names no rule: write ignore[rule.id]"
    reason = " ".join(_UNTIL.sub(" ", words).split()).strip(" -:,;")
    return Directive(line=line, reason=reason, until=until, rules=rules, defect=defect)


def foreign_of(line: int, comment: str) -> Foreign | None:
    """Return what a comment of Python tells other tools of security; ``None``: nothing."""
    nosec = _NOSEC.search(comment)
    if nosec is not None:
        numbers = _numbers(nosec["ids"])
        return Foreign(line=line, numbers=numbers or None, words=comment)
    noqa = _NOQA.search(comment)
    codes = _CODES.match(noqa["ids"]) if noqa is not None else None
    numbers = frozenset(int(found["number"]) for found in _codes(codes[0] if codes else "", "S"))
    return Foreign(line=line, numbers=numbers, words=comment) if numbers else None


def _numbers(words: str) -> frozenset[int]:
    return frozenset(int(found["number"]) for found in _codes(words, "B"))


def _codes(words: str, letter: str) -> Iterator[re.Match[str]]:
    return (found for found in _ID.finditer(words) if found[0][0].upper() == letter)


def _day(words: str) -> tuple[date | None, str]:
    found = _UNTIL.search(words)
    if found is None:
        return None, ""
    try:
        return date.fromisoformat(found["day"].rstrip(",;.")), ""
    except ValueError:
        return None, f"until={found['day']} is no date such as 2027-01-31"
