"""What is known of a text that a pattern matches: its characters, how it begins, its length, what it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]  # there is no public parser of patterns
from typing import Any, Final

from ..values.facts import BEGINS, NOT_BEGINS, TELLING, lacks, safe_without
from ..values.taint import LETTERS, Use
from .characters import EVERYTHING, OTHER, letters, of_code, of_node, parsed

_SINGLE: Final = (codes.ANY, codes.LITERAL, codes.NOT_LITERAL, codes.IN)
_REPEATS: Final = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_BOUNDED: Final = 1_000
"""Up to this length a text is short enough for any pattern that is not hopeless."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What a pattern says of what it matches.

    Attributes:
        characters: Every one that can occur.
        first: Those that it can begin with.
        longest: The most characters, or ``None``.
        prefix: Constant text that it begins with.
        from_start: Whether a search finds it at the start of the text alone.
        to_end: Whether it ends where the text ends.
        line_break: Whether a line break can follow, as ``$`` lets it.
        absent: Texts of which a look-ahead at the start says that they are nowhere.
        second: Those that can follow a slash at its beginning; none where it begins otherwise.
        has_second: Whether one of them always does.
    """

    characters: int
    first: int
    longest: int | None
    prefix: str = ""
    from_start: bool = False
    to_end: bool = False
    line_break: bool = False
    absent: frozenset[str] = frozenset()
    second: int = EVERYTHING
    has_second: bool = False

    def uses(self) -> int:
        """Return the uses for which what was matched is harmless."""
        known = letters(self.characters)
        uses = safe_without(known)
        if not self.first & (of_code(ord("-")) | of_code(ord("/"))):
            uses |= Use.ARGUMENT
        if not any(self.first & of_code(ord(letter)) for letter in "=+-@\t\r"):
            uses |= Use.CELL
        if self.longest is not None and self.longest <= _BOUNDED:
            uses |= Use.LONG
        return uses & LETTERS

    def facts(self) -> frozenset[Any]:
        """Return the facts of what was matched."""
        found = {lacks(letter) for letter in TELLING if not self.characters & of_code(ord(letter))}
        found |= {lacks(text) for text in self.absent}
        found |= self.beginnings() | self._path(sure=True)
        return frozenset(found)

    def _path(self, *, sure: bool) -> set[Any]:
        """Return the facts of a path of this site: after its first slash comes no other, and no back-slash."""
        if not (sure or self.has_second) or any(self.second & of_code(ord(letter)) for letter in "/\\\t\r\n"):
            return set()
        return {(NOT_BEGINS, "//"), (NOT_BEGINS, "/\\")}

    def beginnings(self) -> set[Any]:
        """Return the facts of how it begins."""
        found: set[Any] = {(NOT_BEGINS, letter) for letter in "-/=+@\t\r" if not self.first & of_code(ord(letter))}
        found |= self._path(sure=False)
        return found | {(BEGINS, self.prefix)} if self.prefix else found


@lru_cache(2_000)
def matched(pattern: str | bytes, flags: int = 0) -> Matched | None:
    """Return what a pattern says of what it matches, or ``None`` where it is none."""
    tree = parsed(pattern, flags)
    return None if tree is None else described(tree, tree.state.flags | flags)


@lru_cache(2_000)
def group(pattern: str | bytes, flags: int, which: int | str) -> Matched | None:
    """Return what a pattern says of one of its groups."""
    tree = parsed(pattern, flags)
    if tree is None:
        return None
    number = tree.state.groupdict.get(which) if isinstance(which, str) else which
    if number == 0:
        return described(tree, tree.state.flags | flags)
    found = None if number is None else _group(tree, number)
    return None if found is None else described(found, tree.state.flags | flags)


def groups(pattern: str | bytes, flags: int) -> tuple[int, dict[str, int]]:
    """Return how many groups a pattern has, and the numbers of those with a name."""
    tree = parsed(pattern, flags)
    return (0, {}) if tree is None else (tree.state.groups - 1, dict(tree.state.groupdict))


def _group(tree: Iterable[Any], number: int) -> Any:
    for code, argument in tree:
        if code is codes.SUBPATTERN and argument[0] == number:
            return argument[-1]
        for below in children(code, argument):
            found = _group(below, number)
            if found is not None:
                return found
    return None


def children(code: Any, argument: Any) -> list[Any]:
    """Return the parts of a node."""
    if code is codes.SUBPATTERN:
        return [argument[-1]]
    if code in _REPEATS:
        return [argument[2]]
    if code is codes.BRANCH:
        return list(argument[1])
    if code is codes.ATOMIC_GROUP:
        return [argument]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [argument[1]]
    if code is codes.GROUPREF_EXISTS:
        return [part for part in argument[1:] if part is not None]
    return []


def described(tree: Any, flags: int) -> Matched:
    """Return what a parsed pattern says."""
    characters = _characters(tree, flags)
    first, _ = _first(tree, flags)
    longest = tree.getwidth()[1]
    end = _end(tree, flags)
    return Matched(
        characters,
        first,
        longest if longest <= _BOUNDED else None,
        "" if flags & re.IGNORECASE else _prefix(tree),
        _from_start(tree, flags),
        end is not None,
        end is codes.AT_END,
        _absent(tree),
        *_second(tree, flags),
    )


def _characters(tree: Iterable[Any], flags: int) -> int:
    found = 0
    for code, argument in tree:
        if code in _SINGLE:
            found |= of_node(code, argument, flags)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            continue
        elif code is codes.SUBPATTERN:
            found |= _characters(argument[-1], (flags | argument[1]) & ~argument[2])
        else:
            for below in children(code, argument):
                found |= _characters(below, flags)
    return found


def _first(tree: Iterable[Any], flags: int) -> tuple[int, bool]:
    """Return the characters that a match can begin with, and whether it can be empty."""
    found = 0
    for code, argument in tree:
        one, empty = _first_of(code, argument, flags)
        found |= one
        if not empty:
            return found, False
    return found, True


def _second(tree: Any, flags: int) -> tuple[int, bool]:
    """Return the characters that can follow a slash at the beginning, and whether one always does."""
    rest = [item for item in tree if item[0] is not codes.AT]
    if not rest or rest[0] != (codes.LITERAL, ord("/")):
        return EVERYTHING, False
    found, empty = _first(rest[1:], flags)
    return found, not empty


def _first_of(code: Any, argument: Any, flags: int) -> tuple[int, bool]:
    if code in _SINGLE:
        return of_node(code, argument, flags), False
    if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
        return 0, True
    if code is codes.SUBPATTERN:
        return _first(argument[-1], (flags | argument[1]) & ~argument[2])
    if code in _REPEATS:
        one, empty = _first(argument[2], flags)
        return one, empty or argument[0] == 0
    below = [_first(part, flags) for part in children(code, argument)]
    if not below or code is codes.GROUPREF_EXISTS:
        return EVERYTHING, True
    return _union(one for one, _ in below), any(empty for _, empty in below)


def _union(sets: Iterable[int]) -> int:
    found = 0
    for one in sets:
        found |= one
    return found


def _from_start(tree: Any, flags: int) -> bool:
    """Return whether every way through a pattern starts at the start of the text."""
    for code, argument in tree:
        if code is codes.AT:
            return argument is codes.AT_BEGINNING_STRING or (
                argument is codes.AT_BEGINNING and not flags & re.MULTILINE
            )
        if code in (codes.ASSERT, codes.ASSERT_NOT):
            continue
        below = children(code, argument)
        if code in (codes.SUBPATTERN, codes.BRANCH, codes.ATOMIC_GROUP):
            return all(_from_start(part, flags) for part in below)
        return False
    return False


def _end(tree: Any, flags: int) -> Any:
    """Return the weakest anchor that every way through a pattern ends with, or ``None``."""
    for code, argument in reversed(list(tree)):
        if code is codes.AT:
            if argument is codes.AT_END:
                return None if flags & re.MULTILINE else codes.AT_END
            return codes.AT_END_STRING if argument is codes.AT_END_STRING else None
        if code in (codes.SUBPATTERN, codes.BRANCH, codes.ATOMIC_GROUP):
            ends = [_end(part, flags) for part in children(code, argument)]
            if any(end is None for end in ends):
                return None
            return codes.AT_END if codes.AT_END in ends else codes.AT_END_STRING
        return None
    return None


def _prefix(tree: Any) -> str:
    text = ""
    for code, argument in tree:
        if code is codes.LITERAL:
            text += chr(argument)
        elif code is codes.SUBPATTERN and not argument[1]:
            inner = _prefix(argument[-1])
            text += inner
            if len(inner) != len(argument[-1]):
                break
        elif code is not codes.AT:
            break
    return text


def _absent(tree: Any) -> frozenset[str]:
    """Return the texts that ``(?!.*text)`` at the start excludes."""
    found = set()
    for code, argument in tree:
        if code is codes.ASSERT_NOT and argument[0] > 0:
            found.add(_behind_anything(list(argument[1])))
        elif code is not codes.AT:
            break
    return frozenset(found - {""})


def _behind_anything(parts: list[Any]) -> str:
    """Return the constant text of ``.*text``, else an empty one."""
    if not parts or parts[0][0] not in _REPEATS:
        return ""
    low, high, inner = parts[0][1]
    anything = low == 0 and high is codes.MAXREPEAT and next(iter(inner))[0] is codes.ANY
    rest = parts[1:]
    if not anything or not all(code is codes.LITERAL for code, _ in rest):
        return ""
    return "".join(chr(argument) for _, argument in rest)


def single(pattern: str | bytes, flags: int = 0) -> int:
    """Return the characters of a pattern that matches one of them (or several in a row), else 0."""
    tree = parsed(pattern, flags)
    if tree is None:
        return 0
    return _single(tree, tree.state.flags | flags)


def _single(tree: Any, flags: int) -> int:
    parts = list(tree)
    if len(parts) != 1:
        return 0
    code, argument = parts[0]
    if code in _SINGLE:
        return of_node(code, argument, flags) & ~OTHER
    if code is codes.SUBPATTERN:
        return _single(argument[-1], flags)
    if code in _REPEATS and argument[0] <= 1 and argument[0] > 0:
        return _single(argument[2], flags)
    if code is codes.BRANCH:
        below = [_single(part, flags) for part in argument[1]]
        return _union(below) if all(below) else 0
    return 0


def literal(pattern: str | bytes, flags: int = 0) -> str:
    """Return the text that a pattern stands for where it is nothing but that text, else an empty one."""
    tree = parsed(pattern, flags)
    if tree is None or not len(tree) or (tree.state.flags | flags) & re.IGNORECASE:
        return ""
    return "".join(chr(part[1]) for part in tree) if all(part[0] is codes.LITERAL for part in tree) else ""
