"""Which calls are followed, and when two calls of a function are the same."""

from __future__ import annotations

from typing import Any, Final

from ..values.objects import Class, Function, Module
from ..values.value import Value
from .machine import Machine

SMALL: Final = 12
"""Lines of a function that is followed whatever it is given."""


def to_follow(machine: Machine, function: Function, given: list[Value]) -> bool:
    """Return whether a call is worth following: it is given something of interest, or does something of interest."""
    if machine.loader.is_hot(function):
        return True
    for value in given:
        if value.taint or value.refs:
            return True
    node = function.node
    return (node.end_lineno or node.lineno) - node.lineno <= SMALL


def signature(machine: Machine, function: Function, args: list[Value], keywords: dict[str, Value]) -> Any:
    """Return what calls of a function must have in common to be the same, or ``None`` where nothing would show it."""
    parts: list[Any] = [function]
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
