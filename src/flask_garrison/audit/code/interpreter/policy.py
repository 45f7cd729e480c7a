"""Which calls are followed, and when two calls of a function are the same."""

from __future__ import annotations

import ast
from typing import Any, Final

from ..values.objects import Bound, Class, Function, Module, Partial, Scope
from ..values.value import Value
from .expressions import reach
from .frames import Frame
from .machine import Machine

SMALL: Final = 12
"""Lines of a function that is followed whatever it is given."""
CONTEXTS: Final = 8
"""How often a function is followed for one root, and five times as often where it is small."""
DEEP: Final = 7
"""Depth of calls from which only small functions are followed that are given nothing of a client's."""
SETTING_UP: Final = 50
"""Times as many, for what is given views and decorates or registers them: a project has hundreds."""


def to_follow(machine: Machine, function: Function, given: list[Value]) -> bool | None:
    """Return whether a call is worth following: it is given what a client sent, or reads it.

    ``None``: it would be, but the function was followed too often already.
    """
    node = function.node
    small = isinstance(node, ast.Lambda) or (node.end_lineno or node.lineno) - node.body[0].lineno < SMALL
    interesting = any(_interesting(machine, value) for value in given)
    if not interesting and machine.frame.depth >= DEEP and not small:
        return False
    if not (small or interesting or machine.loader.reads_client(function)):
        return False
    # Calls with nothing of a client's are counted apart: however many there are, they hide none of the others.
    key: Any = node if interesting else (node, "clean")
    machine.contexts[key] += 1
    limit = 5 * CONTEXTS if small else CONTEXTS
    if machine.contexts[key] <= limit:
        return True
    if machine.contexts[key] <= SETTING_UP * limit and _is_setting_up(machine, function, given):
        return True
    return None if interesting else False


def _is_setting_up(machine: Machine, function: Function, given: list[Value]) -> bool:
    """Return whether a call registers the views that it is given, decorates them, or makes them into views."""
    if machine.entry is not None or not any(
        isinstance(ref, (Function, Class, Bound, Partial)) for value in given for ref in value.refs
    ):
        return False
    if machine.decorating:
        return True
    frame: Frame | None = machine.frame
    while frame is not None and not machine.loader.registers(function):
        if frame.function is None:
            return False
        function, frame = frame.function, frame.caller
    return frame is not None


def _interesting(machine: Machine, value: Value) -> bool:
    """Return whether a value carries what a client sent, or is something to call."""
    if value.taint:
        return True
    if not value.refs:
        return False
    if any(isinstance(ref, (Function, Bound, Partial)) for ref in value.refs):
        return True
    return reach(machine, value)[0] != 0


def signature(machine: Machine, function: Function, args: list[Value], keywords: dict[str, Value]) -> Any:
    """Return what calls of a function must have in common to be the same, or ``None`` where nothing would show it."""
    parts: list[Any] = [function, machine.heap.rebound]
    if function.volatile:
        parts.append(machine.heap.writes)
        if machine.frame.function is not None:
            machine.frame.function.volatile = True
    scope: Scope | None = function.scope
    while scope is not None and scope.kind == "function":
        parts += scope.payload.values()
        scope = scope.parent
    for value in args:
        part = _shape(machine, value)
        if part is None:
            return None
        parts.append(part)
    for name, value in keywords.items():
        part = _shape(machine, value)
        if part is None:
            return None
        parts.append((name, part))
    return tuple(parts)


def _shape(machine: Machine, value: Value) -> Any:
    value = machine.resolve(value)
    if value.taint or value.pieces is not None or value.test is not None:
        # The result may be made of it, or prove something of it.
        return value
    if any(not isinstance(ref, (Function, Class, Module)) for ref in value.refs):
        return None
    kinds = None if value.consts is None else tuple(map(type, value.consts))
    return (value.consts, kinds, value.refs, value.path)
