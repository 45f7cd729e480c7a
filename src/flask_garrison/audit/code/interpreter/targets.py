"""What can stand on the left of ``=``: names, attributes, items, and patterns of them."""

from __future__ import annotations

import ast

from ..values.heap import everything, joined_optional
from ..values.objects import Class, Function, Instance, Mapping, Module, Record, Sequence, Thing, contents
from ..values.value import UNKNOWN, Value, constant, join
from .expressions import items_of, sequence
from .heap_writes import remove_item, set_item, set_slice
from .items import known_slice
from .machine import Machine
from .protocols import special


def assign(machine: Machine, target: ast.expr, value: Value, node: ast.AST) -> None:
    """Assign a value to a target."""
    if isinstance(target, ast.Name):
        assign_name(machine, target.id, value)
        machine.listeners.named(machine, target.id, value, node)
    elif isinstance(target, (ast.Tuple, ast.List)):
        _unpack(machine, target.elts, value, node)
    elif isinstance(target, ast.Attribute):
        _assign_attribute(machine, target, value, node)
    elif isinstance(target, ast.Subscript):
        _assign_item(machine, target, value, node)
    elif isinstance(target, ast.Starred):
        assign(machine, target.value, value, node)


def assign_name(machine: Machine, word: str, value: Value) -> None:
    """Bind a name in this scope, or in the one that ``global`` or ``nonlocal`` named."""
    outer = machine.frame.globals.get(word) if machine.frame.globals else None
    if outer is None:
        machine.frame.scope.payload[word] = value
    else:
        machine.heap.write(outer, {**outer.payload, word: value})


def _unpack(machine: Machine, targets: list[ast.expr], value: Value, node: ast.AST) -> None:
    items, rest = items_of(machine, value)
    star = next((number for number, target in enumerate(targets) if isinstance(target, ast.Starred)), None)
    if star is None:
        for number, target in enumerate(targets):
            assign(machine, target, _nth(machine, value, items, rest, number), node)
        return
    behind = len(targets) - star - 1
    for number, target in enumerate(targets[:star]):
        assign(machine, target, _nth(machine, value, items, rest, number), node)
    middle = items[star : len(items) - behind] if rest is None else items[star:]
    assign(machine, targets[star], sequence(middle, rest), node)
    for number, target in enumerate(targets[star + 1 :]):
        known = rest is None and len(items) >= behind
        last = items[len(items) - behind + number] if known else everything(tuple(items), rest)
        assign(machine, target, last, node)


def _nth(machine: Machine, value: Value, items: list[Value], rest: Value | None, number: int) -> Value:
    if number < len(items):
        return items[number]
    if value.path and not value.refs:
        # Parts of what a library returns are told apart: (error, result)
        from .items import item_of

        return item_of(machine, value, constant(number), ast.Constant(number))
    return rest if rest is not None else UNKNOWN


def _assign_attribute(machine: Machine, target: ast.Attribute, value: Value, node: ast.AST) -> None:
    owner = machine.evaluate(target.value)
    certain = len(owner.refs) == 1
    for ref in owner.refs:
        if isinstance(ref, Instance) and _set_property(machine, owner, ref, target, value):
            continue
        if isinstance(ref, (Instance, Record)):
            _set_name(machine, ref, target.attr, value, certain)
        elif isinstance(ref, Class):
            _set_name(machine, ref.scope, target.attr, value, certain)
        elif isinstance(ref, Module):
            machine.heap.write(ref.scope, {**ref.scope.payload, target.attr: value})
    machine.listeners.attribute_set(machine, target, owner, target.attr, value)
    machine.listeners.named(machine, target.attr, value, node)


def _set_property(machine: Machine, owner: Value, ref: Instance, target: ast.Attribute, value: Value) -> bool:
    """Call the setter where the attribute is a property that has one."""
    for cls in ref.cls.ancestors():
        member: Value | None = cls.scope.payload.get(target.attr)
        for function in member.refs if member is not None else ():
            if isinstance(function, Function) and function.setter is not None:
                machine.call(function.setter, [owner, value], {}, target)
                return True
        if member is not None and special(machine, member, "__set__", [owner, value], target) is not None:
            return True
    return False


def _set_name(machine: Machine, thing: Thing, name: str, value: Value, certain: bool) -> None:
    old: Value | None = thing.payload.get(name)
    kept = value if certain or old is None else join(old, value)
    machine.heap.write(thing, {**thing.payload, name: kept})


def _assign_item(machine: Machine, target: ast.Subscript, value: Value, node: ast.AST) -> None:
    owner = machine.evaluate(target.value)
    if isinstance(target.slice, ast.Slice):
        _assign_slice(machine, owner, target.slice, items_of(machine, value))
        return
    key = machine.evaluate(target.slice)
    certain = len(owner.refs) == 1
    for ref in owner.refs:
        if isinstance(ref, Instance) and special(machine, owner, "__setitem__", [key, value], target) is not None:
            continue
        inner = contents(ref)
        if isinstance(inner, (Mapping, Sequence)):
            set_item(machine, inner, key, value, certain=certain)
    machine.listeners.item_set(machine, target, owner, key, value)
    if key.known and isinstance(key.constant, str):
        machine.listeners.named(machine, key.constant, value, node)


def _assign_slice(machine: Machine, owner: Value, node: ast.Slice, given: tuple[list[Value], Value | None]) -> None:
    cut = known_slice(machine, node)
    for ref in map(contents, owner.refs):
        if isinstance(ref, Sequence):
            set_slice(machine, ref, cut, *given, certain=len(owner.refs) == 1)


def delete(machine: Machine, target: ast.expr) -> None:
    """Delete a name, an item or an attribute."""
    if isinstance(target, ast.Name):
        machine.frame.scope.payload.pop(target.id, None)
    elif isinstance(target, ast.Attribute):
        for ref in machine.evaluate(target.value).refs:
            if isinstance(ref, (Instance, Record)) and target.attr in ref.payload:
                machine.heap.write(ref, {name: item for name, item in ref.payload.items() if name != target.attr})
    elif isinstance(target, ast.Subscript):
        _delete_item(machine, target)
    elif isinstance(target, (ast.Tuple, ast.List)):
        for element in target.elts:
            delete(machine, element)


def _delete_item(machine: Machine, target: ast.Subscript) -> None:
    owner = machine.evaluate(target.value)
    if isinstance(target.slice, ast.Slice):
        if known_slice(machine, target.slice) is not None:
            _assign_slice(machine, owner, target.slice, ([], None))
        return
    key = machine.evaluate(target.slice)
    if special(machine, owner, "__delitem__", [key], target) is not None:
        return
    for ref in map(contents, owner.refs):
        if isinstance(ref, (Mapping, Sequence)):
            remove_item(machine, ref, key)


__all__ = ["assign", "assign_name", "delete", "joined_optional"]
