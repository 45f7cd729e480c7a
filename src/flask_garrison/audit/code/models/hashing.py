"""Digests: of what they are made, and whether collisions of the function are known."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import reach
from ..labels import DIGEST, PASSWORD, RANDOM, SECRET
from ..values.objects import Record
from ..values.taint import ALL, Use, both, weak
from ..values.value import UNKNOWN, Value, constant
from .registry import alias, on_call

if TYPE_CHECKING:
    from ..events import Call

HASH: Final = "hashlib.hash()"
BROKEN: Final = frozenset({"md4", "md5", "sha1", "sha", "ripemd160"})
FAST: Final = BROKEN | {
    *("sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s"),
    *("shake_128", "shake_256", "sm3"),
}
CONSTRUCTORS: Final = tuple(f"hashlib.{name}" for name in sorted(FAST))
_OTHERS: Final = {
    f"Crypto.Hash.{name}.new": name.lower()
    for name in ("MD4", "MD5", "SHA1", "SHA", "SHA224", "SHA256", "SHA384", "SHA512")
} | {"md5.new": "md5", "sha.new": "sha1"}

alias({path.replace("Crypto.", "Cryptodome."): path for path in _OTHERS})


def function_of(call: Call) -> str:
    """Return the name of the digest that a call makes, or an empty text where it is not known."""
    if call.path in _OTHERS:
        return _OTHERS[call.path]
    if call.path == "hashlib.new":
        name = call.arg(0, "name")
        texts = name.texts() if name is not None else ()
        return texts[0].lower().replace("-", "") if len(texts) == 1 else ""
    return call.path.rpartition(".")[2]


def data_of(call: Call) -> Value | None:
    """Return what is hashed."""
    return call.arg(1, "data", "string") if call.path == "hashlib.new" else call.arg(0, "data", "string")


def for_security(call: Call) -> bool:
    """Return whether the code does not say that the digest has nothing to do with security."""
    used = call.arg(None, "usedforsecurity")
    return used is None or not used.is_only(False)


@on_call("hashlib.new", *CONSTRUCTORS, *_OTHERS)
def digest(call: Call) -> Value:
    """A digest keeps nothing of a text's dangers, and says what it was made of."""
    labels = DIGEST if function_of(call) in BROKEN and for_security(call) else 0
    if made_of_clock(call):
        labels |= RANDOM
    state = _with(call, Value(labels, step=call.machine.step(call.node, None)), data_of(call))
    name = constant(function_of(call))
    return Value(state.taint, path=HASH, refs=(Record({_STATE: state, _NAME: name}),), step=state.step)


OF_CLIENT: Final = weak(Use.CLIENT)
"""Of a digest that is made of what a client sent: nothing of its text is the client's choice."""
_STATE: Final = "@state"
_NAME: Final = "@name"


def _with(call: Call, state: Value, data: Value | None) -> Value:
    """Return what a digest is made of once data are added."""
    if data is None:
        return state
    whole, step = reach(call.machine, data)
    taint = whole & (PASSWORD | SECRET) | (OF_CLIENT if whole & both(ALL) else 0)
    if not taint:
        return state
    hashed = call.machine.step(call.node, step or state.step) if taint & ~OF_CLIENT else state.step
    return Value(state.taint | taint, step=hashed)


@on_call(f"{HASH}.update")
def update(call: Call) -> Value:
    """``digest.update(data)``."""
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Record) and _STATE in ref.payload:
            state = _with(call, ref.payload[_STATE], call.arg(0, "data"))
            call.machine.heap.write(ref, {**ref.payload, _STATE: state})
    return UNKNOWN


def state_of(value: Value | None) -> tuple[str, Value]:
    """Return the function of a digest, and what it is made of so far."""
    for ref in value.refs if value is not None else ():
        if isinstance(ref, Record) and _STATE in ref.payload:
            return str(ref.payload[_NAME].constant), ref.payload[_STATE]
    return "", UNKNOWN


_CLOCK: Final = frozenset({"time", "time_ns", "now", "utcnow", "today", "monotonic", "perf_counter", "uuid1", "getpid"})
_SURE: Final = re.compile(r"secret|urandom|token|uuid4|key|password|salt|request|file|body|data|read", re.IGNORECASE)


def made_of_clock(call: Call) -> bool:
    """Return whether a digest is made of the time of day and nothing that is secret: it can be computed again."""
    names: set[str] = set()
    for argument in getattr(call.node, "args", ()):
        for node in ast.walk(argument):
            if isinstance(node, ast.Attribute):
                names.add(node.attr)
            elif isinstance(node, ast.Name):
                names.add(node.id)
    return not names.isdisjoint(_CLOCK) and not any(map(_SURE.search, names))


@on_call(f"{HASH}.digest", f"{HASH}.hexdigest")
def digested(call: Call) -> Value:
    """The digest as bytes or as text."""
    _, state = state_of(call.receiver)
    labels = state.taint & (DIGEST | PASSWORD | SECRET | RANDOM)
    return Value(labels | (state.taint & OF_CLIENT), step=state.step) if labels else UNKNOWN


@on_call(f"{HASH}.copy")
def copied(call: Call) -> Value:
    """Another digest that goes on from here."""
    name, state = state_of(call.receiver)
    return Value(state.taint, path=HASH, refs=(Record({_STATE: state, _NAME: constant(name)}),), step=state.step)
