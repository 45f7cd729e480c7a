"""Names, literals, displays, conditional expressions and formatted strings."""

from __future__ import annotations

import ast
import builtins
from functools import reduce
from typing import Any

from ..labels import ALL_LABELS
from ..values.heap import everything, joined_optional
from ..values.objects import MAX_ITEMS, Class, Instance, Mapping, Record, Sequence, Thing, contents
from ..values.pieces import concatenated
from ..values.refinement import Test, by_itself
from ..values.taint import Use, weak, without
from ..values.value import EMPTY, NONE, UNKNOWN, Value, constant, join, truth
from .branches import choose
from .items import as_key
from .machine import Machine, evaluates
from .protocols import iterator_of, text_of_object

_BUILTINS = frozenset(dir(builtins))
CHANGEABLE = (Sequence, Mapping, Instance, Record)
"""Objects that what happens elsewhere can change."""


@evaluates(ast.Constant)
def literal(machine: Machine, node: ast.Constant) -> Value:
    """A literal; its value is made once."""
    known: Value | None = getattr(node, "known", None)
    if known is None:
        known = Value(consts=(node.value,)) if node.value is not Ellipsis else UNKNOWN
        node.known = known  # type: ignore[attr-defined]
    return known


@evaluates(ast.Name)
def name(machine: Machine, node: ast.Name) -> Value:
    """A name: of this scope, of one further out, or a builtin."""
    value = lookup(machine, node.id)
    if value is not None:
        return machine.resolve(value) if machine.refined and value.taint else value
    if node.id in _BUILTINS or node.id[0] == "@":
        return Value(path=node.id)
    return UNKNOWN


def lookup(machine: Machine, word: str) -> Value | None:
    """Return the value of a name, or ``None``."""
    frame = machine.frame
    chosen = frame.globals.get(word) if frame.globals else None
    if chosen is not None:
        found: Value | None = chosen.payload.get(word)
        return found
    value: Value | None = frame.scope.payload.get(word)
    if value is not None or frame.scope.parent is None:
        return value
    value = frame.scope.parent.find(word)
    if value is not None and value.refs and frame.function is not None and isinstance(value.refs[0], CHANGEABLE):
        frame.function.volatile = True
    return value


@evaluates(ast.JoinedStr)
def formatted(machine: Machine, node: ast.JoinedStr) -> Value:
    """An f-string."""
    parts = [machine.evaluate(item) for item in node.values]
    return text_of_parts(machine, parts, node)


@evaluates(ast.FormattedValue)
def formatted_value(machine: Machine, node: ast.FormattedValue) -> Value:
    """One value of an f-string."""
    value = machine.evaluate(node.value)
    if node.format_spec is not None:
        spec = machine.evaluate(node.format_spec)
        shown = text_of_object(machine, value, ("__format__", "__str__"), node) if value.refs else None
        if shown is not None:
            return shown
        if (
            spec.known
            and isinstance(spec.constant, str)
            and spec.constant[-1:] in tuple("dfgeEGnxXob%")
            and spec.constant
        ):
            return value.but(taint=value.taint & ALL_LABELS, pieces=None) if not value.known else value
    if node.conversion in (ord("r"), ord("a")):
        return represented(machine, value, node)
    return as_text(machine, value, node)


def represented(machine: Machine, value: Value, node: ast.AST) -> Value:
    """Return what ``repr`` makes of a value: a literal on one line."""
    if value.known and isinstance(value.constant, (str, bytes, int, float, bool, type(None))):
        return constant(repr(value.constant))
    if value.refs:
        made = text_of_object(machine, value, ("__repr__",), node)
        if made is not None:
            return made
    taint, step = reach(machine, value)
    taint = without(taint, Use.LINE | Use.LOG | Use.CODE | Use.NOSQL | Use.FIELDS | Use.OBJECT)
    return Value(taint, step=machine.step(node, step)) if taint else UNKNOWN


def as_text(machine: Machine, value: Value, node: ast.AST) -> Value:
    """Return a value as it becomes part of a text: of a container, all that it holds."""
    if value.refs:
        made = text_of_object(machine, value, ("__str__", "__format__", "__repr__"), node)
        if made is not None:
            return made
        taint, step = reach(machine, value)
        if taint:
            return Value(taint, step=step)
    return value


def text_of_parts(machine: Machine, parts: list[Value], node: ast.AST) -> Value:
    """Return the text made of parts, with a step where one of them is tainted."""
    if not parts:
        return EMPTY
    tainted = max(parts, key=_bits) if len(parts) > 1 else parts[0]
    step = machine.step(node, tainted.step) if tainted.taint else None
    return concatenated(parts, step)


