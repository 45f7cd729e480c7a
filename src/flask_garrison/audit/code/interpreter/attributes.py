"""Attributes and items: of objects of the code, of libraries, and of what a client sent."""

from __future__ import annotations

import ast
from typing import Any

from ..values.facts import CHECKED
from ..values.heap import everything, joined_optional
from ..values.objects import (
    Bound,
    Class,
    Function,
    Instance,
    Mapping,
    Module,
    Partial,
    Record,
    Sequence,
    Super,
    Thing,
    contents,
)
from ..values.refinement import Change
from ..values.taint import LETTERS, Use, both, weak, without
from ..values.value import NONE, UNKNOWN, Value, constant, join
from .machine import Machine, evaluates

SHORT = 64
"""Up to this length a text is short, even for a pattern that takes exponential time."""


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


# --- items ---------------------------------------------------------------------------------------------------------


@evaluates(ast.Subscript)
def subscript(machine: Machine, node: ast.Subscript) -> Value:
    """``value[key]``."""
    value = machine.evaluate(node.value)
    if isinstance(node.slice, ast.Slice):
        return _slice(machine, value, node.slice, node)
    key = machine.evaluate(node.slice)
    if key.taint:
        machine.listeners.looked_up(machine, node, value, key)
    return item_of(machine, value, key, node)


def item_of(machine: Machine, value: Value, key: Value, node: ast.AST) -> Value:
    """Return an item of a value; to get one of the code's own mappings by a key proves the key."""
    value = machine.resolve(value)
    found: Value | None = None
    for ref in value.refs:
        if isinstance(ref, (Mapping, Sequence)):
            found = joined_optional(found, _item_of_container(machine, ref, key, node))
        elif isinstance(ref, (Instance, Class)):
            found = joined_optional(found, _special_item(machine, value, ref, key, node))
    if found is UNKNOWN and key.known and value.path.endswith(".config"):
        # A setting that the code does not make: the same one each time.
        return Value(path=f"{value.path}[{key.constant!r}]")
    if found is not None and not value.taint:
        return machine.resolve(found)
    if value.known and key.known and isinstance(value.constant, (str, bytes)):
        try:
            return constant(value.constant[key.constant])
        except Exception:  # noqa: BLE001 - the code that is read would raise it
            return UNKNOWN
    if value.path:
        made = _item_of_library(machine, value, key, node)
        if made is not None:
            return made
    if value.taint:
        return part_of(machine, value, ("item", key.constant if key.known else key), node)
    return found or UNKNOWN


def _item_of_container(machine: Machine, ref: Mapping | Sequence, key: Value, node: ast.AST) -> Value | None:
    if isinstance(ref, Sequence):
        return _item_of_sequence(ref, key)
    if ref.factory is not None:
        _make_missing(machine, ref, as_key(key), node)
    found = item_of_mapping(machine, ref, key)
    prove_key(machine, ref, key)
    return found


def _make_missing(machine: Machine, ref: Mapping, key: Value, node: ast.AST) -> None:
    """Put what the factory of a ``defaultdict`` makes under a key that is missing."""
    items, rest = ref.payload
    factory = ref.factory
    missing = [item for item in key.consts or () if item not in items]
    if factory is None or rest is not None or (key.consts is not None and not missing):
        return
    made = machine.call(factory, [], {}, node)
    if key.consts is None:
        machine.heap.write(ref, (items, made))
    else:
        machine.heap.write(ref, ({**items, **dict.fromkeys(missing, made)}, None))


def as_key(key: Value) -> Value:
    """Return a key as it is looked up: a tuple of constants is a constant."""
    if not key.refs or len(key.refs) > 1 or key.taint:
        return key
    ref = key.refs[0]
    if not isinstance(ref, Sequence) or ref.kind != "tuple" or ref.payload[1] is not None:
        return key
    parts = [item.constant for item in ref.payload[0] if item.known]
    return constant(tuple(parts)) if len(parts) == len(ref.payload[0]) else key


def prove_key(machine: Machine, ref: Mapping, key: Value) -> None:
    """Note that a key by which one of the code's own mappings has given something is one of its keys."""
    items, rest = ref.payload
    if machine.taint(key) and items and ref.keys is None and rest is None:
        machine.refined = machine.refined.apply([Change(key, LETTERS, frozenset({CHECKED}))])


