"""Python's own functions."""

from __future__ import annotations

import ast
import string
from typing import TYPE_CHECKING, Final

from ..interpreter.attributes import attribute_of
from ..interpreter.calls import call_value
from ..interpreter.comparisons import reach_of_keys
from ..interpreter.expressions import items_of, reach, represented, sequence
from ..interpreter.frames import Stop
from ..interpreter.items import item_of
from ..interpreter.protocols import special, text_of_object
from ..labels import ALL_LABELS
from ..values.facts import safe_without
from ..values.heap import everything, joined_optional
from ..values.objects import Class, Function, Instance, Mapping, Module, Partial, Record, Scope, Sequence
from ..values.pieces import beginning
from ..values.refinement import by_itself
from ..values.taint import LETTERS, Use, without
from ..values.value import EITHER, FALSE, TRUE, UNKNOWN, Value, constant, join, truth
from .files import BUFFER
from .registry import MODELS, on_attribute, on_call, on_item
from .support import carried, changed, prove

if TYPE_CHECKING:
    import ast

    from ..events import Call
    from ..interpreter.machine import Machine

_NUMBER: Final = LETTERS & ~(Use.LINE | Use.LOG)


@on_call(
    "int",
    "float",
    "complex",
    "decimal.Decimal",
    "fractions.Fraction",
    "uuid.UUID",
    "datetime.date.fromisoformat",
    "datetime.datetime.fromisoformat",
    "datetime.time.fromisoformat",
    "datetime.datetime.strptime",
)
def number(call: Call) -> Value:
    """A number, an identifier or a date; that it could be made proves the text, but for white space around it."""
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
    kept = taint & (Use.CLIENT | ALL_LABELS)
    return Value(kept, step=step) if kept else UNKNOWN


@on_call("bool")
def boolean(call: Call) -> Value:
    """Whether a value is true."""
    value = call.arg(0) or FALSE
    known = truth(value)
    proved = by_itself(value)
    test = proved if proved.when_true or proved.when_false else None
    return Value(consts=EITHER.consts if known is None else (known,), test=test)


_SPECIAL: Final = {
    "str": ("__str__", "__repr__"),
    "unicode": ("__str__", "__repr__"),
    "repr": ("__repr__",),
    "ascii": ("__repr__",),
    "format": ("__format__", "__str__", "__repr__"),
    "bytes": ("__bytes__",),
}
"""For each function that makes a text, the methods of a class that say how."""


@on_call("str", "repr", "ascii", "format", "bytes", "bytearray", "memoryview", "unicode")
def text(call: Call) -> Value:
    """A text; of an object, what its class says."""
    value = call.arg(0, "object")
    if value is None:
        return constant("")
    if value.refs and call.path in _SPECIAL:
        made = text_of_object(call.machine, value, _SPECIAL[call.path], call.node)
        if made is not None:
            return made
    if value.known and call.path in ("bytes", "bytearray") and type(value.constant) is int and 0 < value.constant < 65:
        return constant(bytes(value.constant))
    if value.known and call.path == "str" and isinstance(value.constant, (str, int, bool, type(None))):
        return constant(str(value.constant))
    if call.path == "str" and not value.refs:
        # The same text: what is proved of one holds for the other.
        taint = without(value.taint, Use.NOSQL | Use.FIELDS | Use.OBJECT)
        return value.but(path="", taint=taint, derived=("same", value, None)) if taint or value.pieces else UNKNOWN
    if call.path in ("repr", "ascii"):
        return represented(call.machine, value, call.node)
    return carried(call, value)


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
    beginning_with = _members(call, owner, beginning(name))
    if beginning_with is not None:
        return beginning_with
    return carried(call, owner, uncertain=True) if not call.machine.taint(name) else _chosen(call, owner, name)


def _members(call: Call, owner: Value, begin: str) -> Value | None:
    """Return any of the members of an object whose names begin with a text: ``getattr(self, "do_" + action)``."""
    found: Value | None = None
    for ref in owner.refs if begin else ():
        cls = ref.cls if isinstance(ref, Instance) else ref
        for one in cls.ancestors() if isinstance(cls, Class) else ():
            for name in one.scope.payload:
                if name.startswith(begin):
                    found = joined_optional(found, attribute_of(call.machine, owner, name, call.node))
    return found


def _chosen(call: Call, owner: Value, name: Value) -> Value:
    """Return an attribute whose name a client chose: of a name that begins with a constant, one of a few."""
    free = any(not hole.before and not hole.after for hole in call.tainted(name, Use.CODE))
    taken = carried(call, owner, uncertain=True)
    chosen = carried(call, name)
    # To read the attribute is one thing, to call it another: a rule asks for this path.
    taint = taken.taint | (chosen.taint & (Use.CODE | Use.CODE << 40) if free else 0)
    return Value(taint, path="getattr()" if free else "", step=chosen.step or taken.step)


