"""The journal of changes: taken back exactly, and joined to what either branch could have left."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.audit.code.values.heap import Heap, everything
from flask_garrison.audit.code.values.objects import Mapping, Record, Sequence, Thing
from flask_garrison.audit.code.values.taint import Use
from flask_garrison.audit.code.values.value import UNKNOWN, Value, constant

NAMES = ("a", "b", "c")
changes = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(NAMES), st.sampled_from(["x", "y", None])), max_size=8)
"""Which object, under which name, which text; ``None``: a client's."""
TAINTED = Value(Use.SQL)


def objects() -> list[Thing]:
    """Return a mapping, an object with attributes, and a list."""
    return [Mapping({"a": constant("x")}), Record({"a": constant("x")}), Sequence((constant("x"),))]


def written(heap: Heap, things: list[Thing], steps: list[tuple[int, str, str | None]]) -> None:
    """Make some changes."""
    for which, name, text in steps:
        thing, value = things[which], TAINTED if text is None else constant(text)
        if isinstance(thing, Mapping):
            items, rest = thing.payload
            heap.write(thing, ({**items, name: value}, rest))
        elif isinstance(thing, Record):
            heap.write(thing, {**thing.payload, name: value})
        else:
            items, rest = thing.payload
            heap.write(thing, ((*items, value), rest))


def shown(things: list[Thing]) -> list[Any]:
    """Return what some objects hold."""
    return [thing.payload for thing in things]


@given(changes, changes)
def test_what_is_taken_back_leaves_nothing(before: list[Any], after: list[Any]) -> None:
    heap, things = Heap(), objects()
    written(heap, things, before)
    mark, payloads = heap.mark(), shown(things)
    written(heap, things, after)
    heap.rollback(mark)
    assert all(one is other for one, other in zip(shown(things), payloads, strict=True))
    assert heap.mark() == mark


@given(changes, changes)
def test_what_is_replayed_is_what_was_written(before: list[Any], after: list[Any]) -> None:
    heap, things = Heap(), objects()
    written(heap, things, before)
    mark = heap.mark()
    written(heap, things, after)
    payloads, since = shown(things), heap.since(mark)
    heap.rollback(mark)
    heap.replay(since)
    assert shown(things) == payloads


@given(changes, changes)
def test_joined_branches_hold_what_either_could_have_left(first: list[Any], second: list[Any]) -> None:
    heap, things = Heap(), objects()
    mark = heap.mark()
    written(heap, things, first)
    one, since = shown(things), heap.since(mark)
    heap.rollback(mark)
    written(heap, things, second)
    other = shown(things)
    heap.merge(mark, since)
    for name in NAMES:
        assert taint(things[0].payload[0], name) == taint(one[0][0], name) | taint(other[0][0], name)
        assert taint(things[1].payload, name) == taint(one[1], name) | taint(other[1], name)
    assert everything(*things[2].payload).taint == everything(*one[2]).taint | everything(*other[2]).taint


def taint(items: dict[str, Value], name: str) -> int:
    """Return the taint of what stands under a name."""
    return items.get(name, UNKNOWN).taint


@given(changes, changes)
def test_joining_is_the_same_in_either_order(first: list[Any], second: list[Any]) -> None:
    results = []
    for one, other in ((first, second), (second, first)):
        heap, things = Heap(), objects()
        written(heap, things, one)
        since = heap.since(0)
        heap.rollback(0)
        written(heap, things, other)
        heap.merge(0, since)
        results.append([[taint(things[0].payload[0], name), taint(things[1].payload, name)] for name in NAMES])
    assert results[0] == results[1]


def test_counts_tell_that_something_changed() -> None:
    heap, things = Heap(), objects()
    before = heap.writes
    written(heap, things, [(0, "a", None)])
    heap.rollback(0)
    assert heap.writes > before
