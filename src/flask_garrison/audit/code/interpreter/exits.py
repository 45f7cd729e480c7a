"""Ways out of a function: what it returns where one of them was taken, and what that result proves."""

from __future__ import annotations

from functools import reduce

from ..values.objects import Sequence
from ..values.refinement import Refinement, merged, proved_by_ways
from ..values.value import Value, join, truth
from .expressions import sequence
from .frames import Exit
from .machine import Machine


def leave(machine: Machine, exits: list[Exit], mark: int, before: Refinement) -> Value:
    """Go to the state that follows where one of some ways out was taken, and return what they return.

    Args:
        mark: Where the heap's journal stood when the call began.
        before: What was proved then.
    """
    heap = machine.heap
    first, *others = exits
    if first.changes or heap.mark() != mark:
        heap.rollback(mark)
        heap.replay(first.changes)
    refined = first.refined
    for other in others:
        both = merged(refined, other.refined)
        heap.merge(mark, other.changes, (both, refined, other.refined))
        refined = both
    machine.refined = refined
    return first.value if not others else _joined(before, [(one.value, one.refined) for one in exits])


def _joined(before: Refinement, ways: list[tuple[Value, Refinement]]) -> Value:
    """Return one of some values, with what is proved where it is true, and where it is not."""
    tuples = [_items(value) for value, _ in ways]
    if tuples[0] and all(len(items) == len(tuples[0]) for items in tuples):
        columns = zip(*tuples, strict=True)
        return sequence([_joined(before, _column(column, ways)) for column in columns], None, "tuple")
    value = reduce(join, [value for value, _ in ways])
    test = proved_by_ways(before, [(truth(value), value.test, refined) for value, refined in ways])
    return value if test is None else value.but(test=test)


def _items(value: Value) -> tuple[Value, ...]:
    """Return the items of a tuple; of anything else nothing."""
    ref = value.refs[0] if len(value.refs) == 1 and not value.taint else None
    if not isinstance(ref, Sequence) or ref.kind != "tuple" or ref.payload[1] is not None:
        return ()
    items: tuple[Value, ...] = ref.payload[0]
    return items


def _column(values: tuple[Value, ...], ways: list[tuple[Value, Refinement]]) -> list[tuple[Value, Refinement]]:
    return [(value, refined) for value, (_, refined) in zip(values, ways, strict=True)]
