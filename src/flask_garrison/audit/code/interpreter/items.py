"""Items and slices: of containers, of the project's own objects, of libraries, and of what a client sent."""

from __future__ import annotations

import ast

from ..values.facts import CHECKED
from ..values.heap import everything, joined_optional
from ..values.objects import Class, Instance, Mapping, Sequence, contents
from ..values.refinement import Change
from ..values.taint import LETTERS, Use, weak, without
from ..values.value import NONE, UNKNOWN, Value, constant
from .attributes import part_of
from .machine import Machine, evaluates

SHORT = 64
"""Up to this length a text is short, even for a pattern that takes exponential time."""


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
    return _item_of_value(machine, value, key, node) or found or UNKNOWN


def _item_of_value(machine: Machine, value: Value, key: Value, node: ast.AST) -> Value | None:
    """Return an item of what is no object of the project: of a constant, of something of a library, of a client's."""
    if value.known and key.known and isinstance(value.constant, (str, bytes)):
        try:
            return constant(value.constant[key.constant])
        except Exception:
            return UNKNOWN
    made = _item_of_library(machine, value, key, node) if value.path else None
    if made is None and value.taint:
        return part_of(machine, value, ("item", key.constant if key.known else key), node)
    return made


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
            made: Value = rest.but(derived=("suffix", rest.derived[1], None))
            return made
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
        return result.but(path="", taint=taint, derived=("slice", value, detail), test=None)
    return UNKNOWN if value is not NONE else NONE
