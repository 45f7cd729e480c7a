"""Converters of URL rules that the project wrote: what is left of a path argument after one of them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from ..interpreter.calls import call_value
from ..interpreter.classes import blank_instance
from ..interpreter.frames import Stop
from ..patterns.alphabet import matched
from ..values.objects import Bound, Class
from ..values.taint import Use, without
from ..values.value import UNKNOWN, Value
from .flask_app import APP
from .registry import on_set

if TYPE_CHECKING:
    from ..interpreter.machine import Machine

_NOTE: Final = "converters"
_NUMBERS: Final = ("IntegerConverter", "FloatConverter", "NumberConverter", "UUIDConverter", "AnyConverter")


@on_set(f"{APP}.url_map.converters[]")
def registered(machine: Machine, owner: Value, key: Value, value: Value, node: ast.AST) -> None:
    """``app.url_map.converters["slug"] = SlugConverter``."""
    for name in key.texts():
        machine.notes.setdefault(_NOTE, {})[name] = value


def converted(machine: Machine, name: str, value: Value, node: ast.AST) -> Value:
    """Return a path argument after the converter of some name, where the project wrote that."""
    known: Value = machine.notes.get(_NOTE, {}).get(name, UNKNOWN)
    cls = next((ref for ref in known.refs if isinstance(ref, Class)), None)
    if cls is None:
        return value
    if any(base.endswith(_NUMBERS) for base in cls.library_bases()):
        return Value(value.taint & Use.CLIENT, step=value.step)
    return _to_python(machine, cls, _by_pattern(cls, value), node)


def _by_pattern(cls: Class, value: Value) -> Value:
    """Return what is left of a value that matches the ``regex`` of a converter."""
    pattern = next((one.scope.payload["regex"] for one in cls.ancestors() if "regex" in one.scope.payload), UNKNOWN)
    found = matched(pattern.constant) if pattern.known and isinstance(pattern.constant, str) else None
    if found is None:
        return value
    return value.but(taint=without(value.taint, found.uses()), facts=found.facts())


def _to_python(machine: Machine, cls: Class, value: Value, node: ast.AST) -> Value:
    """Return what ``to_python()`` makes of a value: it refuses what it does not return."""
    member = next((one.scope.payload["to_python"] for one in cls.ancestors() if "to_python" in one.scope.payload), None)
    if member is None:
        return value
    try:
        return call_value(machine, Value(refs=(Bound(member, blank_instance(machine, cls)),)), [value], {}, node)
    except Stop:
        return value
