"""Matches of regular expressions: a group has the characters of its part of the pattern, wherever it was found."""

from __future__ import annotations

import ast
from functools import reduce
from typing import TYPE_CHECKING, Any

from ..patterns.alphabet import group, groups
from ..values.facts import safe_by_facts
from ..values.objects import Mapping, Sequence
from ..values.taint import without
from ..values.value import UNKNOWN, Value, constant
from .registry import on_attribute, on_call, on_item
from .regular_expressions import COMPILED, MATCH, MATCHING, patterns_of, text_of_call
from .support import carried

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine


def _part(machine: Machine, value: Value, which: Any, node: ast.AST) -> Value:
    """Return a group: its characters are those of its part of the pattern, wherever it was found."""
    if value.derived is None or value.derived[0] != MATCHING or not value.taint:
        return Value(value.taint, step=value.step)
    _, text, patterns = value.derived
    found = [group(pattern, flags, which) for pattern, flags in patterns]
    if not found or any(one is None for one in found):
        uses, facts = 0, frozenset[Any]()
    else:
        uses = reduce(int.__and__, [one.uses() for one in found if one is not None])
        facts = frozenset.intersection(*[one.facts() for one in found if one is not None])
    key = (value, "group", which)
    made = machine.reads.get(key)
    if made is None:
        taint = without(machine.taint(text), uses | safe_by_facts(facts))
        made = Value(taint, facts=facts, step=machine.step(node, value.step), derived=("group", text, None))
        machine.reads[key] = made
    return machine.resolve(made)


@on_call(f"{MATCH}.group")
def group_of(call: Call) -> Value:
    """``match.group(1)``, ``match.group("name")``, ``match.group(1, 2)``."""
    value = call.receiver
    if value is None:
        return UNKNOWN
    given = call.args or [constant(0)]
    parts = [_part(call.machine, value, one.constant if one.known else -1, call.node) for one in given]
    return parts[0] if len(parts) == 1 else Value(refs=(Sequence(tuple(parts), None, "tuple"),))


@on_attribute(f"{MATCH}.string")
def string_of(machine: Machine, value: Value, path: str, node: ast.AST) -> Value | None:
    """``match.string``: the whole text, as it was."""
    return machine.resolve(value.derived[1]) if value.derived is not None and value.derived[0] == MATCHING else None


@on_item(MATCH)
def item_of(machine: Machine, value: Value, key: Value, node: ast.AST) -> Value:
    """``match[1]``."""
    return _part(machine, value, key.constant if key.known else -1, node)


@on_call(f"{MATCH}.groups", f"{MATCH}.groupdict", f"{MATCH}.expand")
def all_groups(call: Call) -> Value:
    """Every group."""
    value = call.receiver
    if value is None or value.derived is None or value.derived[0] != MATCHING or not value.derived[2]:
        return carried(call, value)
    number, names = groups(*value.derived[2][0])
    machine, node = call.machine, call.node
    if call.path.endswith("groupdict"):
        return Value(refs=(Mapping({name: _part(machine, value, name, node) for name in names}),))
    if call.path.endswith("expand"):
        return carried(call, value)
    parts = tuple(_part(machine, value, one + 1, node) for one in range(number))
    return Value(refs=(Sequence(parts, None, "tuple"),))


@on_call(f"{MATCH}.start", f"{MATCH}.end", f"{MATCH}.span")
def places(call: Call) -> Value:
    """Where it was found."""
    return UNKNOWN


@on_call("re.findall", "re.finditer", f"{COMPILED}.findall", f"{COMPILED}.finditer")
def find_all(call: Call) -> Value:
    """Every match, or what its groups are."""
    text = text_of_call(call)
    if text is None:
        return UNKNOWN
    patterns = patterns_of(call)
    one = carried(call, text, path=MATCH).but(derived=(MATCHING, text, patterns))
    if call.path.endswith("finditer") or not patterns:
        return Value(refs=(Sequence((), one, "list"),))
    number, _ = groups(*patterns[0])
    parts = tuple(_part(call.machine, one, which, call.node) for which in (range(1, number + 1) if number else (0,)))
    item = parts[0] if len(parts) == 1 else Value(refs=(Sequence(parts, None, "tuple"),))
    return Value(refs=(Sequence((), item, "list"),))
