"""Loops: unrolled where the items are known and few, else run until nothing new can come of it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Final

from ..values.heap import joined_optional
from ..values.objects import Sequence
from ..values.refinement import Test
from ..values.value import UNKNOWN, Value, constant, truth
from .branches import guarded, merge, restore, snapshot
from .expressions import items_of
from .frames import Stop
from .machine import Machine, evaluates, executes
from .targets import assign

UNROLLED: Final = 12
PASSES: Final = 2


@executes(ast.For, ast.AsyncFor)
def loop(machine: Machine, node: ast.For) -> bool:
    """``for``."""
    value = machine.evaluate(node.iter)
    items, rest = items_of(machine, value)
    if rest is None and len(items) <= UNROLLED:
        return _known(machine, node, items)
    each = rest
    for item in items:
        each = joined_optional(each, item)

    def body() -> bool:
        assign(machine, node.target, each if each is not None else UNKNOWN, node.iter)
        return machine.run(node.body)

    _repeated(machine, body, PASSES)
    return machine.run(node.orelse) if node.orelse else True


def _known(machine: Machine, node: ast.For, items: list[Value]) -> bool:
    """Run the body once for each of a few items."""
    mark = machine.heap.mark()
    breaks: list[Any] = []
    goes_on = True
    for item in items:
        continues: list[Any] = []
        machine.frame.leaves.append([mark, breaks, continues])

        def body(item: Value = item) -> bool:
            assign(machine, node.target, item, node.iter)
            return machine.run(node.body)

        goes_on = guarded(body)
        machine.frame.leaves.pop()
        goes_on = _take(machine, mark, continues, goes_on)
        if not goes_on:
            break
    if goes_on and node.orelse:
        goes_on = machine.run(node.orelse)
    return _take(machine, mark, breaks, goes_on)


def _take(machine: Machine, mark: int, states: list[Any], goes_on: bool) -> bool:
    """Join the present state, where there is one, with others, and return whether there is any."""
    for state in states:
        if goes_on:
            merge(machine, mark, state)
        else:
            restore(machine, mark, state)
            goes_on = True
    return goes_on


def _repeated(machine: Machine, body: Callable[[], bool], passes: int) -> None:
    """Run a body some times, each time beginning with what could be by then; it may also not run at all."""
    mark = machine.heap.mark()
    for _ in range(passes):
        before = snapshot(machine, mark)
        states: list[Any] = []
        machine.frame.leaves.append([mark, states, states])
        goes_on = guarded(body)
        machine.frame.leaves.pop()
        if not _take(machine, mark, states, goes_on):
            restore(machine, mark, before)
            return
        after = snapshot(machine, mark)
        merge(machine, mark, before)
        if after.names == before.names and after.changes == before.changes:
            return


@executes(ast.While)
def loop_while(machine: Machine, node: ast.While) -> bool:
    """``while``."""
    always = isinstance(node.test, ast.Constant) and bool(node.test.value)
    mark = machine.heap.mark()
    test = machine.evaluate(node.test)
    if truth(test) is False:
        return machine.run(node.orelse) if node.orelse else True
    proved = test.test or Test()
    before = machine.refined
    breaks: list[Any] = []

    def body() -> bool:
        machine.refined = machine.refined.apply(proved.when_true)
        goes_on = machine.run(node.body)
        breaks.extend(machine.frame.leaves[-1][3])
        return goes_on

    _repeated_while(machine, body, mark)
    if always and not breaks:
        return False
    machine.refined = before.apply(proved.when_false) if not always else machine.refined
    return machine.run(node.orelse) if node.orelse else True


def _repeated_while(machine: Machine, body: Callable[[], bool], mark: int) -> None:
    for _ in range(PASSES):
        before = snapshot(machine, mark)
        breaks: list[Any] = []
        continues: list[Any] = []
        machine.frame.leaves.append([mark, breaks, continues, breaks])
        goes_on = guarded(body)
        machine.frame.leaves.pop()
        if not _take(machine, mark, [*breaks, *continues], goes_on):
            restore(machine, mark, before)
            return
        merge(machine, mark, before)


@executes(ast.Break)
def leave_loop(machine: Machine, node: ast.Break) -> bool:
    """``break``."""
    if machine.frame.leaves:
        mark, breaks, *_ = machine.frame.leaves[-1]
        breaks.append(snapshot(machine, mark))
    return False


@executes(ast.Continue)
def next_item(machine: Machine, node: ast.Continue) -> bool:
    """``continue``."""
    if machine.frame.leaves:
        mark, _, continues, *_ = machine.frame.leaves[-1]
        continues.append(snapshot(machine, mark))
    return False


# --- comprehensions ------------------------------------------------------------------------------------------------


@evaluates(ast.ListComp, ast.SetComp, ast.GeneratorExp)
def comprehension(machine: Machine, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Value:
    """A comprehension: item by item where the items are known and few."""
    found: list[Value] = []
    certain = _generate(machine, node.generators, lambda: found.append(machine.evaluate(node.elt)))
    kind = {ast.ListComp: "list", ast.SetComp: "set", ast.GeneratorExp: "generator"}[type(node)]
    if certain:
        return Value(refs=(Sequence(tuple(found), None, kind),))
    rest: Value | None = None
    for item in found:
        rest = joined_optional(rest, item)
    return Value(refs=(Sequence((), rest if rest is not None else UNKNOWN, kind),))


@evaluates(ast.DictComp)
def mapping_comprehension(machine: Machine, node: ast.DictComp) -> Value:
    """``{key: value for ...}``."""
    from ..values.objects import Mapping

    items: dict[Any, Value] = {}
    others: list[tuple[Value, Value]] = []

    def entry() -> None:
        key = machine.evaluate(node.key)
        value = machine.evaluate(node.value)
        if key.known and isinstance(key.constant, (str, int, float, bytes, bool, type(None))):
            items[key.constant] = value
        else:
            others.append((key, value))

    _generate(machine, node.generators, entry)
    keys: Value | None = None
    rest: Value | None = None
    for key, value in others:
        keys, rest = joined_optional(keys, key), joined_optional(rest, value)
    return Value(refs=(Mapping(items, rest, keys),))


def _generate(machine: Machine, generators: list[ast.comprehension], produce: Callable[[], None]) -> bool:
    """Run a comprehension's loops, and return whether its items are exactly those that were produced."""
    scope = machine.frame.scope
    outer = scope.payload
    scope.payload = dict(outer)
    refined = machine.refined
    try:
        return _generate_from(machine, generators, produce)
    finally:
        scope.payload = outer
        machine.refined = refined


def _generate_from(machine: Machine, generators: list[ast.comprehension], produce: Callable[[], None]) -> bool:
    first, *others = generators
    value = machine.evaluate(first.iter)
    items, rest = items_of(machine, value)
    certain = rest is None and len(items) <= 4 * UNROLLED
    if not certain:
        each = rest
        for item in items:
            each = joined_optional(each, item)
        items = [each if each is not None else UNKNOWN]
    for item in items:
        refined = machine.refined
        assign(machine, first.target, item, first.iter)
        certain = _filtered(machine, first.ifs, others, produce) and certain
        machine.refined = refined
    return certain


def _filtered(
    machine: Machine, tests: list[ast.expr], others: list[ast.comprehension], produce: Callable[[], None]
) -> bool:
    certain = True
    for node in tests:
        try:
            test = machine.evaluate(node)
        except Stop:
            return True
        known = truth(test)
        if known is False:
            return True
        certain = certain and known is True
        if test.test is not None:
            machine.refined = machine.refined.apply(test.test.when_true)
    if others:
        return _generate_from(machine, others, produce) and certain
    produce()
    return certain


__all__ = ["constant"]
