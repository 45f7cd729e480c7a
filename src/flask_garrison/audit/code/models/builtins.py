"""Python's own functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..interpreter.attributes import attribute_of, item_of
from ..interpreter.comparisons import reach_of_keys
from ..interpreter.expressions import items_of, reach, sequence
from ..interpreter.frames import Stop
from ..values.facts import safe_without
from ..values.heap import everything, joined_optional
from ..values.objects import Class, Function, Instance, Mapping, Partial, Sequence
from ..values.refinement import Change, Test
from ..values.taint import LETTERS, Use
from ..values.value import EITHER, FALSE, TRUE, UNKNOWN, Value, constant, join, truth
from .registry import on_call
from .support import carried, changed, prove

if TYPE_CHECKING:
    from ..events import Call

_NUMBER: Final = LETTERS & ~(Use.LINE | Use.LOG)


@on_call("int", "float", "complex", "decimal.Decimal", "fractions.Fraction")
def number(call: Call) -> Value:
    """A number; that it could be made proves the text, but for white space around it."""
    value = call.arg(0)
    if value is None:
        return constant(0)
    if value.known:
        try:
            return constant({"int": int, "float": float}[call.path](value.constant))
        except (KeyError, TypeError, ValueError, OverflowError):
            return UNKNOWN
    prove(call, value, _NUMBER)
    taint, step = reach(call.machine, value)
    return Value(taint & Use.CLIENT, step=step) if taint & Use.CLIENT else UNKNOWN


@on_call("bool")
def boolean(call: Call) -> Value:
    """Whether a value is true."""
    value = call.arg(0) or FALSE
    known = truth(value)
    return Value(consts=EITHER.consts if known is None else (known,), test=value.test)


@on_call("str", "repr", "ascii", "format", "bytes", "bytearray", "memoryview", "unicode")
def text(call: Call) -> Value:
    """A text; of an object, what its class says."""
    value = call.arg(0, "object")
    if value is None:
        return constant("")
    for ref in value.refs:
        if isinstance(ref, Instance):
            method = attribute_of(call.machine, value, "__str__", call.node)
            if method.refs:
                return call.machine.call(method, [], {}, call.node)
    if value.known and call.path == "str" and isinstance(value.constant, (str, int, bool, type(None))):
        return constant(str(value.constant))
    if call.path == "str" and not value.refs:
        # The same text: what is proved of one holds for the other.
        return value.but(path="", derived=("same", value, None)) if value.taint or value.pieces else UNKNOWN
    return carried(call, value)


@on_call("len", "hash", "id", "ord", "abs", "round", "sum", "divmod", "time.time", "all_numbers")
def measured(call: Call) -> Value:
    """Numbers that say nothing of a text."""
    value = call.arg(0)
    if call.path == "len" and value is not None:
        if value.known and isinstance(value.constant, (str, bytes)):
            return constant(len(value.constant))
        for ref in value.refs:
            if (
                len(value.refs) == 1
                and isinstance(ref, (Sequence, Mapping))
                and ref.payload[1] is None
                and not value.taint
            ):
                return constant(len(ref.payload[0]))
        return Value(derived=("length", value, None)) if value.taint else UNKNOWN
    return UNKNOWN


@on_call("isinstance")
def is_instance(call: Call) -> Value:
    """A test for a type proves that a value is no text, or no object with operators."""
    value, kind = call.arg(0), call.arg(1)
    if value is None or kind is None or not call.machine.taint(value):
        return EITHER
    kinds = {kind.path}
    for ref in kind.refs:
        if isinstance(ref, Sequence):
            kinds |= {item.path for item in ref.payload[0]}
    if kinds <= {"int", "float", "bool", "decimal.Decimal"}:
        return Value(consts=EITHER.consts, test=Test((Change(value, LETTERS),)))
    if kinds <= {"str", "int", "float", "bool", "bytes"}:
        return Value(consts=EITHER.consts, test=Test((Change(value, Use.NOSQL | Use.FIELDS | Use.OBJECT),)))
    return EITHER


@on_call("getattr")
def get_attribute(call: Call) -> Value | None:
    """``getattr(object, name, default)``."""
    owner, name = call.arg(0), call.arg(1)
    if owner is None or name is None:
        return None
    if name.known and isinstance(name.constant, str):
        found = attribute_of(call.machine, owner, name.constant, call.node)
        default = call.arg(2)
        return join(found, default) if default is not None and not found.refs else found
    found_any: Value | None = None
    for text_ in name.texts():
        found_any = joined_optional(found_any, attribute_of(call.machine, owner, text_, call.node))
    if found_any is not None:
        return found_any
    return carried(call, owner, uncertain=True) if not call.machine.taint(name) else None


@on_call("setattr")
def set_attribute(call: Call) -> Value | None:
    """``setattr(object, name, value)``."""
    owner, name, value = call.arg(0), call.arg(1), call.arg(2)
    if owner is None or name is None or value is None:
        return None
    for ref in owner.refs:
        if isinstance(ref, Instance):
            names = name.texts()
            if names:
                made = {text_: value for text_ in names}
                call.machine.heap.write(ref, {**ref.payload, **made})
    return UNKNOWN


@on_call("hasattr", "callable", "issubclass")
def question(call: Call) -> Value:
    """Questions whose answer is not known."""
    return EITHER


@on_call("map", "filter", "itertools.starmap")
def mapped(call: Call) -> Value | None:
    """``map(function, items)``, ``filter(test, items)``."""
    function, iterables = call.arg(0), call.args[1:]
    if function is None or not iterables:
        return None
    items, rest = items_of(call.machine, iterables[0])
    if call.path == "filter":
        return _filtered(call, function, items, rest)
    found = [_applied(call, function, item) for item in items[:24]]
    further = _applied(call, function, rest) if rest is not None else None
    if len(items) > 24:
        further = joined_optional(further, everything(tuple(found), None))
    return sequence(found, further)


def _applied(call: Call, function: Value, item: Value) -> Value:
    if not function.refs and not function.path:
        return carried(call, item, uncertain=True)
    return call.machine.call(function, [item], {}, call.node, function.path.rpartition(".")[2])


def _filtered(call: Call, function: Value, items: list[Value], rest: Value | None) -> Value:
    kept: Value | None = None
    for item in [*items, *([rest] if rest is not None else [])]:
        before = call.machine.refined
        test = _applied(call, function, item) if function.refs or function.path else UNKNOWN
        if test.test is not None:
            call.machine.refined = call.machine.refined.apply(test.test.when_true)
        if truth(test) is not False:
            value = call.machine.resolve(item)
            kept = joined_optional(kept, value.but() if value is not item else item)
        call.machine.refined = before
    return Value(refs=(Sequence((), kept),)) if kept is not None else sequence([])


@on_call("next", "max", "min", "random.choice", "secrets.choice", "functools.reduce")
def one_of(call: Call) -> Value:
    """One of some items."""
    values = call.args[:1] if call.path in ("next", "random.choice", "secrets.choice") else call.args
    found: Value | None = None
    for value in values:
        items, rest = items_of(call.machine, value) if value.refs or len(values) == 1 else ([value], None)
        if call.path == "next" and items:
            found = joined_optional(found, items[0] if rest is None else everything(tuple(items), rest))
        else:
            found = joined_optional(found, everything(tuple(items), rest))
    if call.path == "next" and len(call.args) > 1:
        found = joined_optional(found, call.args[1])
    return found if found is not None else UNKNOWN


@on_call("any", "all")
def any_all(call: Call) -> Value:
    """``any(test for item in items)``: what each test proves is not known here, but for one on a single value."""
    value = call.arg(0)
    if value is None:
        return EITHER
    items, rest = items_of(call.machine, value)
    tests = [item.test for item in (*items, *([rest] if rest is not None else [])) if item.test is not None]
    if not tests:
        return EITHER
    from functools import reduce

    from ..values.refinement import common

    if call.path == "any":
        true = reduce(common, [test.when_true for test in tests])
        false = tuple(change for test in tests for change in test.when_false)
    else:
        true = tuple(change for test in tests for change in test.when_true)
        false = reduce(common, [test.when_false for test in tests])
    return Value(consts=EITHER.consts, test=Test(true, false))


@on_call("chr", "hex", "oct", "bin")
def harmless(call: Call) -> Value:
    """Texts that are made of numbers."""
    value = call.arg(0)
    if value is not None and value.known and isinstance(value.constant, int) and 0 <= value.constant < 0x110000:
        return constant({"chr": chr, "hex": hex, "oct": oct, "bin": bin}[call.path](value.constant))
    return UNKNOWN


@on_call("functools.partial")
def partial(call: Call) -> Value:
    """A function some of whose arguments are given."""
    if not call.args:
        return UNKNOWN
    return Value(refs=(Partial(call.args[0], tuple(call.args[1:]), dict(call.keywords)),))


@on_call(
    "functools.wraps()",
    "functools.update_wrapper",
    "functools.lru_cache()",
    "functools.cache",
    "functools.lru_cache",
    "contextlib.contextmanager",
    "typing.cast",
)
def passes(call: Call) -> Value | None:
    """Functions that return what they are given."""
    position = 1 if call.path == "typing.cast" else 0
    return call.arg(position)


@on_call("operator.itemgetter()", "operator.attrgetter()")
def getter(call: Call) -> Value | None:
    """``itemgetter("key")(mapping)``."""
    return carried(call, call.arg(0))


@on_call("range")
def range_(call: Call) -> Value:
    """Numbers; in order where they are known and few."""
    known = [value.constant for value in call.args if value.known and isinstance(value.constant, int)]
    if len(known) == len(call.args) and known and not (len(known) == 3 and known[2] == 0):
        numbers = range(*known[:3])
        if len(numbers) <= 16:
            return sequence([constant(item) for item in numbers])
    return sequence([], UNKNOWN)


@on_call("sys.exit", "exit", "quit", "os._exit", "os.abort")
def ends(call: Call) -> Value:
    """The process ends."""
    raise Stop


@on_call("vars", "locals", "globals", "dir")
def names(call: Call) -> Value:
    """Names of a scope."""
    value = call.arg(0)
    if value is not None:
        for ref in value.refs:
            if isinstance(ref, Instance):
                return Value(refs=(Mapping(dict(ref.payload)),))
    return Value(refs=(Mapping({}, UNKNOWN),))


@on_call("type")
def type_of(call: Call) -> Value:
    """The class of an object."""
    value = call.arg(0)
    for ref in value.refs if value is not None and len(call.args) == 1 else ():
        if isinstance(ref, Instance):
            return Value(refs=(ref.cls,))
    return UNKNOWN


@on_call("print", "input", "open_unused")
def silent(call: Call) -> Value:
    """Nothing that comes back."""
    return UNKNOWN


__all__ = ["TRUE", "Class", "Function", "changed", "item_of", "reach_of_keys", "safe_without"]
