"""Attributes and items: of objects of the code, of libraries, and of what a client sent."""

from __future__ import annotations

import ast
from typing import Any

from ..labels import label_of
from ..values.heap import joined_optional
from ..values.objects import (
    Bound,
    Class,
    Function,
    Instance,
    Mapping,
    Module,
    Partial,
    Record,
    Super,
    Thing,
)
from ..values.value import UNKNOWN, Value, constant
from .machine import Machine, evaluates

_METHODS = frozenset(dir(dict))


@evaluates(ast.Attribute)
def attribute(machine: Machine, node: ast.Attribute) -> Value:
    """``value.name``."""
    return attribute_of(machine, machine.evaluate(node.value), node.attr, node)


def attribute_of(machine: Machine, value: Value, name: str, node: ast.AST) -> Value:
    """Return an attribute of a value."""
    found: Value | None = None
    for ref in value.refs:
        found = joined_optional(found, _of_ref(machine, value, ref, name, node))
    if found is not None:
        return machine.resolve(found)
    if value.path:
        return _of_library(machine, value, f"{value.path}.{name}", name, node)
    if value.consts or value.pieces:
        # A method of a text, not called yet: partial(TEMPLATE.format, ...)
        return Value(path=f"?.{name}", derived=("method", value, name))
    if value.taint:
        return part_of(machine, value, name, node)
    return Value(path=f"?.{name}")


def part_of(machine: Machine, value: Value, name: Any, node: ast.AST, path: str = "") -> Value:
    """Return a part of a client's value; the same part is the same value each time."""
    key = (value, name)
    found = machine.reads.get(key)
    if found is None:
        taint = machine.taint(value)
        taint |= label_of(name[1] if isinstance(name, tuple) else name) if taint else 0
        step = machine.step(node, value.step)
        found = Value(taint, path=path or f"?.{name}", step=step, derived=("part", value, name))
        machine.reads[key] = found
    return machine.resolve(found)


def _of_library(machine: Machine, value: Value, path: str, name: str, node: ast.AST) -> Value:
    models = machine.models
    path = models.canonical(path)
    model = models.attributes.get(path)
    if model is None:
        model = models.attributes.get(f"?.{name}")
    if model is not None:
        made = model(machine, value, path, node)
        if made is not None:
            return machine.resolve(made)
    if value.taint:
        return part_of(machine, value, name, node, path)
    return Value(path=path)


def _of_ref(machine: Machine, value: Value, ref: Thing, name: str, node: ast.AST) -> Value | None:
    if isinstance(ref, Instance):
        return _of_instance(machine, value, ref, name, node)
    if isinstance(ref, Class):
        return _of_class(machine, ref, name, node)
    if isinstance(ref, Module):
        return of_module(machine, ref, name)
    if isinstance(ref, Record):
        own: Value | None = ref.payload.get(name)
        return own
    if isinstance(ref, Super):
        return _of_super(machine, ref, name, node)
    if isinstance(ref, Mapping) and machine.pages:
        # In a template a dot finds items too.
        items, rest = ref.payload
        found: Value | None = items.get(name, rest if name not in _METHODS else None)
        return found
    if isinstance(ref, (Function, Bound)):
        return Value(path=f"?.{name}") if name != "__name__" else constant(getattr(ref, "name", ""))
    return None


def of_module(machine: Machine, module: Module, name: str) -> Value | None:
    """Return a name of a module of the project: what it defines, or a module below it."""
    machine.loader.ensure(machine, module)
    found: Value | None = module.scope.payload.get(name)
    if found is not None:
        return found
    below = machine.loader.module(f"{module.name}.{name}")
    if below is not None:
        return Value(refs=(below,))
    return Value(path=f"{module.name}.{name}") if module.source is not None else None


def _of_instance(machine: Machine, value: Value, ref: Instance, name: str, node: ast.AST) -> Value | None:
    own: Value | None = ref.payload.get(name)
    if own is not None:
        return own
    receiver = value if value.refs == (ref,) else Value(refs=(ref,))
    for cls in ref.cls.ancestors():
        member: Value | None = cls.scope.payload.get(name)
        if member is None and name not in cls.fields:
            continue
        for model in machine.models.members:
            made = model(machine, receiver, member, cls, name, node)
            if made is not None:
                return made
        if member is not None:
            return bind(machine, member, receiver, cls, node)
    return _made_up(machine, ref, receiver, name, node) or of_library_bases(
        machine, ref.cls, name, node, instance=value
    )


