"""Loops: unrolled where the items are known and few, else run until nothing new can come of it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any, Final

from ..values.heap import everything, joined_optional
from ..values.objects import Sequence
from ..values.refinement import Change, Refinement, by_itself, changes_of, of_everything
from ..values.value import UNKNOWN, Value, constant, truth
from .branches import State, guarded, merge, restore, snapshot
from .expressions import items_of
from .frames import Stop
from .machine import Machine, evaluates, executes
from .targets import assign

UNROLLED: Final = 12
PASSES: Final = 2
MORE_PASSES: Final = 5
"""As long as each pass makes another name dangerous."""


@executes(ast.For, ast.AsyncFor)
def loop(machine: Machine, node: ast.For) -> bool:
    """``for``."""
    value = machine.evaluate(node.iter)
    items, rest = items_of(machine, value)
    if rest is None and len(items) <= UNROLLED:
        return _known(machine, node, items)
    each = joined_optional(rest, everything(tuple(items), None) if items else None) or UNKNOWN

    def body() -> bool:
        assign(machine, node.target, each, node.iter)
        return machine.run(node.body)

    mark, outer = machine.heap.mark(), machine.refined
    breaks: list[State] = []
    proved = _repeated(machine, body, mark, breaks, each)
    # Where the loop came to its end, what each pass proves of its item holds for all of them.
    machine.refined = machine.refined.apply(of_everything(proved))
    goes_on = machine.run(node.orelse) if node.orelse else True
    return _take(machine, mark, [_of_one(state, each, outer) for state in breaks], goes_on)


def _of_one(state: State, each: Value, outer: Refinement) -> State:
    """Return a state at a ``break`` without what is proved of the present item: there can be others."""
    if each not in state.refined or not each.taint:
        return state
    refined = Refinement(state.refined)
    del refined[each]
    if each in outer:
        refined[each] = outer[each]
    return state._replace(refined=refined)


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


def _repeated(
    machine: Machine, body: Callable[[], bool], mark: int, breaks: list[State], each: Value = UNKNOWN
) -> tuple[Change, ...]:
    """Run a body some times, each time beginning with what could be by then; it may also not run at all.

    The states at its ``break`` are added to the list; what every pass proves of its item is returned.
    """
    proved: tuple[Change, ...] = ()
    for number in range(MORE_PASSES):
        before = snapshot(machine, mark)
        states: list[State] = []
        machine.frame.leaves.append([mark, breaks, states])
        goes_on = guarded(body)
        machine.frame.leaves.pop()
        if not _take(machine, mark, states, goes_on):
            restore(machine, mark, before)
            return proved
        after = snapshot(machine, mark)
        proved = changes_of(each, before.refined, after.refined)
        merge(machine, mark, before)
        if (after.names == before.names and after.changes == before.changes) or _is_enough(number, before, after):
            break
    return proved


def _is_enough(number: int, before: State, after: State) -> bool:
    """Return whether another pass would tell nothing new: after some, where no name became more dangerous."""
    if number + 1 < PASSES:
        return False
    return not any(
        value.taint & ~(before.names[name].taint if name in before.names else 0) for name, value in after.names.items()
    )


@executes(ast.While)
def loop_while(machine: Machine, node: ast.While) -> bool:
    """``while``: pass by pass as long as the test is known to hold, and something changes."""
    mark = machine.heap.mark()
    breaks: list[State] = []
    goes_on: bool | None = None
    if not isinstance(node.test, ast.Constant):
        goes_on = _pass_by_pass(machine, node, mark, breaks)
    elif not node.test.value:
        goes_on = True
    if goes_on is None:
        goes_on = _until(machine, node, mark, breaks)
    if goes_on and node.orelse:
        goes_on = machine.run(node.orelse)
    return _take(machine, mark, breaks, goes_on)


def _pass_by_pass(machine: Machine, node: ast.While, mark: int, breaks: list[State]) -> bool | None:
    """Run the passes that are known to be made; return whether the loop came to its end, ``None``: it may go on."""
    for _ in range(UNROLLED):
        before, written = machine.scope.payload, machine.heap.mark()
        test = machine.evaluate(node.test)
        known = truth(test)
        if known is not True:
            proved = by_itself(test)
            machine.refined = machine.refined.apply(proved.when_false if known is False else ())
            return True if known is False else None
        machine.scope.payload = dict(before)
        continues: list[State] = []
        machine.frame.leaves.append([mark, breaks, continues])
        goes_on = guarded(lambda: machine.run(node.body))
        machine.frame.leaves.pop()
        if not _take(machine, mark, continues, goes_on):
            return False
        if machine.scope.payload == before and machine.heap.mark() == written:
            return None
    return None


def _until(machine: Machine, node: ast.While, mark: int, breaks: list[State]) -> bool:
    """Run a loop of which it is not known how often it runs, and return whether it can come to its end."""
    always = isinstance(node.test, ast.Constant)

    def body() -> bool:
        machine.refined = machine.refined.apply(by_itself(machine.evaluate(node.test)).when_true)
        return machine.run(node.body)

    _repeated(machine, body, mark, breaks)
    if not always:
        machine.refined = machine.refined.apply(by_itself(machine.evaluate(node.test)).when_false)
    return not always


@executes(ast.Break)
def leave_loop(machine: Machine, node: ast.Break) -> bool:
    """``break``."""
    if machine.frame.leaves:
        mark, breaks, _ = machine.frame.leaves[-1]
        breaks.append(snapshot(machine, mark))
    return False


@executes(ast.Continue)
def next_item(machine: Machine, node: ast.Continue) -> bool:
    """``continue``."""
    if machine.frame.leaves:
        mark, _, continues = machine.frame.leaves[-1]
        continues.append(snapshot(machine, mark))
    return False


# --- comprehensions ------------------------------------------------------------------------------------------------


@evaluates(ast.ListComp, ast.SetComp, ast.GeneratorExp)
def comprehension(machine: Machine, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> Value:
    """A comprehension: item by item where the items are known and few."""
    found: list[Value] = []
    many: list[Value] = []
    certain = _generate(machine, node.generators, lambda: found.append(machine.evaluate(node.elt)), many)
    kind = {ast.ListComp: "list", ast.SetComp: "set", ast.GeneratorExp: "generator"}[type(node)]
    if certain:
        return Value(refs=(Sequence(tuple(found), None, kind),))
    rest: Value | None = None
    for item in found:
        rest = joined_optional(rest, item)
    # Rules and models are told which values stand for many items: a test of one of them says nothing of the others.
    made = Sequence((), rest if rest is not None else UNKNOWN, kind)
    return Value(refs=(made,), derived=("generated", UNKNOWN, tuple(many)))


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

    _generate(machine, node.generators, entry, [])
    keys: Value | None = None
    rest: Value | None = None
    for key, value in others:
        keys, rest = joined_optional(keys, key), joined_optional(rest, value)
    return Value(refs=(Mapping(items, rest, keys),))


def _generate(
    machine: Machine, generators: list[ast.comprehension], produce: Callable[[], None], many: list[Value]
) -> bool:
    """Run a comprehension's loops, and return whether its items are exactly those that were produced."""
    scope = machine.frame.scope
    outer = scope.payload
    scope.payload = dict(outer)
    refined, walrus = machine.refined, machine.notes.get("walrus")
    try:
        return _generate_from(machine, generators, produce, many)
    finally:
        if machine.notes.get("walrus") != walrus:
            outer = {**outer, **_kept_names(scope.payload, generators)}
        scope.payload = outer
        machine.refined = refined


