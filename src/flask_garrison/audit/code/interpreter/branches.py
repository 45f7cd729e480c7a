"""Branches: one side is run, taken back, the other is run, and what changed on either is joined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ..values.heap import Changes, Ways, joined
from ..values.refinement import Change, Refinement, merged, proved_by_ways
from ..values.value import Value, join, truth
from .frames import Stop
from .machine import Machine

Side = Callable[[], bool]
Names = dict[str, Value]


class State(NamedTuple):
    """Where a way through the code has led: names, changes on the heap since a mark, what is proved."""

    names: Names
    changes: Changes
    refined: Refinement


def snapshot(machine: Machine, mark: int) -> State:
    """Return the present state."""
    return State(dict(machine.frame.scope.payload), machine.heap.since(mark), machine.refined)


def restore(machine: Machine, mark: int, state: State) -> None:
    """Go back to a state that was reached from the same mark."""
    machine.heap.rollback(mark)
    machine.heap.replay(state.changes)
    machine.frame.scope.payload = dict(state.names)
    machine.refined = state.refined


def guarded(side: Side) -> bool:
    """Run one side, and return whether control goes on behind it."""
    try:
        return side()
    except Stop:
        return False


def fork(
    machine: Machine,
    first: Side,
    second: Side,
    when_first: tuple[Change, ...] = (),
    when_second: tuple[Change, ...] = (),
) -> bool:
    """Run two sides of which one is taken, and return whether control goes on behind either."""
    heap, scope = machine.heap, machine.frame.scope
    mark, names, refined = heap.mark(), scope.payload, machine.refined
    scope.payload = dict(names)
    machine.refined = refined.apply(when_first)
    first_goes_on = guarded(first)
    state = State(scope.payload, heap.since(mark), machine.refined)
    heap.rollback(mark)
    scope.payload = names if not first_goes_on else dict(names)
    machine.refined = refined.apply(when_second)
    second_goes_on = guarded(second)
    if first_goes_on:
        if second_goes_on:
            merge(machine, mark, state)
        else:
            restore(machine, mark, state)
    return first_goes_on or second_goes_on


def merge(machine: Machine, mark: int, state: State) -> None:
    """Join the present state with another one that was reached from the same mark."""
    ways = (merged(machine.refined, state.refined), machine.refined, state.refined)
    machine.heap.merge(mark, state.changes, ways)
    scope = machine.frame.scope
    scope.payload = joined_names(scope.payload, state.names, ways)
    machine.refined = ways[0]


def merge_all(machine: Machine, mark: int, states: list[State]) -> None:
    """Join the present state with others that were reached from the same mark."""
    for state in states:
        merge(machine, mark, state)


def joined_names(first: Names, second: Names, ways: Ways) -> Names:
    """Return the names after either of two ways; one that only one of them has keeps its value.

    Args:
        ways: What is proved on both, on the first and on the second: a name that was replaced on one of them is joined
            as it is on either, and what it is now may say which one was taken.
    """
    if first is second:
        return first
    result = dict(first)
    for name, value in second.items():
        present = result.get(name)
        if present is None:
            result[name] = value
        elif present is not value:
            result[name] = _joined(present, value, ways)
    return result


def _joined(first: Value, second: Value, ways: Ways) -> Value:
    base, mine, other = ways
    made = join(_proved(mine, first), _proved(other, second))
    one, two = truth(first), truth(second)
    if (one is None and two is None and first.test is None and second.test is None) or made is first or made is second:
        return made
    test = proved_by_ways(base, ((one, first.test, mine), (two, second.test, other)))
    return made if test is None else made.but(test=test)


def _proved(refined: Refinement, value: Value) -> Value:
    if not refined or not value.taint:
        return value
    current = refined.resolve(value)
    taint = refined.taint(current)
    return current if taint == current.taint else current.but(taint=taint)


def choose(machine: Machine, first: Callable[[], Value], second: Callable[[], Value], test: Any) -> Value:
    """Evaluate two expressions of which one is taken, and return their join."""
    values: list[Value] = []

    def side(evaluate: Callable[[], Value]) -> Side:
        def run() -> bool:
            values.append(evaluate())
            return True

        return run

    if not fork(machine, side(first), side(second), test.when_true, test.when_false):
        raise Stop
    return values[0] if len(values) == 1 else join(values[0], values[1])


__all__ = ["State", "choose", "fork", "guarded", "joined", "merge", "merge_all", "restore", "snapshot"]
