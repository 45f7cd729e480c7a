"""Sets of characters as integers: a bit for each character of ASCII, and one for all others."""

from __future__ import annotations

import re
from functools import cache
from re import _constants as codes  # type: ignore[attr-defined]  # there is no public parser of patterns
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Final

OTHER: Final = 1 << 128
"""Every character beyond ASCII."""
EVERYTHING: Final = (1 << 129) - 1
_UPPER: Final = ((1 << 91) - 1) & ~((1 << 65) - 1)
_LOWER: Final = ((1 << 123) - 1) & ~((1 << 97) - 1)
_CATEGORIES: Final = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


def of_code(code: int) -> int:
    """Return the set of one character."""
    return 1 << code if code < 128 else OTHER


def letters(characters: int) -> frozenset[str]:
    """Return the characters of ASCII in a set."""
    return frozenset(chr(code) for code in range(128) if characters >> code & 1)


def parsed(pattern: str | bytes, flags: int = 0) -> Any:
    """Return the parsed pattern, or ``None`` where it is none."""
    try:
        return _parser.parse(pattern, flags)
    except (re.error, RecursionError, OverflowError, ValueError, TypeError):
        return None


def of_node(code: Any, argument: Any, flags: int) -> int:
    """Return what a node that stands for one character matches."""
    if code is codes.ANY:
        return EVERYTHING if flags & re.DOTALL else EVERYTHING & ~of_code(10)
    if code is codes.LITERAL:
        return _both_cases(of_code(argument), flags)
    if code is codes.NOT_LITERAL:
        return EVERYTHING & ~_excluded(of_code(argument), flags)
    found = 0
    items = list(argument)
    negated = bool(items) and items[0][0] is codes.NEGATE
    for kind, value in items:
        found |= _of_item(kind, value, bool(flags & re.ASCII or not flags & re.UNICODE))
    return EVERYTHING & ~_excluded(found, flags) if negated else _both_cases(found, flags)


def _excluded(characters: int, flags: int) -> int:
    """Return what a negated set surely excludes: of the characters beyond ASCII perhaps some, and perhaps not all."""
    return _cases(characters & ~OTHER) if flags & re.IGNORECASE else characters & ~OTHER


def _of_item(kind: Any, value: Any, ascii_only: bool) -> int:
    if kind is codes.LITERAL:
        return of_code(value)
    if kind is codes.RANGE:
        low, high = value
        inside = ((1 << min(high, 127) + 1) - 1) & ~((1 << low) - 1) if low < 128 else 0
        return inside | (OTHER if high > 127 else 0)
    if kind is codes.CATEGORY:
        return _of_category(_CATEGORIES[value], ascii_only)
    return 0


@cache
def _of_category(text: str, ascii_only: bool) -> int:
    pattern = re.compile(text, re.ASCII if ascii_only else re.UNICODE)
    found = sum(1 << code for code in range(128) if pattern.match(chr(code)))
    return found | OTHER


def _both_cases(characters: int, flags: int) -> int:
    if not flags & re.IGNORECASE:
        return characters
    # The long s, the Kelvin sign and their like match letters of ASCII, and the other way.
    found = _cases(characters) | (_UPPER | _LOWER if characters & OTHER else 0)
    return found | OTHER if found & (_UPPER | _LOWER) else found


def _cases(characters: int) -> int:
    return characters | (characters & _UPPER) << 32 | (characters & _LOWER) >> 32