def reach(machine: Machine, value: Value, depth: int = 0) -> tuple[int, Any]:
    """Return the taint of a value and of everything that it holds, and a step of it."""
    value = machine.resolve(value)
    taint, step = machine.taint(value), value.step
    if not value.refs or depth > 3:
        return taint, step
    for ref in value.refs:
        for item in held(ref):
            more, its = reach(machine, item, depth + 1)
            if more and (not taint or more & ~taint):
                step = step or its
            taint |= more
    return taint, step


def held(ref: Any) -> list[Value]:
    """Return the values that an object holds."""
    if isinstance(ref, (Sequence, Mapping)):
        items, rest = ref.payload
        found = list(items.values()) if isinstance(items, dict) else list(items)
        if rest is not None:
            found.append(rest)
        if isinstance(ref, Mapping) and ref.keys is not None:
            found.append(ref.keys)
        return found[:MAX_ITEMS]
    if isinstance(ref.payload, dict):
        found = [item for item in ref.payload.values() if isinstance(item, Value)]
        inner = contents(ref)
        return found if inner is ref else [*found, *held(inner)]
    return []


def weakened(machine: Machine, values: list[Value], node: ast.AST) -> Value:
    """Return what comes of values that went through something unknown."""
    taint, step = 0, None
    for value in values:
        more, its = reach(machine, value) if value.refs else (machine.taint(value), value.step)
        if more:
            taint |= more
            step = step or its
    return Value(weak(taint), step=machine.step(node, step)) if taint else UNKNOWN


@evaluates(ast.List, ast.Tuple, ast.Set)
def display(machine: Machine, node: ast.List | ast.Tuple | ast.Set) -> Value:
    """A list, tuple or set; with stars where the number of items is not known."""
    items: list[Value] = []
    rest: Value | None = None
    for element in node.elts:
        if isinstance(element, ast.Starred):
            more, further = items_of(machine, machine.evaluate(element.value))
            items += more
            rest = joined_optional(rest, further)
        else:
            items.append(machine.evaluate(element))
    kind = {ast.List: "list", ast.Tuple: "tuple", ast.Set: "set"}[type(node)]
    return sequence(items, rest, kind)


def sequence(items: list[Value], rest: Value | None = None, kind: str = "list") -> Value:
    """Return a new container."""
    if len(items) > MAX_ITEMS:
        whole = everything(tuple(items), rest)
        return Value(refs=(Sequence((), whole, kind),))
    return Value(refs=(Sequence(tuple(items), rest, kind),))


def _bits(value: Value) -> int:
    return value.taint.bit_count()


def items_of(machine: Machine, value: Value) -> tuple[list[Value], Value | None]:
    """Return what iterating over a value gives: the items that are known in order, and what any further one is."""
    value = machine.resolve(value)
    found, rest = _items_of_each([_items_in(machine, ref) for ref in value.refs])
    if value.known and isinstance(value.constant, (str, bytes)) and len(value.constant) <= 64:
        return [constant(item) for item in value.constant], None
    if value.taint or not value.refs:
        rest = joined_optional(rest, element_of(machine, value))
    return found, rest


def _items_of_each(each: list[tuple[tuple[Value, ...], Value | None]]) -> tuple[list[Value], Value | None]:
    """Return the items of one of some containers: place by place where they are of the same length."""
    if not each:
        return [], None
    items, rest = each[0]
    if len(each) == 1:
        return list(items), rest
    if all(more is None and len(others) == len(items) for others, more in each):
        return [reduce(join, row) for row in zip(*(others for others, _ in each), strict=True)], None
    whole: Value | None = None
    for others, more in each:
        whole = joined_optional(whole, everything(others, more))
    return [], whole


def _items_in(machine: Machine, ref: Thing) -> tuple[tuple[Value, ...], Value | None]:
    """Return what iterating over one object gives: of one of the project, what its ``__iter__`` says."""
    made = iterator_of(machine, ref) if isinstance(ref, (Instance, Class)) else None
    if made is not None:
        found, further = items_of(machine, made)
        return tuple(found), further
    ref = contents(ref)
    if isinstance(ref, Sequence):
        items: tuple[Value, ...] = ref.payload[0]
        return items, ref.payload[1]
    if isinstance(ref, Mapping):
        others = ref.payload[1] is not None or ref.keys is not None
        return tuple(constant(key) for key in ref.payload[0]), (ref.keys or UNKNOWN) if others else None
    return (), UNKNOWN


