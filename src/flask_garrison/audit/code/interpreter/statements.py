"""Assignments, conditions, returns, ``try`` and ``with``."""

from __future__ import annotations

import ast
from functools import partial
from typing import Any

from ..values.objects import Scope
from ..values.refinement import by_itself
from ..values.value import NONE, UNKNOWN, Value, truth
from .branches import fork, guarded, merge_all, snapshot
from .expressions import lookup
from .frames import Exit
from .machine import Machine, executes
from .operators import combined
from .targets import assign, delete


@executes(ast.Expr)
def expression(machine: Machine, node: ast.Expr) -> bool:
    """An expression by itself."""
    if not isinstance(node.value, ast.Constant):
        machine.evaluate(node.value)
    return True


@executes(ast.Assign)
def assignment(machine: Machine, node: ast.Assign) -> bool:
    """``a = b = value``."""
    value = machine.evaluate(node.value)
    for target in node.targets:
        assign(machine, target, value, node.value)
    return True


@executes(ast.AnnAssign)
def annotated_assignment(machine: Machine, node: ast.AnnAssign) -> bool:
    """``a: T = value``; in a class the annotation makes a field."""
    if node.value is not None:
        assign(machine, node.target, machine.evaluate(node.value), node.value)
    elif isinstance(node.target, ast.Name) and machine.frame.function is not None:
        from .parameters import instance_of

        machine.scope.payload[node.target.id] = instance_of(machine, machine.frame.function, node.annotation)
    return True


@executes(ast.AugAssign)
def augmented(machine: Machine, node: ast.AugAssign) -> bool:
    """``a += value``: on a list every alias sees it."""
    from ..values.objects import Sequence
    from .expressions import items_of
    from .heap_writes import extend

    before = machine.evaluate(_loaded(node.target))
    value = machine.evaluate(node.value)
    lists = [ref for ref in before.refs if isinstance(ref, Sequence) and ref.kind != "tuple"]
    if lists and isinstance(node.op, ast.Add):
        items, rest = items_of(machine, value)
        for ref in lists:
            extend(machine, ref, items, rest, certain=len(before.refs) == 1)
        return True
    result = _in_place(machine, node, before, value)
    assign(machine, node.target, result or combined(machine, node, node.op, before, value), node)
    return True


def _in_place(machine: Machine, node: ast.AugAssign, before: Value, value: Value) -> Value | None:
    """Return what the class of an object makes of ``+=``."""
    from ..values.objects import Instance
    from .attributes import attribute_of

    name = {ast.Add: "__iadd__", ast.Sub: "__isub__", ast.BitOr: "__ior__", ast.LShift: "__ilshift__"}
    if type(node.op) not in name or not any(isinstance(ref, Instance) for ref in before.refs):
        return None
    method = attribute_of(machine, before, name[type(node.op)], node)
    return machine.call(method, [value], {}, node) if method.refs else None


def _loaded(target: ast.expr) -> ast.expr:
    """Return a target as an expression; the kinds are the same, and no context is looked at."""
    return target


@executes(ast.If)
def condition(machine: Machine, node: ast.If) -> bool:
    """``if``; a side that cannot be taken is not taken."""
    test = machine.evaluate(node.test)
    proved = by_itself(test)
    known = truth(test)
    if known is not None:
        machine.refined = machine.refined.apply(proved.when_true if known else proved.when_false)
        return machine.run(node.body if known else node.orelse)
    first, second = partial(machine.run, node.body), partial(machine.run, node.orelse)
    return fork(machine, first, second, proved.when_true, proved.when_false)


@executes(ast.Return)
def returned(machine: Machine, node: ast.Return) -> bool:
    """``return``."""
    value = NONE if node.value is None else machine.evaluate(node.value)
    frame = machine.frame
    frame.exits.append(Exit(machine.resolve(value), machine.heap.since(frame.mark), machine.refined))
    machine.listeners.returned(machine, node, value)
    return False


@executes(ast.Raise)
def raised(machine: Machine, node: ast.Raise) -> bool:
    """``raise``: a handler around it may go on from here."""
    if node.exc is not None:
        machine.evaluate(node.exc)
    leave_try(machine)
    return False


def leave_try(machine: Machine) -> None:
    """Note that the ``try`` around this place may be left here."""
    if machine.frame.raises:
        mark, states = machine.frame.raises[-1]
        states.append(snapshot(machine, mark))