def _kept_names(names: dict[str, Value], generators: list[ast.comprehension]) -> dict[str, Value]:
    """Return the names that outlive a comprehension, those of ``:=``: all but the names that it loops over."""
    own = {node.id for one in generators for node in ast.walk(one.target) if isinstance(node, ast.Name)}
    return {name: value for name, value in names.items() if name not in own}


def _generate_from(
    machine: Machine, generators: list[ast.comprehension], produce: Callable[[], None], many: list[Value]
) -> bool:
    first, *others = generators
    value = machine.evaluate(first.iter)
    items, rest = items_of(machine, value)
    certain = rest is None and len(items) <= 4 * UNROLLED
    if not certain:
        each = rest
        for item in items:
            each = joined_optional(each, item)
        items = [each if each is not None else UNKNOWN]
        many.append(items[0])
    for item in items:
        refined = machine.refined
        assign(machine, first.target, item, first.iter)
        certain = _filtered(machine, first.ifs, others, produce, many) and certain
        machine.refined = refined
    return certain


def _filtered(
    machine: Machine,
    tests: list[ast.expr],
    others: list[ast.comprehension],
    produce: Callable[[], None],
    many: list[Value],
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
        return _generate_from(machine, others, produce, many) and certain
    produce()
    return certain


__all__ = ["constant"]