def element_of(machine: Machine, value: Value) -> Value:
    """Return any item of a value of which nothing else is known; each time the same one."""
    if not value.taint:
        return UNKNOWN if not value.path else _element_of_library(machine, value)
    key = (value, "element")
    found = machine.reads.get(key)
    if found is None:
        path = f"{value.path}[]" if value.path else ""
        found = Value(value.taint, path=path, step=value.step, derived=("element", value, None), facts=value.facts)
        machine.reads[key] = found
    return found


def _element_of_library(machine: Machine, value: Value) -> Value:
    model = machine.models.items.get(value.path)
    made = model(machine, value, UNKNOWN, ast.Constant(None)) if model is not None else None
    return made if made is not None else Value(path=f"{value.path}[]")


@evaluates(ast.Dict)
def mapping(machine: Machine, node: ast.Dict) -> Value:
    """A dictionary, with what ``**`` adds."""
    items: dict[Any, Value] = {}
    rest: Value | None = None
    keys: Value | None = None
    for key, element in zip(node.keys, node.values, strict=True):
        if key is None:
            more, further, their_keys = entries_of(machine, machine.evaluate(element))
            items = {**overlaid(items, further), **more}
            rest, keys = joined_optional(rest, further), joined_optional(keys, their_keys)
            continue
        made = as_key(machine.evaluate(key))
        value = machine.evaluate(element)
        if made.known and _hashable(made.constant):
            items[made.constant] = value
            machine.listeners.named(machine, made.constant, value, element)
        else:
            rest = joined_optional(rest, value)
            keys = joined_optional(keys, made)
    return Value(refs=(Mapping(items, rest, keys),))


def overlaid(items: dict[Any, Value], rest: Value | None) -> dict[Any, Value]:
    """Return the items of a mapping after others under unknown keys were put into it: each can be one of those."""
    return items if rest is None else {key: join(item, rest) for key, item in items.items()}


def entries_of(machine: Machine, value: Value) -> tuple[dict[Any, Value], Value | None, Value | None]:
    """Return what a mapping holds: by key, under other keys, and those keys."""
    items: dict[Any, Value] = {}
    rest: Value | None = None
    keys: Value | None = None
    for ref in map(contents, value.refs):
        if isinstance(ref, Mapping):
            for key, item in ref.payload[0].items():
                items[key] = join(items[key], item) if key in items else item
            rest = joined_optional(rest, ref.payload[1])
            keys = joined_optional(keys, ref.keys)
    if value.taint or not value.refs:
        rest = joined_optional(rest, element_of(machine, value))
        keys = joined_optional(keys, element_of(machine, value))
    return items, rest, keys


def _hashable(item: Any) -> bool:
    return isinstance(item, (str, int, float, bytes, bool, tuple, type(None)))


@evaluates(ast.IfExp)
def conditional(machine: Machine, node: ast.IfExp) -> Value:
    """``a if test else b``; a side that cannot be taken is not taken."""
    test = machine.evaluate(node.test)
    known = truth(test)
    proved = by_itself(test)
    if known is not None:
        machine.refined = machine.refined.apply(proved.when_true if known else proved.when_false)
        return machine.evaluate(node.body if known else node.orelse)
    return choose(
        machine, lambda: machine.evaluate(node.body), lambda: machine.evaluate(node.orelse), _with_truth(test, proved)
    )


def _with_truth(test: Value, proved: Test) -> Test:
    return proved


@evaluates(ast.NamedExpr)
def walrus(machine: Machine, node: ast.NamedExpr) -> Value:
    """``name := value``."""
    value = machine.evaluate(node.value)
    machine.frame.scope.payload[node.target.id] = value
    machine.notes["walrus"] = machine.notes.get("walrus", 0) + 1
    return value


@evaluates(ast.Starred)
def starred(machine: Machine, node: ast.Starred) -> Value:
    """A star by itself, as in a subscript."""
    return machine.evaluate(node.value)


@evaluates(ast.Await)
def awaited(machine: Machine, node: ast.Await) -> Value:
    """``await value``."""
    return machine.evaluate(node.value)


@evaluates(ast.Yield)
def yielded(machine: Machine, node: ast.Yield) -> Value:
    """``yield value``: kept in order."""
    machine.frame.yields.append(NONE if node.value is None else machine.evaluate(node.value))
    return UNKNOWN


@evaluates(ast.YieldFrom)
def yielded_from(machine: Machine, node: ast.YieldFrom) -> Value:
    """``yield from values``."""
    items, rest = items_of(machine, machine.evaluate(node.value))
    machine.frame.yields += items
    if rest is not None:
        machine.frame.yields.append(rest)
    return UNKNOWN
