"""Exceptions on their way from ``raise`` to a handler, with what they carry."""

from __future__ import annotations

import ast
import builtins
from typing import Final

from ..models.exceptions import KIND, exception_value
from ..values.objects import Class, Instance, Record, Sequence, Thing
from ..values.value import MAX_REFS, Value
from .classes import new_instance
from .machine import Machine

MOST: Final = 12
"""Exceptions that are kept on their way; further ones are known by their class alone."""
_ANY: Final = frozenset({"", "Exception", "BaseException"})


def note_raised(machine: Machine, node: ast.Raise) -> None:
    """Keep what is raised, as it is now, for the handler that takes it."""
    if node.exc is None:
        machine.raised += machine.handled[-1:]
        return
    value = machine.evaluate(node.exc)
    more = {} if node.cause is None else {"__cause__": machine.evaluate(node.cause)}
    kept = tuple(_kept(ref, more) for ref in value.refs)
    if kept:
        machine.raised = machine.raised[-MOST + 1 :]
        machine.raised.append(Value(value.taint, refs=kept, path=value.path, step=value.step))


def _kept(ref: Thing, more: dict[str, Value]) -> Thing:
    """Return a copy that holds what the object holds now: the branch that raises it will be taken back."""
    if isinstance(ref, Class):
        return new_instance(ref, [])
    if isinstance(ref, Instance):
        copy = new_instance(ref.cls, [])
        copy.payload = {**ref.payload, **more}
        return copy
    return Record({**ref.payload, **more}) if isinstance(ref, Record) else ref


def caught(machine: Machine, raised: list[Value], kind: Value, node: ast.AST) -> tuple[Value, list[Value]]:
    """Return the exception that a handler for some kinds is given, and those that it does not take."""
    taken = [one for one in raised if _fits(one, kind)]
    left = [one for one in raised if one not in taken]
    value = exception_value(machine, kind, node)
    refs = tuple(dict.fromkeys(ref for one in taken for ref in one.refs))[:MAX_REFS]
    return (value.but(refs=refs) if refs else value), left


def _fits(raised: Value, kind: Value) -> bool:
    """Return whether a handler takes an exception."""
    kinds = [kind]
    for ref in kind.refs:
        if isinstance(ref, Sequence):
            kinds = list(ref.payload[0])
    classes = {cls for ref in raised.refs if isinstance(ref, Instance) for cls in ref.cls.ancestors()}
    names = [base for cls in classes for base in cls.library_bases()]
    names += [ref.payload[KIND].path for ref in raised.refs if isinstance(ref, Record) and KIND in ref.payload]
    return any(
        (not one.refs and any(_derives(name, one.path) for name in names))
        or any(isinstance(ref, Class) and ref in classes for ref in one.refs)
        for one in kinds
    )


def _derives(name: str, base: str) -> bool:
    if base in _ANY or name == base:
        return True
    first, second = getattr(builtins, name, None), getattr(builtins, base, None)
    return isinstance(first, type) and isinstance(second, type) and issubclass(first, second)