@executes(ast.Assert)
def assertion(machine: Machine, node: ast.Assert) -> bool:
    """``assert``: proves what it tests, unless Python runs with ``-O``; rules look at that."""
    test = machine.evaluate(node.test)
    machine.listeners.asserted(machine, node, test)
    if test.test is not None:
        machine.refined = machine.refined.apply(test.test.when_true)
    return True


@executes(ast.Try, ast.TryStar)
def attempt(machine: Machine, node: ast.Try) -> bool:
    """``try``: a handler begins with what held before, or after some of the body."""
    frame = machine.frame
    mark = machine.heap.mark()
    before = snapshot(machine, mark)
    states: list[Any] = []
    frame.raises.append((mark, states))
    exits = len(frame.exits)
    body = [*node.body, *node.orelse]
    goes_on = guarded(lambda: machine.run(body))
    frame.raises.pop()
    after = snapshot(machine, mark)
    results = [after] if goes_on else []
    for handler in node.handlers:
        _enter_handler(machine, mark, before, after, states, body)
        if handler.name is not None:
            machine.scope.payload[handler.name] = _exception(machine, handler)
        machine.listeners.handled(machine, node, handler)
        if guarded(partial(machine.run, handler.body)):
            results.append(snapshot(machine, mark))
    if not results:
        _finally_after_exits(machine, node, exits)
        return False
    _start(machine, mark, results)
    return machine.run(node.finalbody) if node.finalbody else True


def _enter_handler(machine: Machine, mark: int, before: Any, after: Any, states: list[Any], body: Any) -> None:
    """Go to the state in which a handler begins; what the last statement proves does not hold there."""
    from .branches import restore

    restore(machine, mark, before)
    merge_all(machine, mark, [after._replace(refined=before.refined), *states])
    machine.refined = before.refined


def _start(machine: Machine, mark: int, results: list[Any]) -> None:
    from .branches import restore

    restore(machine, mark, results[0])
    merge_all(machine, mark, results[1:])


def _finally_after_exits(machine: Machine, node: ast.Try, exits: int) -> None:
    """Run ``finally`` after a ``return`` in the body, for what it does there."""
    if node.finalbody:
        machine.run(node.finalbody)


def _exception(machine: Machine, handler: ast.ExceptHandler) -> Value:
    """Return the exception that a handler is given."""
    from ..models.exceptions import exception_value

    kind = machine.evaluate(handler.type) if handler.type is not None else Value(path="Exception")
    return exception_value(machine, kind, handler)


@executes(ast.With, ast.AsyncWith)
def context(machine: Machine, node: ast.With) -> bool:
    """``with``: a library's context manager gives itself, one of the project what ``__enter__`` returns."""
    for item in node.items:
        value = machine.evaluate(item.context_expr)
        entered = _entered(machine, value, item.context_expr)
        if item.optional_vars is not None:
            assign(machine, item.optional_vars, entered, item.context_expr)
    return machine.run(node.body)


def _entered(machine: Machine, value: Value, node: ast.expr) -> Value:
    from ..values.objects import Instance, Sequence
    from .attributes import attribute_of

    for ref in value.refs:
        if isinstance(ref, Instance):
            method = attribute_of(machine, value, "__enter__", node)
            if method.refs:
                return machine.call(method, [], {}, node)
        if isinstance(ref, Sequence) and ref.kind == "generator" and ref.payload[0]:
            first: Value = ref.payload[0][0]
            return first
    model = machine.models.attributes.get(machine.models.canonical(f"{value.path}.__enter__")) if value.path else None
    if model is not None:
        made = model(machine, value, value.path, node)
        if made is not None:
            return made
    return value


@executes(ast.Delete)
def deletion(machine: Machine, node: ast.Delete) -> bool:
    """``del``."""
    for target in node.targets:
        delete(machine, target)
    return True


@executes(ast.Global, ast.Nonlocal)
def outer_names(machine: Machine, node: ast.Global | ast.Nonlocal) -> bool:
    """``global`` and ``nonlocal``: the names belong to another scope."""
    for word in node.names:
        scope = _outer(machine.scope, word, isinstance(node, ast.Global))
        if scope is not None:
            machine.frame.globals[word] = scope
    return True


def _outer(scope: Scope, word: str, is_global: bool) -> Scope | None:
    outer = scope.parent
    while outer is not None:
        if outer.kind == "module" or (not is_global and word in outer.payload):
            return outer
        outer = outer.parent
    return None


@executes(ast.Pass)
def nothing(machine: Machine, node: ast.Pass) -> bool:
    """``pass``."""
    return True
