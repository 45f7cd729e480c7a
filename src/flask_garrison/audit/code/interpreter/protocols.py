"""Special methods: what the classes of the project say of their objects as texts, as containers, and with operators."""

from __future__ import annotations

import ast
from typing import Final

from ..values.heap import joined_optional
from ..values.objects import Class, Instance, Record, Sequence, Thing
from ..values.value import UNKNOWN, Value
from .attributes import bind
from .machine import Machine

_OPERATORS: Final[dict[type[ast.operator], str]] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.BitOr: "or",
    ast.BitAnd: "and",
    ast.BitXor: "xor",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
}
SHOWN_WHOLE: Final = ("dataclasses.dataclass", "attr.", "attrs.")
"""Decorators of classes whose objects show all their fields as text."""


def special(machine: Machine, value: Value, name: str, args: list[Value], node: ast.AST) -> Value | None:
    """Return what a special method returns; ``None`` where no object of the value has it."""
    found: Value | None = None
    for ref in value.refs:
        member = member_of(ref.cls, name) if isinstance(ref, Instance) else None
        if member is not None and isinstance(ref, Instance):
            receiver = value if len(value.refs) == 1 else Value(refs=(ref,))
            made = machine.call(bind(machine, member, receiver, ref.cls, node), args, {}, node)
            found = joined_optional(found, made)
    return found


def member_of(cls: Class, name: str) -> Value | None:
    """Return what a class of the project or one of its bases has under a name."""
    for ancestor in cls.ancestors():
        member: Value | None = ancestor.scope.payload.get(name)
        if member is not None:
            return member
    return None


def text_of_object(machine: Machine, value: Value, names: tuple[str, ...], node: ast.AST) -> Value | None:
    """Return an object as text, as the first special method says that it has; ``None``: as all that it holds."""
    instances = [ref for ref in value.refs if isinstance(ref, (Instance, Record))]
    if not instances or len(instances) != len(value.refs):
        return None
    for name in names:
        made = special(machine, value, name, [UNKNOWN] if name == "__format__" else [], node)
        if made is not None:
            return made
    if all("args" in ref.payload for ref in instances):
        return _message(machine, value, instances, node)
    return UNKNOWN if not value.taint and all(_is_plain(ref) for ref in instances) else None


def _message(machine: Machine, value: Value, raised: list[Instance | Record], node: ast.AST) -> Value:
    """Return the text of an exception: what it was made with, and of what kind it is."""
    from .expressions import as_text, items_of, text_of_parts

    found: Value | None = None
    for ref in raised:
        args = items_of(machine, ref.payload["args"])[0]
        found = joined_optional(found, text_of_parts(machine, [as_text(machine, one, node) for one in args], node))
    parts = [value.but(refs=(), path="")] if value.taint else []
    return text_of_parts(machine, [*parts, *([found] if found is not None else [])], node)


def _is_plain(ref: Instance | Record) -> bool:
    """Return whether an object as text is its class's name and an address."""
    if isinstance(ref, Record):
        return False
    shown = any(one.startswith(SHOWN_WHOLE) for cls in ref.cls.ancestors() for one in cls.decorators)
    return not shown and not ref.cls.library_bases()


def operated(machine: Machine, node: ast.AST, sign: ast.operator, left: Value, right: Value) -> Value | None:
    """Return what the classes of two values make of an operator; ``None`` where neither says anything."""
    word = _OPERATORS.get(type(sign))
    if word is None:
        return None
    made = special(machine, left, f"__{word}__", [right], node)
    return special(machine, right, f"__r{word}__", [left], node) if made is None else made


def iterator_of(machine: Machine, ref: Thing) -> Value | None:
    """Return what a loop over an object of the project goes through."""
    if isinstance(ref, Class):
        members = enum_members(ref)
        return Value(refs=(Sequence(tuple(members)),)) if members else None
    if not isinstance(ref, Instance):
        return None
    value, node = Value(refs=(ref,)), ast.copy_location(ast.Name("iter"), ref.cls.node)
    made = special(machine, value, "__iter__", [], node) or special(machine, value, "__aiter__", [], node)
    made = made or (value if member_of(ref.cls, "__next__") or member_of(ref.cls, "__anext__") else None)
    if made is None:
        return None
    given = special(machine, made, "__next__", [], node) or special(machine, made, "__anext__", [], node)
    return made if given is None else Value(refs=(Sequence((), given),))


def is_enum(cls: Class) -> bool:
    """Return whether a class is an enumeration."""
    return any(base.startswith("enum.") for base in cls.library_bases())


def enum_members(cls: Class) -> list[Value]:
    """Return the members of an enumeration."""
    if not is_enum(cls):
        return []
    return [item for item in cls.scope.payload.values() if any(isinstance(ref, Record) for ref in item.refs)]
