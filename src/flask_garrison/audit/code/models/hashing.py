"""Digests: of what they are made, and whether collisions of the function are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import reach
from ..labels import DIGEST, PASSWORD, SECRET
from ..values.value import UNKNOWN, Value
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
    f"Crypto.Hash.{name}.new": name.lower() for name in ("MD4", "MD5", "SHA1", "SHA", "SHA224", "SHA256", "SHA384", "SHA512")
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
    value = data_of(call)
    taint = reach(call.machine, value)[0] if value is not None else 0
    labels = taint & (PASSWORD | SECRET)
    if function_of(call) in BROKEN and for_security(call):
        labels |= DIGEST
    if not labels:
        return Value(path=HASH)
    return Value(labels, path=HASH, step=call.machine.step(call.node, value.step if value is not None else None))


@on_call(f"{HASH}.digest", f"{HASH}.hexdigest", f"{HASH}.copy")
def digested(call: Call) -> Value:
    """The digest as bytes or as text."""
    receiver = call.receiver or UNKNOWN
    labels = receiver.taint & (DIGEST | PASSWORD | SECRET)
    return Value(labels, step=receiver.step) if labels else UNKNOWN