def _made_up(machine: Machine, ref: Instance, receiver: Value, name: str, node: ast.AST) -> Value | None:
    """Return an attribute that no class defines: ``__dict__``, or what ``__getattr__`` returns for the name."""
    if name == "__dict__":
        return attributes_of(receiver)
    for cls in ref.cls.ancestors() if not name.startswith("__") else ():
        member: Value | None = cls.scope.payload.get("__getattr__")
        if member is not None:
            given = [constant(name)] if member.refs else [receiver, constant(name)]
            return machine.call(bind(machine, member, receiver, cls, node), given, {}, node)
    return None


def attributes_of(value: Value) -> Value:
    """Return the attributes of an object as a mapping, as ``vars`` does."""
    for ref in value.refs:
        if isinstance(ref, (Instance, Record)):
            return Value(refs=(Mapping(dict(ref.payload)),), derived=("attributes", value, None))
    return UNKNOWN


def of_library_bases(
    machine: Machine, cls: Class, name: str, node: ast.AST, instance: Value | None = None
) -> Value | None:
    """Return what a class inherits from a library's class under a name."""
    models = machine.models
    for base in cls.library_bases():
        owner = models.canonical(f"{base}()") if instance is not None else base
        path = models.canonical(f"{owner}.{name}")
        model = models.attributes.get(path)
        if model is not None:
            made = model(machine, instance or Value(refs=(cls,)), path, node)
            if made is not None:
                return made
        if base != "object":
            return Value(path=path)
    return None


def bind(machine: Machine, member: Value, receiver: Value, cls: Class, node: ast.AST) -> Value:
    """Return what a class's member is on one of its instances: a method is bound, a property is read."""
    functions = [ref for ref in member.refs if isinstance(ref, Function)]
    if not functions:
        return _bound_otherwise(machine, member, receiver, node)
    binding = functions[0].binding
    if binding == "static":
        return member
    if binding == "class":
        return Value(refs=(Bound(member, _class_of(receiver, cls)),))
    if binding == "property":
        return machine.call(member, [receiver], {}, node)
    return Value(refs=(Bound(member, receiver),))


def _bound_otherwise(machine: Machine, member: Value, receiver: Value, node: ast.AST) -> Value:
    """Return what a member is that is no function: a ``partialmethod`` is bound, a descriptor read."""
    for ref in member.refs:
        if isinstance(ref, Partial) and ref.is_method:
            function = Value(refs=(Bound(ref.function, receiver),))
            return Value(refs=(Partial(function, ref.args, ref.keywords),))
        if isinstance(ref, Instance):
            for ancestor in ref.cls.ancestors():
                getter: Value | None = ancestor.scope.payload.get("__get__")
                if getter is not None:
                    return machine.call(getter, [Value(refs=(ref,)), receiver, UNKNOWN], {}, node)
    return member


def _class_of(receiver: Value, cls: Class) -> Value:
    """Return the class that a class method is given: the receiver's own, which may derive from its owner."""
    for ref in receiver.refs:
        if isinstance(ref, (Instance, Class)):
            return Value(refs=(ref.cls if isinstance(ref, Instance) else ref,))
    return Value(refs=(cls,))


def _of_class(machine: Machine, cls: Class, name: str, node: ast.AST) -> Value | None:
    for ancestor in cls.ancestors():
        member: Value | None = ancestor.scope.payload.get(name)
        if member is not None:
            functions = [ref for ref in member.refs if isinstance(ref, Function)]
            if functions and functions[0].binding == "class":
                return Value(refs=(Bound(member, Value(refs=(cls,))),))
            return member
    if name == "__name__":
        return constant(cls.name)
    return of_library_bases(machine, cls, name, node)


def _of_super(machine: Machine, ref: Super, name: str, node: ast.AST) -> Value | None:
    for receiver in ref.receiver.refs:
        cls = receiver.cls if isinstance(receiver, Instance) else receiver if isinstance(receiver, Class) else ref.after
        order = cls.ancestors()
        further = order[order.index(ref.after) + 1 :] if ref.after in order else ref.after.ancestors()[1:]
        for ancestor in further:
            member: Value | None = ancestor.scope.payload.get(name)
            if member is not None:
                return bind(machine, member, ref.receiver, ancestor, node)
    if name == "__new__":
        return Value(path="object.__new__")
    return of_library_bases(machine, ref.after, name, node, instance=ref.receiver) or UNKNOWN
