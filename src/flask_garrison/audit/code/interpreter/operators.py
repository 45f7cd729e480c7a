"""Operators: computed where both sides are known, put together where they make a text."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from typing import Any, Final

from ..labels import ALL_LABELS
from ..values.heap import everything, joined_optional
from ..values.objects import Mapping, Sequence
from ..values.refinement import Test, by_itself, common, told_of_origins
from ..values.taint import MARKUP, Use, without
from ..values.value import EITHER, MAX_CONSTANTS, UNKNOWN, Value, constant, join, truth
from .branches import choose
from .expressions import as_text, entries_of, items_of, overlaid, reach, represented, sequence, text_of_parts
from .machine import Machine, evaluates
from .protocols import operated
from .set_operators import SIGNS, of_sets

MAX_TEXT: Final = 20_000
MAX_REPEATED: Final = 64
MARKED: Final = ("markup", "")
"""The fact that a text is marked as HTML, so that nothing escapes it, and that it escapes what is put into it."""
MARKS: Final = frozenset({MARKED})
_OPERATORS: Final[dict[type[ast.operator], Callable[[Any, Any], Any]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
    ast.BitXor: operator.xor,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.Pow: operator.pow,
}
_NUMBERS: Final = (int, float, bool)


@evaluates(ast.BinOp)
def binary(machine: Machine, node: ast.BinOp) -> Value:
    """``a + b`` and its relatives."""
    left, right = machine.evaluate(node.left), machine.evaluate(node.right)
    return combined(machine, node, node.op, left, right)


def combined(machine: Machine, node: ast.AST, sign: ast.operator, left: Value, right: Value) -> Value:
    """Return the result of an operator."""
    settled = _settled(machine, node, sign, left, right)
    if settled is not None:
        return settled
    if isinstance(sign, ast.Add):
        return _added(machine, node, left, right)
    if isinstance(sign, ast.Mod):
        return _percent(machine, node, left, right)
    if isinstance(sign, ast.Div) and _is_path(left):
        return _path_joined(machine, node, left, right)
    if isinstance(sign, ast.BitOr):
        return _united(machine, node, left, right)
    if isinstance(sign, ast.Mult) and (_has_sequence(left) or _has_sequence(right)):
        return _repeated(machine, left, right)
    made = of_sets(machine, sign, left, right) if isinstance(sign, SIGNS) and left.refs and right.refs else None
    return _arithmetic(machine, node, left, right) if made is None else made


def _settled(machine: Machine, node: ast.AST, sign: ast.operator, left: Value, right: Value) -> Value | None:
    """Return the result where a class of the project, a text marked as HTML, or two constants say what it is."""
    made = operated(machine, node, sign, left, right) if left.refs or right.refs else None
    if made is None and (MARKED in left.facts or MARKED in right.facts):
        made = _of_marked(machine, node, sign, left, right)
    if made is None and left.consts and right.consts:
        made = _computed(type(sign), left, right)
    return made


def _of_marked(machine: Machine, node: ast.AST, sign: ast.operator, left: Value, right: Value) -> Value | None:
    """Return what an operator makes of a text that is marked as HTML: the other side is escaped."""
    if isinstance(sign, ast.Add):
        return text_of_parts(machine, [escaped(left), escaped(right)], node).but(facts=MARKS)
    if isinstance(sign, ast.Mod) and MARKED in left.facts and left.known and isinstance(left.constant, str):
        parts = [escaped(part) for part in _filled(machine, left.constant, right, node)]
        return text_of_parts(machine, parts, node).but(facts=MARKS)
    return None


def escaped(value: Value) -> Value:
    """Return a value as markupsafe puts it into a marked text: escaped, unless it is marked itself or a constant."""
    if MARKED in value.facts or not value.taint:
        return value
    return value.but(taint=without(value.taint, MARKUP), pieces=None, derived=("escaped", value, None))


def _computed(kind: type[ast.operator], left: Value, right: Value) -> Value | None:
    function = _OPERATORS.get(kind)
    if function is None or len(left.consts or ()) * len(right.consts or ()) > MAX_CONSTANTS:
        return None
    results = []
    for first in left.consts or ():
        for second in right.consts or ():
            if not _affordable(kind, first, second):
                return None
            try:
                results.append(function(first, second))
            except Exception:
                return None
    return Value(consts=tuple(dict.fromkeys(results)))


def _affordable(kind: type[ast.operator], first: Any, second: Any) -> bool:
    """Return whether the result is small: nobody may make the analyser compute ``9 ** 9 ** 9``."""
    if kind in (ast.Pow, ast.LShift):
        return (
            isinstance(first, _NUMBERS) and isinstance(second, _NUMBERS) and abs(first) < 1 << 32 and abs(second) < 64
        )
    if kind is ast.Mult:
        sizes = [
            len(item) if isinstance(item, (str, bytes)) else abs(item) for item in (first, second) if item is not None
        ]
        texts = any(isinstance(item, (str, bytes)) for item in (first, second))
        return not texts or (len(sizes) == 2 and sizes[0] * sizes[1] <= MAX_TEXT)
    if kind is ast.Mod and isinstance(first, (str, bytes)):
        return not re.search(r"\d{4}", str(first)) and len(first) < MAX_TEXT
    return True


def _added(machine: Machine, node: ast.AST, left: Value, right: Value) -> Value:
    if _has_sequence(left) or _has_sequence(right):
        items, rest = items_of(machine, left)
        more, further = items_of(machine, right)
        if rest is None:
            return sequence([*items, *more], further)
        return sequence(items, everything(tuple(more), join(rest, further) if further is not None else rest))
    if _number(left) or _number(right):
        return _arithmetic(machine, node, left, right)
    if not (left.taint or right.taint or left.pieces or right.pieces or left.texts() or right.texts()):
        return UNKNOWN
    return text_of_parts(machine, [left, right], node)


def _repeated(machine: Machine, left: Value, right: Value) -> Value:
    """Return a list some times over."""
    several, times = (left, right) if _has_sequence(left) else (right, left)
    items, rest = items_of(machine, several)
    number = times.constant if times.known and isinstance(times.constant, int) else None
    if rest is None and number is not None and 0 <= number * len(items) <= MAX_REPEATED:
        return sequence(items * number)
    return sequence([], everything(tuple(items), rest))


def _has_sequence(value: Value) -> bool:
    return any(isinstance(ref, Sequence) for ref in value.refs)


def _number(value: Value) -> bool:
    return bool(value.consts) and all(isinstance(item, _NUMBERS) for item in value.consts or ())


def _arithmetic(machine: Machine, node: ast.AST, left: Value, right: Value) -> Value:
    taint = machine.taint(left) | machine.taint(right)
    if not taint:
        return UNKNOWN
    return Value(taint, step=machine.step(node, left.step or right.step))


def _is_path(value: Value) -> bool:
    return value.path.startswith("pathlib.") or (value.derived is not None and value.derived[0] == "path")


def _path_joined(machine: Machine, node: ast.AST, left: Value, right: Value) -> Value:
    """Return ``folder / name`` of pathlib."""
    return machine.models.joined_path(machine, [left, right], node, path="pathlib.Path()")


def _laid_over(machine: Machine, left: Value, right: Value) -> Value:
    """Return a mapping with another one laid over it."""
    items, rest, keys = entries_of(machine, left)
    more, further, their_keys = entries_of(machine, right)
    merged = {**overlaid(items, further), **more}
    return Value(refs=(Mapping(merged, joined_optional(rest, further), joined_optional(keys, their_keys)),))


def _united(machine: Machine, node: ast.AST, left: Value, right: Value) -> Value:
    if any(isinstance(ref, Mapping) for value in (left, right) for ref in value.refs):
        return _laid_over(machine, left, right)
    if left.path and right.path and not left.refs and not right.refs:
        # ``int | str``: one of several types.
        return sequence([left, right], None, "tuple")
    if left.path or right.path:
        return left if left.path else right
    if _has_sequence(left) or _has_sequence(right):
        sides = [items_of(machine, left), items_of(machine, right)]
        return sequence([*sides[0][0], *sides[1][0]], joined_optional(sides[0][1], sides[1][1]), "set")
    if left.refs or right.refs:
        return join(left, right)
    return _arithmetic(machine, node, left, right)


# --- "..." % values ------------------------------------------------------------------------------------------------

_DIRECTIVE: Final = re.compile(r"%(?:\((?P<key>[^)]*)\))?[-#0 +]*(?:\*|\d+)?(?:\.\d+)?[hlL]?(?P<kind>[a-zA-Z%])")


def _percent(machine: Machine, node: ast.AST, left: Value, right: Value) -> Value:
    if not (left.known and isinstance(left.constant, str)):
        if _number(left) or (not left.taint and not left.pieces and not left.texts()):
            return _arithmetic(machine, node, left, right)
        items, rest = items_of(machine, right) if right.refs else ([right], None)
        everything_given = [*items, *([rest] if rest is not None else [])]
        return text_of_parts(machine, [left, *everything_given], node)
    return text_of_parts(machine, _filled(machine, left.constant, right, node), node)


def _filled(machine: Machine, template: str, right: Value, node: ast.AST) -> list[Value]:
    parts: list[Value] = []
    end, number = 0, 0
    for found in _DIRECTIVE.finditer(template):
        parts.append(constant(template[end : found.start()]))
        end = found.end()
        kind = found["kind"]
        if kind == "%":
            parts.append(constant("%"))
            continue
        value = _operand(machine, right, found["key"], number)
        number += 1
        if kind in "ra":
            parts.append(represented(machine, value, node))
        else:
            parts.append(_as_number(value) if kind in "dioxXeEfFgG" else as_text(machine, value, node))
    parts.append(constant(template[end:]))
    return parts


def _as_number(value: Value) -> Value:
    """Return what is left of a value that is written as a number; a text would have raised."""
    if value.known:
        return value
    return Value(value.taint & (Use.CLIENT | Use.CLIENT << 40 | ALL_LABELS), step=value.step)


def _operand(machine: Machine, right: Value, key: str | None, number: int) -> Value:
    if key is not None:
        for ref in right.refs:
            if isinstance(ref, Mapping):
                found: Value | None = ref.payload[0].get(key, ref.payload[1])
                return found if found is not None else UNKNOWN
        return right
    for ref in right.refs:
        if isinstance(ref, Sequence) and ref.kind == "tuple":
            items, rest = ref.payload
            return items[number] if number < len(items) else rest or UNKNOWN
    return right


# --- not, and, or --------------------------------------------------------------------------------------------------


@evaluates(ast.UnaryOp)
def unary(machine: Machine, node: ast.UnaryOp) -> Value:
    """``not a``, ``-a``, ``~a``."""
    value = machine.evaluate(node.operand)
    if isinstance(node.op, ast.Not):
        known = truth(value)
        proved = by_itself(value)
        test = proved.negated() if proved.when_true or proved.when_false else None
        return Value(consts=EITHER.consts if known is None else (not known,), test=test)
    if value.known and isinstance(value.constant, _NUMBERS):
        number = value.constant
        return constant(
            -number if isinstance(node.op, ast.USub) else ~int(number) if isinstance(node.op, ast.Invert) else number
        )
    return value.but(consts=None, pieces=None) if value.consts else value


@evaluates(ast.BoolOp)
def boolean(machine: Machine, node: ast.BoolOp) -> Value:
    """``a and b``, ``a or b``: the right side is evaluated where the left one lets it."""
    both = isinstance(node.op, ast.And)
    return _chain(machine, node.values, both)


def _chain(machine: Machine, nodes: list[ast.expr], both: bool) -> Value:
    left = machine.evaluate(nodes[0])
    if len(nodes) == 1:
        return left
    known = truth(left)
    proved = by_itself(left)
    if known is not None and known is not both:
        return left
    if known is both:
        machine.refined = machine.refined.apply(proved.when_true if both else proved.when_false)
        right = _chain(machine, nodes[1:], both)
        return right.but(test=_together(proved, right.test, both)) if right.test or left.test else right
    results: list[Value] = []
    tests: list[Test] = []

    def further() -> Value:
        inner = machine.refined
        results.append(_chain(machine, nodes[1:], both))
        tests.append(told_of_origins(by_itself(results[-1]), inner))
        return results[-1]

    def kept() -> Value:
        return _kept(left, both)

    first, second = (further, kept) if both else (kept, further)
    value = choose(machine, first, second, proved)
    if not both and left.taint and results and results[0].consts and not any(results[0].consts):
        # An empty text in place of none: the same value, so that what is proved of it holds.
        return left
    test = _together(proved, tests[0] if tests else None, both)
    return value.but(test=test) if test.when_true or test.when_false else value


def _kept(left: Value, both: bool) -> Value:
    """Return what the left side is where it decides: false for ``and``, true for ``or``."""
    if left.consts is not None:
        return left.but(consts=tuple(item for item in left.consts if bool(item) is not both))
    if both and not left.refs:
        # A false value carries nothing.
        return Value(consts=(False,)) if left.test is not None else Value(taint=0)
    return left


def _together(left: Test, right: Test | None, both: bool) -> Test:
    """Return what follows from ``and``, and by negation from ``or``: all of it, or what each alternative proves."""
    other = right or Test()
    if both:
        return Test((*left.when_true, *other.when_true), common(left.when_false, other.when_false))
    return Test(common(left.when_true, other.when_true), (*left.when_false, *other.when_false))


__all__ = ["combined", "reach"]
