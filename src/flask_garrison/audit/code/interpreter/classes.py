"""Instances: what a class is called with becomes its attributes."""

from __future__ import annotations

import ast
from contextlib import suppress
from typing import Final

from ..events import Call
from ..values.objects import Class, Function, Instance, Mapping, Sequence
from ..values.refinement import Change
from ..values.taint import LETTERS
from ..values.value import MAX_REFS, UNKNOWN, Value
from .attributes import bind
from .calls import call_value
from .frames import Stop
from .machine import Machine
from .parameters import as_instance
from .protocols import enum_members, is_enum, member_of
from .validated import checks_types, validated

FIELD: Final = "dataclasses.field()"
"""Stands in a class for the value of a field; ``derived`` says how its default is made."""
HIDDEN: Final = "not a parameter"
MAPPINGS: Final = frozenset({"dict", "collections.OrderedDict", "collections.UserDict", "collections.defaultdict"})
SEQUENCES: Final = frozenset({"list", "set", "tuple", "collections.UserList", "collections.deque"})


def instantiate(
    machine: Machine,
    cls: Class,
    args: list[Value],
    keywords: dict[str, Value],
    node: ast.AST,
    star: Value | None = None,
    more: Value | None = None,
) -> Value:
    """Return a new instance; the base that a library gives decides what that is, where a model knows it.

    Raises:
        Stop: where ``__init__`` never returns.
    """
    if more is not None:
        machine.listeners.called(Call(machine, node, "@instance", "", Value(refs=(cls,)), args, keywords, star, more))
    for base in cls.library_bases():
        model = machine.models.classes.get(base)
        if model is not None:
            made = model(machine, cls, args, keywords, node, more)
            if made is not None:
                return made
    if is_enum(cls):
        return _enum_member(machine, cls, args)
    value = _made(machine, cls, args, keywords, node)
    member = member_of(cls, "__init__")
    for instance in value.refs:
        if not isinstance(instance, Instance):
            continue
        if member is not None:
            bound = bind(machine, member, Value(refs=(instance,)), instance.cls, node)
            call_value(machine, bound, args, keywords, node, star=star, more=more)
        else:
            fill_fields(machine, instance, args, keywords, more)
            fill_container(machine, instance, args, keywords, node)
    return value


def _enum_member(machine: Machine, cls: Class, args: list[Value]) -> Value:
    """Return the member with a value; that there is one proves the value."""
    for value in args[:1]:
        machine.refined = machine.refined.apply([Change(value, LETTERS)])
    members = enum_members(cls)
    return Value(refs=tuple(ref for one in members[:MAX_REFS] for ref in one.refs)) if members else UNKNOWN


def _made(machine: Machine, cls: Class, args: list[Value], keywords: dict[str, Value], node: ast.AST) -> Value:
    """Return the new object, as ``__new__`` makes it where the project has one."""
    member = member_of(cls, "__new__")
    if member is not None and any(isinstance(ref, Function) for ref in member.refs):
        return call_value(machine, member, [Value(refs=(cls,)), *args], keywords, node)
    return Value(refs=(new_instance(cls, args),))


def new_instance(cls: Class, args: list[Value]) -> Instance:
    """Return an object without attributes: with an empty container inside, or the arguments of an exception."""
    instance = Instance(cls)
    for base in cls.library_bases():
        if base in MAPPINGS:
            instance.inner = Mapping()
        elif base in SEQUENCES:
            instance.inner = Sequence()
        elif is_exception(base):
            instance.payload = {"args": Value(refs=(Sequence(tuple(args), None, "tuple"),))}
    return instance


def is_exception(path: str) -> bool:
    """Return whether a library's class is an exception, by its name."""
    return path.endswith(("Exception", "Error", "Warning")) or path in ("KeyboardInterrupt", "StopIteration")


def fill_container(
    machine: Machine, instance: Instance, args: list[Value], keywords: dict[str, Value], node: ast.AST
) -> None:
    """Put into an object what a container that is called with the same arguments holds."""
    if instance.inner is None or not (args or keywords) or fields_of(instance.cls):
        return
    path = "dict" if isinstance(instance.inner, Mapping) else "list"
    made = call_value(machine, Value(path=path), args, keywords, node)
    for ref in made.refs:
        if type(ref) is type(instance.inner):
            machine.heap.write(instance.inner, ref.payload)


def fill_fields(
    machine: Machine, instance: Instance, args: list[Value], keywords: dict[str, Value], more: Value | None
) -> None:
    """Give an instance without ``__init__`` the attributes of its fields, as dataclasses and named tuples do."""
    cls = instance.cls
    names = fields_of(cls)
    attributes = dict(zip([name for name in names if _is_given(cls, name)], args, strict=False)) | keywords
    for name in names:
        if name not in attributes:
            default = more if more is not None else _default(machine, cls, name)
            if default is not None:
                attributes[name] = default
    if checks_types(cls):
        attributes = {name: validated(cls, name, value) for name, value in attributes.items()}
    if "typing.NamedTuple" in cls.library_bases():
        instance.inner = Sequence(tuple(attributes.get(name, UNKNOWN) for name in names), None, "tuple")
    if attributes:
        machine.heap.write(instance, {**instance.payload, **attributes})
    member = member_of(cls, "__post_init__")
    if member is not None:
        machine.call(bind(machine, member, Value(refs=(instance,)), cls, cls.node), [], {}, cls.node)


def _is_given(cls: Class, name: str) -> bool:
    """Return whether a field is a parameter: no ``ClassVar``, and not ``field(init=False)``."""
    annotation = next(one.fields[name] for one in cls.ancestors() if name in one.fields)
    member = member_of(cls, name)
    hidden = member is not None and member.derived is not None and member.derived[2] == HIDDEN
    return not hidden and "ClassVar" not in ast.dump(annotation)


def _default(machine: Machine, cls: Class, name: str) -> Value | None:
    """Return the default of a field that ``field(...)`` describes; any other is found in the class."""
    member = member_of(cls, name)
    if member is None or member.path != FIELD or member.derived is None:
        return None
    kind, value, detail = member.derived
    if kind == "factory":
        return call_value(machine, value, [], {}, cls.node)
    return None if detail == HIDDEN else value


def fields_of(cls: Class) -> list[str]:
    """Return the annotated names of a class and its bases, the bases' first."""
    names: dict[str, None] = {}
    for ancestor in reversed(cls.ancestors()):
        names.update(dict.fromkeys(ancestor.fields))
    return list(names)


def blank_instance(machine: Machine, cls: Class) -> Value:
    """Return an instance of which nothing is known but what ``__init__`` sets by itself, for a method run alone."""
    instance = new_instance(cls, [])
    value = Value(refs=(instance,))
    for ancestor in cls.ancestors():
        member: Value | None = ancestor.scope.payload.get("__init__")
        if member is not None and any(isinstance(ref, Function) for ref in member.refs):
            bound = bind(machine, member, value, ancestor, cls.node)
            with suppress(Stop):
                call_value(machine, bound, [], {}, cls.node, star=UNKNOWN, more=UNKNOWN)
            return value
    for name in fields_of(cls):
        annotation = next(one.fields[name] for one in cls.ancestors() if name in one.fields)
        instance.payload = {**instance.payload, name: _by_annotation(machine, cls, annotation)}
    return value


def _by_annotation(machine: Machine, cls: Class, annotation: ast.expr) -> Value:
    if isinstance(annotation, ast.Name):
        value = cls.scope.find(annotation.id)
        return UNKNOWN if value is None else as_instance(machine, value)
    return UNKNOWN
