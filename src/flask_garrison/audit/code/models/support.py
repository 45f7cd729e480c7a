"""What models are made of: values of clients, copies that are safer, results that carry their arguments' taint."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from ..interpreter.expressions import reach
from ..values.objects import Instance, Super
from ..values.taint import ALL, LETTERS, weak, without
from ..values.value import UNKNOWN, Value

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine


def client(
    machine: Machine,
    node: ast.AST,
    label: str,
    key: Any = None,
    *,
    taint: int = ALL,
    path: str = "",
    stored: bool = False,
    facts: frozenset[Any] = frozenset(),
) -> Value:
    """Return a value that a client controls; asked for again, the same one.

    Args:
        label: What it is, for people: ``request.args["q"]``.
        key: Tells it from others of the same label.
        stored: Whether it was read back from storage.
    """
    place = ("client", label, key)
    found = machine.reads.get(place)
    if found is None:
        step = machine.step(node, None, stored=stored, label=label)
        found = machine.reads[place] = Value(taint, path=path, step=step, facts=facts)
    return machine.resolve(found)


def cleaned(call: Call, value: Value | None, uses: int, operation: str = "cleaned") -> Value:
    """Return what a call makes of a value that is then harmless for some uses."""
    if value is None:
        return UNKNOWN
    machine = call.machine
    taint, step = reach(machine, value)
    taint = without(taint, uses)
    if not taint:
        return UNKNOWN
    return Value(taint, step=machine.step(call.node, step), derived=(operation, value, None))


def changed(call: Call, value: Value | None, operation: str = "changed") -> Value:
    """Return what a call makes of a value that stays as dangerous as it was."""
    return cleaned(call, value, 0, operation)


def carried(call: Call, *values: Value | None, path: str = "", uncertain: bool = False) -> Value:
    """Return a result with the taint of some values and all that they hold."""
    machine = call.machine
    taint, step = 0, None
    for value in values:
        if value is not None:
            more, its = reach(machine, value)
            taint |= more
            step = step or (its if more else None)
    if uncertain:
        taint = weak(taint)
    if not taint:
        return Value(path=path) if path else UNKNOWN
    return Value(taint, path=path, step=machine.step(call.node, step))


def prove(call: Call, value: Value | None, uses: int = LETTERS) -> None:
    """Note that a call which has returned proves a value harmless for some uses, as ``int(value)`` does."""
    from ..values.refinement import Change

    if value is not None and call.machine.taint(value):
        call.machine.refined = call.machine.refined.apply([Change(value, uses)])


def receivers(call: Call) -> list[Instance]:
    """Return the objects that a method is called on, through ``super()`` or by themselves."""
    found: list[Instance] = []
    for ref in call.receiver.refs if call.receiver is not None else ():
        refs = ref.receiver.refs if isinstance(ref, Super) else (ref,)
        found += [one for one in refs if isinstance(one, Instance)]
    return found
