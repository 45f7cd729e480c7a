"""Random values: whether whoever has seen some of them can tell the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import items_of
from ..labels import RANDOM
from ..values.value import UNKNOWN, Value
from .registry import alias, on_call

if TYPE_CHECKING:
    from ..events import Call

_GENERATORS: Final = (
    "random",
    "numpy.random",
    "random.Random()",
    "numpy.random.RandomState()",
    "numpy.random.default_rng()",
)
_NUMBERS: Final = (
    *(
        "random",
        "randint",
        "randrange",
        "getrandbits",
        "randbytes",
        "uniform",
        "betavariate",
        "gauss",
        "rand",
        "integers",
    ),
    *("random_integers", "bytes", "triangular"),
)
_PICKS: Final = ("choice", "choices", "sample", "permutation")

alias({"numpy.random.mtrand.RandomState()": "numpy.random.RandomState()"})


def guessable(call: Call) -> Value:
    """Return what a generator made."""
    return Value(RANDOM, step=call.machine.step(call.node, None, label="a generator that can be foretold"))


@on_call(*(f"{generator}.{name}" for generator in _GENERATORS for name in _NUMBERS))
def number(call: Call) -> Value:
    """Numbers and bytes."""
    return guessable(call)


@on_call(*(f"{generator}.{name}" for generator in _GENERATORS for name in _PICKS))
def pick(call: Call) -> Value | None:
    """Picked out of an alphabet, it becomes a code; out of a list of things, it is one of these."""
    population = call.arg(0, "seq", "population", "a")
    if population is None:
        return None
    value = call.machine.resolve(population)
    if value.texts() and not value.refs:
        return guessable(call)
    items, rest = items_of(call.machine, value)
    if rest is None and items and all(_is_sign(item) for item in items):
        return guessable(call)
    if call.name != "choice":
        return None
    from .builtins import one_of

    return one_of(call)


def _is_sign(item: Value) -> bool:
    return item.known and (
        isinstance(item.constant, int) or (isinstance(item.constant, str) and len(item.constant) == 1)
    )


@on_call("uuid.uuid1", "uuid.getnode")
def by_clock(call: Call) -> Value:
    """A UUID made of the clock and the machine's address."""
    return Value(RANDOM, path="uuid.UUID()", step=call.machine.step(call.node, None, label="the clock"))


@on_call("uuid.uuid4", "os.urandom", "secrets.token_bytes", "secrets.token_hex", "secrets.token_urlsafe")
def unguessable(call: Call) -> Value:
    """What nobody can tell."""
    return UNKNOWN if not call.path.startswith("uuid") else Value(path="uuid.UUID()")
