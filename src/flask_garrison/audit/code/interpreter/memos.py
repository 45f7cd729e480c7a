"""Functions that remember what they returned for their arguments: what they return is what they make of these.

``if key not in cache: cache[key] = make(key)`` and ``return cache[key]``: under a key that is not known, a mapping
gives anything that it holds, so every caller would be given what was made for all the others.
"""

from __future__ import annotations

import ast

from ..values.heap import joined
from ..values.objects import Mapping
from ..values.value import Value
from .frames import Exit
from .machine import Machine


def remembered(machine: Machine, node: ast.If) -> ast.Return | None:
    """Return the ``return`` behind a condition that fills a mapping where a key is missing, if it is that."""
    test, function = node.test, machine.frame.function
    if type(test) is not ast.Compare or type(test.ops[0]) is not ast.NotIn or node.orelse or function is None:
        return None
    body = function.node.body
    if not isinstance(body, list) or len(body) < 2 or body[-2] is not node:
        return None
    last = body[-1]
    if type(last) is not ast.Return or type(last.value) is not ast.Subscript:
        return None
    same = _same(last.value.value, test.comparators[0]) and _same(last.value.slice, test.left)
    return last if same and any(_fills(statement, last.value) for statement in node.body) else None


def _same(one: ast.AST, other: ast.AST) -> bool:
    return type(one) is type(other) and ast.dump(one) == ast.dump(other)


def _fills(statement: ast.stmt, item: ast.Subscript) -> bool:
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return any(
        isinstance(target, ast.Subscript) and _same(target.value, item.value) and _same(target.slice, item.slice)
        for target in targets
    )


def fill(machine: Machine, node: ast.If, last: ast.Return) -> bool:
    """Run the condition as if nothing was remembered, and return what that put there; what was there stays."""
    assert isinstance(last.value, ast.Subscript)  # noqa: S101 - that is what was looked for
    held: list[tuple[Mapping, object]] = []
    for ref in machine.evaluate(last.value.value).refs:
        if isinstance(ref, Mapping):
            held.append((ref, ref.payload))
            machine.heap.write(ref, ({}, None))
    if not machine.run(node.body):
        return False
    value: Value = machine.resolve(machine.evaluate(last.value))
    for ref, payload in held:
        machine.heap.write(ref, joined(ref, payload, ref.payload))
    frame = machine.frame
    frame.exits.append(Exit(value, machine.heap.since(frame.mark), machine.refined))
    machine.listeners.returned(machine, last, value)
    return False
