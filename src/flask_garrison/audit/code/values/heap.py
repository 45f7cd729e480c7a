"""The journal of what objects held, so that a branch can be taken back and two branches joined."""

from __future__ import annotations

from typing import Any, Final

from .objects import Instance, Mapping, Record, Scope, Sequence, Thing, emptiness, held_as
from .refinement import Refinement, proved_by_ways
from .value import MAX_CONSTANTS, UNKNOWN, Value, join

Changes = dict[Thing, Any]
Ways = tuple[Refinement, Refinement, Refinement]
"""What is proved whichever of two ways was taken, on the present one, and on the other."""
_NOTHING: Final = (Refinement(),) * 3


class Heap:
    """Writes payloads, and remembers what they replaced.

    Attributes:
        journal: What was replaced, in order.
        writes: Counts changes, those that were taken back included.
        rebound: Counts those of names of modules, classes and outer functions.
    """

    __slots__ = ("journal", "rebound", "writes")

    def __init__(self) -> None:
        self.journal: list[tuple[Thing, Any]] = []
        self.writes = 0
        self.rebound = 0

    def write(self, thing: Thing, payload: Any) -> None:
        """Replace what an object holds."""
        self.journal.append((thing, thing.payload))
        thing.payload = payload
        self.writes += 1
        if type(thing) is Scope:
            self.rebound += 1

    def mark(self) -> int:
        """Return where the journal stands."""
        return len(self.journal)

    def since(self, mark: int) -> Changes:
        """Return what changed since a mark, as it is now."""
        journal = self.journal
        if len(journal) == mark:
            return {}
        return {thing: thing.payload for thing, _ in journal[mark:]}

    def before(self, mark: int) -> Changes:
        """Return what changed since a mark, as it was then."""
        old: Changes = {}
        for thing, payload in self.journal[mark:]:
            old.setdefault(thing, payload)
        return old

    def rollback(self, mark: int) -> None:
        """Take back everything since a mark."""
        journal = self.journal
        while len(journal) > mark:
            thing, payload = journal.pop()
            thing.payload = payload
            self.writes += 1
            if type(thing) is Scope:
                self.rebound += 1

    def replay(self, changes: Changes) -> None:
        """Write again what a branch had changed."""
        for thing, payload in changes.items():
            self.write(thing, payload)

    def merge(self, mark: int, other: Changes, ways: Ways | None = None) -> None:
        """Join the present with another branch's changes since the same mark.

        Args:
            ways: What is proved on either way, where it matters which one was taken.
        """
        if not other and len(self.journal) == mark:
            return
        old = self.before(mark)
        for thing in {**old, **other}:
            there = other.get(thing, old.get(thing, thing.payload))
            if there is not thing.payload:
                self.write(thing, joined(thing, thing.payload, there, ways))


def joined(thing: Thing, first: Any, second: Any, ways: Ways | None = None) -> Any:
    """Return the payload of an object that holds one of two."""
    if isinstance(thing, Sequence):
        return _known_to_hold(_joined_items(first, second), first, second, ways)
    if isinstance(thing, Mapping):
        return _known_to_hold(_joined_mappings(first, second), first, second, ways)
    if isinstance(thing, (Instance, Scope, Record)):
        return _joined_names(first, second)
    return first


def _known_to_hold(payload: Any, first: Any, second: Any, ways: Ways | None) -> Any:
    """Return a joined payload with what follows where it holds something: that it was filled says which way it came."""
    one, its_test = emptiness(first)
    other, their_test = emptiness(second)
    if one is other and its_test is None and their_test is None:
        return payload
    base, mine, theirs = ways or _NOTHING
    test = proved_by_ways(base, ((one, its_test, mine), (other, their_test, theirs)))
    return held_as(payload, one if one is other else None, test)


def joined_optional(first: Value | None, second: Value | None) -> Value | None:
    """Join two values of which each may be missing."""
    if first is None or second is None:
        return first if second is None else second
    return join(first, second)


def _joined_items(first: Any, second: Any) -> Any:
    (items, rest), (others, more) = first, second
    if len(items) == len(others):
        return tuple(map(join, items, others)), joined_optional(rest, more)
    whole = joined_optional(rest, more)
    shorter = min(len(items), len(others))
    for item in (*items[shorter:], *others[shorter:]):
        whole = joined_optional(whole, item)
    return tuple(map(join, items[:shorter], others[:shorter])), whole


def _joined_mappings(first: Any, second: Any) -> Any:
    (items, rest), (others, more) = first, second
    return _joined_names(items, others), joined_optional(rest, more)


def _joined_names(first: dict[Any, Value], second: dict[Any, Value]) -> dict[Any, Value]:
    if first is second:
        return first
    result = dict(first)
    for name, value in second.items():
        mine = result.get(name)
        if mine is not value:
            result[name] = value if mine is None else join(mine, value)
    return result


def everything(items: tuple[Value, ...], rest: Value | None) -> Value:
    """Return one value for all of some items."""
    if len(items) > MAX_CONSTANTS and all(_is_plain(item) for item in items):
        # More constants than a value keeps: none of them is known any more.
        return UNKNOWN if rest is None else join(rest, UNKNOWN)
    whole = rest
    for item in items:
        whole = joined_optional(whole, item)
    return UNKNOWN if whole is None else whole


def _is_plain(item: Value) -> bool:
    return not (item.taint or item.refs or item.path or item.pieces)