def item_of_mapping(machine: Machine, ref: Mapping, key: Value) -> Value | None:
    """Return what a mapping holds under a key; under an unknown one, any of it."""
    items, rest = ref.payload
    key = as_key(key)
    if key.consts and all(isinstance(item, (str, int, float, bytes, bool, tuple, type(None))) for item in key.consts):
        found: Value | None = None
        for const in key.consts:
            found = joined_optional(found, items.get(const, rest))
        return found if found is not None else UNKNOWN
    return everything(tuple(items.values()), rest)


def _item_of_sequence(ref: Sequence, key: Value) -> Value:
    items, rest = ref.payload
    if key.known and isinstance(key.constant, int):
        number = key.constant
        if ref.kind == "split at dots" and number == -1 and rest is not None and rest.derived is not None:
            return rest.but(derived=("suffix", rest.derived[1], None))
        if -len(items) <= number < len(items) and (rest is None or number >= 0):
            found: Value = items[number]
            return found
        return rest if rest is not None else everything(items, rest)
    return everything(items, rest)


def _special_item(machine: Machine, value: Value, ref: Instance | Class, key: Value, node: ast.AST) -> Value | None:
    """Return what ``__getitem__`` returns; of an enumeration the member, which proves the key."""
    cls = ref.cls if isinstance(ref, Instance) else ref
    if isinstance(ref, Class):
        if any(base.startswith("enum.") for base in cls.library_bases()):
            machine.refined = machine.refined.apply([Change(key, LETTERS)])
            known = cls.scope.payload.get(key.constant) if key.known else None
            return known or UNKNOWN
        return Value(refs=(cls,))
    for ancestor in cls.ancestors():
        member: Value | None = ancestor.scope.payload.get("__getitem__")
        if member is not None:
            return machine.call(member, [value, key], {}, node)
    return _item_of_container(machine, ref.inner, key, node) if ref.inner is not None else None


def _item_of_library(machine: Machine, value: Value, key: Value, node: ast.AST) -> Value | None:
    models = machine.models
    path = models.canonical(f"{value.path}[]")
    model = models.items.get(value.path)
    if model is not None:
        made = model(machine, value, key, node)
        if made is not None:
            return machine.resolve(made)
    if value.taint:
        return None
    return Value(path=path)


def known_slice(machine: Machine, node: ast.Slice) -> slice | None:
    """Return a slice whose ends are known."""
    ends = [None if part is None else machine.evaluate(part) for part in (node.lower, node.upper, node.step)]
    known = all(end is None or (end.known and isinstance(end.constant, (int, type(None)))) for end in ends)
    return slice(*(None if end is None else end.constant for end in ends)) if known else None


def _slice(machine: Machine, value: Value, node: ast.Slice, whole: ast.AST) -> Value:
    cut = known_slice(machine, node)
    for ref in map(contents, value.refs):
        if isinstance(ref, Sequence) and len(value.refs) == 1 and not value.taint:
            items, rest = ref.payload
            if cut is not None and rest is None and (cut.step is None or cut.step):
                return Value(refs=(Sequence(items[cut], None, ref.kind),))
            return Value(refs=(Sequence((), everything(items, rest), ref.kind),))
    if value.known and cut is not None and isinstance(value.constant, (str, bytes)) and cut.step != 0:
        return constant(value.constant[cut])
    if value.taint:
        result = part_of(machine, value, ("slice", node), whole)
        detail = "first" if cut is not None and cut.start in (None, 0) and cut.stop == 1 else None
        taint = result.taint
        if cut is not None and isinstance(cut.stop, int) and cut.stop >= 0:
            long = taint & Use.LONG if cut.stop > SHORT else 0
            taint = without(taint, Use.LONG) | weak(long)
        return result.but(path="", taint=taint, derived=("strip", value, detail), test=None)
    return UNKNOWN if value is not NONE else NONE


__all__ = ["attribute_of", "both", "item_of", "item_of_mapping", "join", "of_module", "part_of"]
