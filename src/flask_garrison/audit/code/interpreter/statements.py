"""Assignments, conditions, returns, ``try`` and ``with``."""

from __future__ import annotations

import ast
from functools import partial
from typing import Any

from ..values.objects import Mapping, Scope, Sequence, contents
from ..values.refinement import by_itself
from ..values.value import NONE, UNKNOWN, Value, constant, truth
from .branches import fork, guarded, merge_all, snapshot
from .expressions import entries_of, items_of
from .frames import Exit
from .heap_writes import extend, set_item
from .machine import Machine, executes
from .memos import fill, remembered
from .operators import combined
from .protocols import special
from .raising import MOST, caught, note_raised
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
    before = machine.evaluate(_loaded(node.target))
    value = machine.evaluate(node.value)
    if _changed_in_place(machine, node, before, value):
        return True
    result = _in_place(machine, node, before, value)
    assign(machine, node.target, result or combined(machine, node, node.op, before, value), node)
    return True


def _in_place(machine: Machine, node: ast.AugAssign, before: Value, value: Value) -> Value | None:
    """Return what the class of an object makes of ``+=``."""
    name = {ast.Add: "__iadd__", ast.Sub: "__isub__", ast.BitOr: "__ior__", ast.LShift: "__ilshift__"}
    if type(node.op) not in name or not before.refs:
        return None
    return special(machine, before, name[type(node.op)], [value], node)


def _changed_in_place(machine: Machine, node: ast.AugAssign, before: Value, value: Value) -> bool:
    """Change a list, set or mapping itself, and return whether there is one."""
    certain = len(before.refs) == 1
    done = False
    for ref in map(contents, before.refs):
        if isinstance(ref, Sequence) and ref.kind != "tuple" and isinstance(node.op, (ast.Add, ast.BitOr)):
            extend(machine, ref, *items_of(machine, value), certain=certain)
            done = True
        elif isinstance(ref, Mapping) and isinstance(node.op, ast.BitOr):
            items, rest, keys = entries_of(machine, value)
            for key, item in items.items():
                set_item(machine, ref, constant(key), item, certain=certain)
                machine.listeners.item_set(machine, node, before, constant(key), item)
            if rest is not None:
                set_item(machine, ref, keys or UNKNOWN, rest, certain=False)
            done = True
    return done


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
    last = remembered(machine, node)
    if last is not None:
        return fill(machine, node, last)
    first, second = partial(machine.run, node.body), partial(machine.run, node.orelse)
    return fork(machine, first, second, proved.when_true, proved.when_false)


@executes(ast.Return)
def returned(machine: Machine, node: ast.Return) -> bool:
    """``return``."""
    value = NONE if node.value is None else machine.evaluate(node.value)
    frame = machine.frame
    frame.exits.append(Exit(machine.resolve(value), machine.heap.since(frame.mark), machine.refined))
    for mark, _, left in frame.raises:
        if left is not None:
            left.append(snapshot(machine, mark))
    machine.listeners.returned(machine, node, value)
    return False


@executes(ast.Raise)
def raised(machine: Machine, node: ast.Raise) -> bool:
    """``raise``: a handler around it may go on from here."""
    note_raised(machine, node)
    leave_try(machine)
    return False


def leave_try(machine: Machine) -> None:
    """Note that the ``try`` around this place may be left here."""
    if machine.frame.raises:
        mark, states, _ = machine.frame.raises[-1]
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
    left: list[Any] | None = [] if node.finalbody else None
    frame.raises.append((mark, states, left))
    body = [*node.body, *node.orelse]
    outer, machine.raised = machine.raised, []
    goes_on = guarded(lambda: _run_in_parts(machine, body, mark, states))
    raised, machine.raised = machine.raised, outer
    frame.raises.pop()
    after = snapshot(machine, mark)
    results = [after] if goes_on else []
    for handler in node.handlers:
        _enter_handler(machine, mark, before, after, states, body)
        raised = _take_exception(machine, handler, raised)
        machine.listeners.handled(machine, node, handler)
        if guarded(partial(machine.run, handler.body)):
            results.append(snapshot(machine, mark))
        machine.handled.pop()
    machine.raised = [*machine.raised, *raised][-MOST:]
    if left or (node.finalbody and not results):
        _start(machine, mark, [*(left or []), *([] if node.handlers else states)] or [snapshot(machine, mark)])
        guarded(partial(machine.run, node.finalbody))
    if not results:
        return False
    _start(machine, mark, results)
    return machine.run(node.finalbody) if node.finalbody else True


def _run_in_parts(machine: Machine, body: list[ast.stmt], mark: int, states: list[Any]) -> bool:
    """Run a body that may be left behind any statement: a name that it sets twice can then be what it was first."""
    written: set[str] = set()
    start = 0
    for number, statement in enumerate(body):
        names = _names_set(statement)
        if not written.isdisjoint(names):
            if not machine.run(body[start:number]):
                return False
            states.append(snapshot(machine, mark))
            start = number
        written.update(names)
    return machine.run(body[start:])


def _names_set(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else ()
    return [target.id for target in targets if isinstance(target, ast.Name)]


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


def _take_exception(machine: Machine, handler: ast.ExceptHandler, raised: list[Value]) -> list[Value]:
    """Give a handler its exception, and return those that it does not take."""
    kind = machine.evaluate(handler.type) if handler.type is not None else Value(path="Exception")
    value, left = caught(machine, raised, kind, handler)
    machine.handled.append(value)
    if handler.name is not None:
        machine.scope.payload[handler.name] = value
    return left


@executes(ast.With, ast.AsyncWith)
def context(machine: Machine, node: ast.With) -> bool:
    """``with``: a library's context manager gives itself, one of the project what ``__enter__`` returns."""
    managers: list[Value] = []
    for item in node.items:
        value = machine.evaluate(item.context_expr)
        managers.append(value)
        given = entered(machine, value, item.context_expr)
        if item.optional_vars is not None:
            assign(machine, item.optional_vars, given, item.context_expr)
    if not any(value.refs or value.path == "contextlib.suppress()" for value in managers):
        return machine.run(node.body)
    mark = machine.heap.mark()
    before = snapshot(machine, mark)
    goes_on = guarded(partial(machine.run, node.body))
    if any([_swallows(machine, value, node) for value in managers]):
        # It may have been left anywhere without an error.
        _start(machine, mark, [snapshot(machine, mark), before] if goes_on else [before])
        return True
    return goes_on


def _swallows(machine: Machine, value: Value, node: ast.AST) -> bool:
    """Leave a context manager, and return whether control may go on behind it after an exception."""
    if value.path == "contextlib.suppress()":
        return True
    answer = special(machine, value, "__exit__", [UNKNOWN] * 3, node) if value.refs else None
    return answer is not None and any(answer.consts or ())


def entered(machine: Machine, value: Value, node: ast.AST) -> Value:
    """Return what ``with`` binds."""
    for name in ("__enter__", "__aenter__") if value.refs else ():
        made = special(machine, value, name, [], node)
        if made is not None:
            return made
    for ref in value.refs:
        if isinstance(ref, Sequence) and ref.kind == "generator" and ref.payload[0]:
            first: Value = ref.payload[0][0]
            return first
    model = machine.models.attributes.get(machine.models.canonical(f"{value.path}.__enter__")) if value.path else None
    given = model(machine, value, value.path, node) if model is not None else None
    return value if given is None else given


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