@on_call("setattr")
def set_attribute(call: Call) -> Value | None:
    """``setattr(object, name, value)``."""
    owner, name, value = call.arg(0), call.arg(1), call.arg(2)
    if owner is None or name is None or value is None:
        return None
    for ref in owner.refs:
        thing = ref.scope if isinstance(ref, (Class, Module)) else ref
        names = name.texts()
        if isinstance(thing, (Instance, Record, Scope)) and names:
            call.machine.heap.write(thing, {**thing.payload, **dict.fromkeys(names, value)})
    return UNKNOWN


@on_call("map", "filter", "itertools.starmap")
def mapped(call: Call) -> Value | None:
    """``map(function, items)``, ``filter(test, items)``."""
    function, iterables = call.arg(0), call.args[1:]
    if function is None or not iterables:
        return None
    if call.path == "filter":
        return _filtered(call, function, *items_of(call.machine, iterables[0]))
    rows, further = _rows(call, iterables)
    found = [_applied(call, function, row) for row in rows[:24]]
    more = _applied(call, function, further) if further is not None else None
    if len(rows) > 24:
        more = joined_optional(more, everything(tuple(found), None))
    return sequence(found, more)


def _rows(call: Call, iterables: list[Value]) -> tuple[list[list[Value]], list[Value] | None]:
    """Return the arguments of each call: one of each iterable, or for ``starmap`` those that an item holds."""
    sides = [items_of(call.machine, one) for one in iterables]
    if call.path == "itertools.starmap":
        items, rest = sides[0]
        return [items_of(call.machine, item)[0] for item in items], [rest] if rest is not None else None
    if all(rest is None for _, rest in sides):
        return [list(row) for row in zip(*(items for items, _ in sides), strict=False)], None
    if len(sides) == 1:
        return [[item] for item in sides[0][0]], [sides[0][1] or UNKNOWN]
    return [], [everything(tuple(items), rest) for items, rest in sides]


def _applied(call: Call, function: Value, args: list[Value]) -> Value:
    if not function.refs and not function.path:
        return carried(call, *args, uncertain=True)
    return call.machine.call(function, args, {}, call.node, function.path.rpartition(".")[2])


def _filtered(call: Call, function: Value, items: list[Value], rest: Value | None) -> Value:
    kept: Value | None = None
    for item in [*items, *([rest] if rest is not None else [])]:
        before = call.machine.refined
        test = _applied(call, function, [item]) if function.refs or function.path else UNKNOWN
        if test.test is not None:
            call.machine.refined = call.machine.refined.apply(test.test.when_true)
        if truth(test) is not False:
            value = call.machine.resolve(item)
            kept = joined_optional(kept, value.but() if value is not item else item)
        call.machine.refined = before
    return Value(refs=(Sequence((), kept),)) if kept is not None else sequence([])


@on_call("functools.reduce")
def reduced(call: Call) -> Value | None:
    """``reduce(function, items, start)``: the function is called with what it returned and the next item."""
    function, iterable, value = call.arg(0), call.arg(1), call.arg(2)
    if function is None or iterable is None:
        return None
    items, rest = items_of(call.machine, iterable)
    for item in [*items[:24], *([rest] if rest is not None else [])]:
        if value is None:
            value = item
        else:
            value = call.machine.call(function, [value, item], {}, call.node, function.path.rpartition(".")[2])
    return value if value is not None else UNKNOWN


def _computed(call: Call) -> Value | None:
    """Return the greatest or least of some constants."""
    items, rest = items_of(call.machine, call.args[0]) if len(call.args) == 1 else (call.args, None)
    if rest is not None or call.keywords or not items or not all(item.known for item in items):
        return None
    try:
        return constant({"max": max, "min": min}[call.path](item.constant for item in items))
    except TypeError:
        return None


@on_call("next", "max", "min", "secrets.choice")
def one_of(call: Call) -> Value:
    """One of some items."""
    known = _computed(call) if call.path in ("max", "min") else None
    if known is not None:
        return known
    values = call.args[:1] if call.path in ("next", "secrets.choice") else call.args
    found: Value | None = None
    for value in values:
        step = special(call.machine, value, "__next__", [], call.node) if value.refs and call.path == "next" else None
        if step is not None:
            found = joined_optional(found, step)
            continue
        items, rest = items_of(call.machine, value) if value.refs or len(values) == 1 else ([value], None)
        if call.path == "next" and items:
            found = joined_optional(found, items[0] if rest is None else everything(tuple(items), rest))
        else:
            found = joined_optional(found, everything(tuple(items), rest))
    absent = call.path == "next" and len(call.args) > 1
    if absent and not (found is not None and found.consts is None and call.args[1].is_only(None)):
        found = joined_optional(found, call.args[1])
    return found if found is not None else UNKNOWN


