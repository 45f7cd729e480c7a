"""Instances: what a class is called with becomes its attributes."""

from __future__ import annotations

import ast

from ..events import Call
from ..values.objects import Class, Function, Instance
from ..values.value import UNKNOWN, Value
from .attributes import bind
from .calls import call_value
from .frames import Stop
from .machine import Machine
from .parameters import as_instance


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
    instance = Instance(cls)
    value = Value(refs=(instance,))
    for ancestor in cls.ancestors():
        member: Value | None = ancestor.scope.payload.get("__init__")
        if member is not None:
            call_value(
                machine, bind(machine, member, value, ancestor, node), args, keywords, node, star=star, more=more
            )
            return value
    fill_fields(machine, instance, args, keywords, more)
    return value


def fill_fields(
    machine: Machine, instance: Instance, args: list[Value], keywords: dict[str, Value], more: Value | None
) -> None:
    """Give an instance without ``__init__`` the attributes of its fields, as dataclasses and named tuples do."""
    names = fields_of(instance.cls)
    attributes = dict(zip(names, args, strict=False)) | keywords
    for name in names:
        if name not in attributes and more is not None:
            attributes[name] = more
    for ancestor in instance.cls.ancestors():
        member: Value | None = ancestor.scope.payload.get("__post_init__")
        if member is not None:
            machine.heap.write(instance, attributes)
            machine.call(
                bind(machine, member, Value(refs=(instance,)), ancestor, instance.cls.node), [], {}, instance.cls.node
            )
            return
    if attributes:
        machine.heap.write(instance, {**instance.payload, **attributes})


def fields_of(cls: Class) -> list[str]:
    """Return the annotated names of a class and its bases, the bases' first."""
    names: dict[str, None] = {}
    for ancestor in reversed(cls.ancestors()):
        names.update(dict.fromkeys(ancestor.fields))
    return list(names)


def blank_instance(machine: Machine, cls: Class) -> Value:
    """Return an instance of which nothing is known but what ``__init__`` sets by itself, for a method run alone."""
    instance = Instance(cls)
    value = Value(refs=(instance,))
    for ancestor in cls.ancestors():
        member: Value | None = ancestor.scope.payload.get("__init__")
        if member is not None and any(isinstance(ref, Function) for ref in member.refs):
            bound = bind(machine, member, value, ancestor, cls.node)
            try:
                call_value(machine, bound, [], {}, cls.node, star=UNKNOWN, more=UNKNOWN)
            except Stop:
                pass
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
