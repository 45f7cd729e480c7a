"""Python's questions: what kind of object something is, how long, whether any or all of some tests hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce
from typing import TYPE_CHECKING, Any, Final

from ..interpreter.comparisons import all_among, chosen_from
from ..interpreter.expressions import items_of
from ..interpreter.kinds import of_kind
from ..values.facts import EMPTY
from ..values.objects import Mapping, Sequence, emptiness
from ..values.refinement import Change, Test, by_itself, common, of_everything
from ..values.taint import LETTERS, Use
from ..values.value import EITHER, FALSE, MAX_CONSTANTS, TRUE, UNKNOWN, Value, constant, truth
from .iterating import flattened
from .registry import on_call
from .support import prove

if TYPE_CHECKING:
    from ..events import Call

_ADDRESS: Final = Use.HOST | Use.REDIRECT | Use.HREF
_COMPUTED: Final[dict[str, Callable[..., Any]]] = {"ord": ord, "abs": abs, "round": round, "sum": sum, "divmod": divmod}


@on_call("len")
def length(call: Call) -> Value:
    """How many there are; of a text, whether it is longer than what a pattern may be given."""
    value = call.arg(0)
    if value is None:
        return UNKNOWN
    if value.known and isinstance(value.constant, (str, bytes)):
        return constant(len(value.constant))
    ref = value.refs[0] if len(value.refs) == 1 and not value.taint else None
    if isinstance(ref, (Sequence, Mapping)):
        return _of_container(value, ref.payload)
    if not value.taint:
        return UNKNOWN
    return Value(derived=("length", value, None), test=Test((), (Change(value, LETTERS, frozenset({EMPTY})),)))


def _of_container(value: Value, payload: Any) -> Value:
    known, test = emptiness(payload)
    if known is not None and payload[1] is None and test is None:
        return constant(len(payload[0]))
    return Value(test=by_itself(value)) if test is not None else UNKNOWN


@on_call("hash", "id", "ord", "abs", "round", "sum", "divmod", "time.time")
def measured(call: Call) -> Value | None:
    """Numbers, computed where everything is known; they say nothing of a text."""
    if call.path == "sum" and len(call.args) > 1 and call.args[1].refs:
        return flattened(call)
    function = _COMPUTED.get(call.path)
    if function is None or not call.args or call.keywords:
        return UNKNOWN
    given = [_plain(value) for value in call.args]
    if any(item is None for item in given):
        return UNKNOWN
    try:
        made = function(*given)
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        return UNKNOWN
    return constant(made) if isinstance(made, (int, float)) else UNKNOWN


def _plain(value: Value) -> Any:
    """Return a number, a text or a list of such; ``None`` where it is not known."""
    if value.known and isinstance(value.constant, (int, float, str)):
        return value.constant
    ref = value.refs[0] if len(value.refs) == 1 else None
    if not isinstance(ref, Sequence) or ref.payload[1] is not None:
        return None
    items = [item.constant if item.known else None for item in ref.payload[0]]
    return items if all(isinstance(item, (int, float)) for item in items) else None


@on_call("isinstance")
def is_instance(call: Call) -> Value:
    """A test for a type proves that a value is no text, or no object with operators."""
    value, kind = call.arg(0), call.arg(1)
    if value is None or kind is None:
        return EITHER
    kinds = {kind.path} if kind.path else set()
    for ref in kind.refs:
        kinds |= {item.path for item in ref.payload[0]} if isinstance(ref, Sequence) else {""}
    if kinds and all(one.startswith(("werkzeug.exceptions", "@http")) for one in kinds):
        return Value(consts=EITHER.consts, test=Test((Change(value, Use.DETAIL),)))
    known, test = of_kind(call.machine, value, kinds)
    if known is not None:
        return TRUE if known else FALSE
    return Value(consts=EITHER.consts, test=test) if test.when_true else EITHER


@on_call("hasattr", "callable", "issubclass")
def question(call: Call) -> Value:
    """Questions whose answer is not known."""
    return EITHER


@on_call("fnmatch.fnmatch", "fnmatch.fnmatchcase")
def matches_glob(call: Call) -> Value:
    """``fnmatch(host, pattern)``: good as a test as far as the patterns of the application are."""
    value, pattern = call.arg(0, "name"), call.arg(1, "pat")
    if value is None or pattern is None or call.machine.taint(pattern) & LETTERS & ~_ADDRESS:
        return EITHER
    return Value(consts=EITHER.consts, test=Test((Change(value, demote=LETTERS),)))


@on_call("any", "all")
def any_all(call: Call) -> Value:
    """``any(test for item in items)``: that one test holds proves what each of them would prove."""
    value = call.arg(0)
    if value is None:
        return EITHER
    items, rest = items_of(call.machine, value)
    decisive = call.path == "any"
    answers = [truth(item) for item in items]
    if decisive in answers:
        return TRUE if decisive else FALSE
    doubtful = [by_itself(item) for item, known in zip(items, answers, strict=True) if known is None]
    if rest is not None:
        doubtful.append(by_itself(rest))
    if not doubtful:
        return FALSE if decisive else TRUE
    many = value.derived[2] if value.derived is not None and value.derived[0] == "generated" else ()
    tests = [test if decisive else test.negated() for test in doubtful]
    shared: tuple[Change, ...] = reduce(common, [test.when_true for test in tests])
    one = _not_about(shared, many)
    every = of_everything(change for test in tests for change in test.when_false)
    test = Test(one, every)
    return Value(consts=EITHER.consts, test=test if decisive else test.negated())


def _not_about(changes: Iterable[Change], many: tuple[Value, ...]) -> tuple[Change, ...]:
    """Return what is proved of values that are there once: of items it is not known which one a test held for."""
    return tuple(change for change in changes if not many or not _made_of(change.value, many))


def _made_of(value: Value, many: tuple[Value, ...]) -> bool:
    for _ in range(MAX_CONSTANTS):
        if value in many:
            return True
        if value.derived is None:
            return False
        value = value.derived[1]
    return True


@on_call("?.issubset", "?.issuperset", "?.isdisjoint")
def subset(call: Call) -> Value | None:
    """``words.issubset(ALLOWED)``."""
    receiver, other = call.receiver, call.arg(0)
    if receiver is None or other is None or not receiver.refs:
        return None
    if call.name == "isdisjoint":
        return EITHER
    within, around = (receiver, other) if call.name == "issubset" else (other, receiver)
    return Value(consts=EITHER.consts, test=all_among(call.machine, within, around))


@on_call("?.index")
def index(call: Call) -> Value | None:
    """``ALLOWED.index(word)`` raises where it is not among them."""
    receiver, word = call.receiver, call.arg(0)
    if receiver is None or word is None or not any(isinstance(ref, Sequence) for ref in receiver.refs):
        from .strings import position

        return position(call)
    for change in chosen_from(call.machine, word, receiver):
        prove(call, change.value, change.uses)
    return UNKNOWN