@on_call("chr", "hex", "oct", "bin")
def harmless(call: Call) -> Value:
    """Texts that are made of numbers."""
    value = call.arg(0)
    if value is not None and value.known and isinstance(value.constant, int) and 0 <= value.constant < 0x110000:
        return constant({"chr": chr, "hex": hex, "oct": oct, "bin": bin}[call.path](value.constant))
    labels = call.taint(value) & ALL_LABELS if value is not None else 0
    return Value(labels, step=value.step) if labels and value is not None else UNKNOWN


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
    "functools.singledispatch",
    "functools.lru_cache",
    "contextlib.contextmanager",
    "contextlib.closing",
    "contextlib.nullcontext",
    "contextlib.aclosing",
    "asyncio.run",
    "asyncio.create_task",
    "asyncio.ensure_future",
    "asyncio.wait_for",
    "asyncio.shield",
    "?.run_until_complete",
    "flask.copy_current_request_context",
    "flask.stream_with_context",
    "typing.NewType()",
    "typing.cast",
)
def passes(call: Call) -> Value | None:
    """Functions that return what they are given."""
    position = 1 if call.path == "typing.cast" else 0
    return call.arg(position)


@on_call("operator.itemgetter", "operator.attrgetter", "operator.methodcaller")
def getter(call: Call) -> Value:
    """``itemgetter("key")``: keeps what it is to get."""
    return Value(path=f"{call.path}()", derived=("getter", UNKNOWN, call))


@on_call("operator.itemgetter()", "operator.attrgetter()", "operator.methodcaller()")
def got(call: Call) -> Value | None:
    """``itemgetter("key")(mapping)``."""
    made = call.callee.derived[2] if call.callee is not None and call.callee.derived is not None else None
    if made is None or not call.args:
        return carried(call, call.arg(0))
    owner, machine = call.args[0], call.machine
    if call.path.startswith("operator.m"):
        name = made.text(0)
        method = attribute_of(machine, owner, name, call.node)
        return call_value(machine, method, made.args[1:], made.keywords, call.node, name, owner)
    if call.path.startswith("operator.i"):
        found = [item_of(machine, owner, key, call.node) for key in made.args]
    else:
        found = [_attribute(call, owner, name) for key in made.args for name in key.texts()[:1]]
    return found[0] if len(found) == 1 else sequence(found, None, "tuple")


def _attribute(call: Call, owner: Value, name: str) -> Value:
    for part in name.split("."):
        owner = attribute_of(call.machine, owner, part, call.node)
    return owner


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


@on_call("locals", "globals", "dir")
def names(call: Call) -> Value:
    """Names of a scope."""
    if call.path == "locals":
        return Value(refs=(Mapping(dict(call.machine.scope.payload)),))
    return Value(path="globals()") if call.path == "globals" else Value(refs=(Mapping({}, UNKNOWN),))


@on_item("globals()")
def global_item(machine: Machine, value: Value, key: Value, node: ast.AST) -> Value | None:
    """A name that a client chooses, out of all that a module has."""
    taint = machine.taint(key) & (Use.CODE | Use.CODE << 40)
    return Value(taint, path="getattr()", step=machine.step(node, key.step)) if taint else None


@on_call("globals().get")
def global_get(call: Call) -> Value | None:
    """``globals().get(name)``."""
    return global_item(call.machine, UNKNOWN, call.args[0], call.node) if call.args else None


@on_call("type")
def type_of(call: Call) -> Value:
    """The class of an object."""
    value = call.arg(0)
    for ref in value.refs if value is not None and len(call.args) == 1 else ():
        if isinstance(ref, Instance):
            return Value(refs=(ref.cls,))
    return UNKNOWN if value is None else Value(derived=("type", value, None))


@on_call("print", "input")
def silent(call: Call) -> Value:
    """Nothing that comes back; ``print`` may write into a text that is kept."""
    to = call.arg(None, "file")
    if to is not None and to.path == BUFFER:
        write = Value(path=f"{BUFFER}.write", derived=("method", to, "write"))
        for value in call.args:
            call.machine.call(write, [value], {}, call.node)
    return UNKNOWN


__all__ = ["TRUE", "Class", "Function", "changed", "item_of", "reach_of_keys", "safe_without"]


_ALPHABETS: Final = (
    "ascii_letters",
    "ascii_lowercase",
    "ascii_uppercase",
    "digits",
    "hexdigits",
    "octdigits",
    "punctuation",
    "printable",
    "whitespace",
)


@on_attribute(*(f"string.{name}" for name in _ALPHABETS))
def alphabet(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """The constants of the module ``string``."""
    return constant(getattr(string, path.rpartition(".")[2]))


MODELS.lasting.update(
    {f"string.{name}": lambda machine, name=name: constant(getattr(string, name)) for name in _ALPHABETS}  # type: ignore[misc]
)
