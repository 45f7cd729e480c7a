"""Whether a pattern can take exponential time: whether a loop can read the same text in two ways.

A backtracking engine tries every way to read a text before it gives up. The pattern becomes an automaton with one
state for each character that it names; two different ways from a state back to itself over the same text double the
tries with every repetition. That alone does no harm where the match cannot fail behind the loop.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from re import _constants as codes  # type: ignore[attr-defined]  # there is no public parser of patterns
from typing import Any, Final

from .characters import of_node, parsed

_SINGLE: Final = (codes.ANY, codes.LITERAL, codes.NOT_LITERAL, codes.IN)
_MOST: Final = 160
"""Positions; a longer pattern is not judged."""
_COPIES: Final = 3
"""Up to this many repetitions are written out; what repeats more often counts as a loop."""


class _TooLong(Exception):
    """The pattern has too many positions."""


class _Part:
    """A part of a pattern: what it can begin and end with, and whether it can be empty."""

    __slots__ = ("empty", "first", "last")

    def __init__(self, first: tuple[int, ...] = (), last: tuple[int, ...] = (), empty: bool = True) -> None:
        self.first = first
        self.last = last
        self.empty = empty


class _Automaton:
    """States, their characters, and how often each follows another directly."""

    def __init__(self, flags: int) -> None:
        self.flags = flags
        self.characters: list[int] = []
        self.follows: dict[int, dict[int, int]] = {}

    def state(self, characters: int) -> _Part:
        number = len(self.characters)
        if number >= _MOST:
            raise _TooLong
        self.characters.append(characters)
        self.follows[number] = {}
        return _Part((number,), (number,), False)

    def link(self, sources: Iterable[int], targets: Iterable[int]) -> None:
        aims = tuple(targets)
        for source in sources:
            counts = self.follows[source]
            for target in aims:
                counts[target] = counts.get(target, 0) + 1

    def sequence(self, tree: Iterable[Any]) -> _Part:
        whole = _Part()
        for code, argument in tree:
            whole = self.joined(whole, self.part(code, argument))
        return whole

    def joined(self, left: _Part, right: _Part) -> _Part:
        self.link(left.last, right.first)
        return _Part(
            left.first + right.first if left.empty else left.first,
            left.last + right.last if right.empty else right.last,
            left.empty and right.empty,
        )

    def part(self, code: Any, argument: Any) -> _Part:
        if code in _SINGLE:
            return self.state(of_node(code, argument, self.flags))
        if code is codes.SUBPATTERN:
            return self.sequence(argument[-1])
        if code is codes.BRANCH:
            return self.either([self.sequence(part) for part in argument[1]])
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            return self.repeated(*argument)
        if code in (codes.POSSESSIVE_REPEAT, codes.ATOMIC_GROUP):
            return self.once(argument[2] if code is codes.POSSESSIVE_REPEAT else argument)
        if code is codes.GROUPREF_EXISTS:
            return self.either([self.sequence(part) for part in argument[1:] if part is not None])
        # What looks ahead or behind, anchors and references consume nothing that could be read in two ways.
        return _Part()

    def either(self, parts: list[_Part]) -> _Part:
        return _Part(
            tuple(state for part in parts for state in part.first),
            tuple(state for part in parts for state in part.last),
            any(part.empty for part in parts),
        )

    def repeated(self, low: int, high: Any, tree: Any) -> _Part:
        loops = high is codes.MAXREPEAT or high > _COPIES
        whole = _Part()
        for number in range(min(low, _COPIES) if loops else high):
            one = self.sequence(tree)
            if number >= low:
                one = _Part(one.first, one.last, True)
            whole = self.joined(whole, one)
        if loops:
            one = self.sequence(tree)
            self.link(one.last, one.first)
            # After copies for what must be there, the loop may be left out.
            whole = self.joined(whole, _Part(one.first, one.last, one.empty or low <= _COPIES))
        return whole

    def once(self, tree: Any) -> _Part:
        """Return one state for what is never read again in another way."""
        below = _Automaton(self.flags)
        part = below.sequence(tree)
        characters = 0
        for one in below.characters:
            characters |= one
        made = self.state(characters)
        return _Part(made.first, made.last, part.empty)


@lru_cache(2_000)
def is_exponential(pattern: str | bytes, flags: int = 0, whole: bool = False) -> bool:
    """Return whether some text makes a match of a pattern take time that doubles with every few characters.

    Args:
        whole: Whether the whole text has to match.
    """
    tree = parsed(pattern, flags)
    if tree is None:
        return False
    flags |= tree.state.flags
    try:
        return any(_doubles(part, flags, whole if part is tree else False) for part in _roots(tree))
    except (_TooLong, RecursionError):
        return False


def _roots(tree: Any) -> list[Any]:
    """Return the pattern and what it looks ahead for, each of which is matched by itself."""
    from .alphabet import children

    found, waiting = [tree], [tree]
    while waiting:
        for code, argument in waiting.pop():
            below = children(code, argument)
            waiting += below
            if code in (codes.ASSERT, codes.ASSERT_NOT):
                found += below
    return found


def _doubles(tree: Any, flags: int, whole: bool) -> bool:
    automaton = _Automaton(flags)
    part = automaton.sequence(tree)
    anchored = whole or _ends_anchored(tree)
    loops = _on_cycles(automaton.follows)
    can_stop = set() if anchored else set(part.last)
    # Where the match may end right behind the loop, it never has to be given up.
    return any(state not in can_stop and _ambiguous(automaton, state, loops) for state in loops)


def _ends_anchored(tree: Any) -> bool:
    """Return whether something at the end of a pattern can refuse what was read: an anchor or a look-ahead."""
    for code, argument in reversed(list(tree)):
        if code in (codes.AT, codes.ASSERT, codes.ASSERT_NOT):
            return True
        if code is codes.SUBPATTERN:
            return _ends_anchored(argument[-1])
        if code is codes.BRANCH:
            return any(_ends_anchored(part) for part in argument[1])
        return False
    return False


def _on_cycles(follows: dict[int, dict[int, int]]) -> set[int]:
    """Return the states that can come back to themselves."""
    return {state for state in follows if state in _reachable(follows, state)}


def _reachable(follows: dict[int, dict[int, int]], start: int) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        for state in follows[waiting.pop()]:
            if state not in found:
                found.add(state)
                waiting.append(state)
    return found


def _ambiguous(automaton: _Automaton, start: int, loops: set[int]) -> bool:
    """Return whether two different ways lead from a state back to it over the same text."""
    follows, characters = automaton.follows, automaton.characters
    # A pair of states, and whether the two ways have parted already.
    seen: set[tuple[int, int, bool]] = set()
    waiting: list[tuple[int, int, bool]] = [(start, start, False)]
    while waiting:
        left, right, parted = waiting.pop()
        for one, count in follows[left].items():
            if one not in loops:
                continue
            for other in follows[right]:
                if other not in loops or not characters[one] & characters[other]:
                    continue
                apart = parted or one != other or (left == right and count > 1)
                if one == other == start and apart:
                    return True
                state = (one, other, apart)
                if state not in seen:
                    seen.add(state)
                    waiting.append(state)
    return False
