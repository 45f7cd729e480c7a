"""Formats: what becomes of bytes and texts that are unpacked, and what a signature proves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import reach
from ..labels import ALL_LABELS
from ..values.refinement import Change, Test
from ..values.taint import ALL, LETTERS, Use, possible, weak
from ..values.value import EITHER, UNKNOWN, Value
from .registry import alias, on_call, on_class
from .support import carried, cleaned

if TYPE_CHECKING:
    import ast

    from ..events import Call
    from ..interpreter.machine import Machine
    from ..values.objects import Class

SIGNERS: Final = (
    "itsdangerous.Serializer()",
    "itsdangerous.TimedSerializer()",
    "itsdangerous.URLSafeSerializer()",
    "itsdangerous.URLSafeTimedSerializer()",
    "itsdangerous.Signer()",
    "itsdangerous.TimestampSigner()",
)

alias(
    {
        "cPickle.loads": "pickle.loads",
        "cPickle.load": "pickle.load",
        "_pickle.loads": "pickle.loads",
        "_pickle.load": "pickle.load",
        "six.moves.cPickle.loads": "pickle.loads",
        "cPickle.Unpickler": "pickle.Unpickler",
        "itsdangerous.JSONWebSignatureSerializer()": SIGNERS[0],
        "itsdangerous.TimedJSONWebSignatureSerializer()": SIGNERS[1],
        "itsdangerous.url_safe.URLSafeTimedSerializer()": SIGNERS[3],
        "itsdangerous.url_safe.URLSafeSerializer()": SIGNERS[2],
        "itsdangerous.serializer.Serializer()": SIGNERS[0],
        "itsdangerous.timed.TimestampSigner()": SIGNERS[5],
        "simplejson.loads": "json.loads",
        "ujson.loads": "json.loads",
        "orjson.loads": "json.loads",
        "flask.json.loads": "json.loads",
        "simplejson.load": "json.load",
    }
)


@on_call("json.loads", "json.load")
def from_json(call: Call) -> Value:
    """JSON can be anything but code: texts, and mappings under any name."""
    taint, step = reach(call.machine, call.arg(0, "s", "fp", "stream") or UNKNOWN)
    if not taint:
        return UNKNOWN
    whole = ALL if taint & Use.CLIENT or taint & ALL else weak(ALL)
    return Value(whole, step=call.machine.step(call.node, step), path="json.loads()")


@on_call(
    *(f"base64.{name}" for name in ("b64decode", "urlsafe_b64decode", "standard_b64decode", "b32decode", "b85decode")),
    "base64.b16decode",
    "base64.decodebytes",
    "base64.a85decode",
    "binascii.unhexlify",
    "binascii.a2b_base64",
    "binascii.a2b_hex",
    "bytes.fromhex",
    "bytearray.fromhex",
    "codecs.decode",
    "zlib.decompress",
    "gzip.decompress",
    "bz2.decompress",
    "lzma.decompress",
    "itsdangerous.base64_decode",
)
def unpacked(call: Call) -> Value:
    """Bytes of any kind come out, whatever was tested before."""
    taint, step = reach(call.machine, call.arg(0) or UNKNOWN)
    if not taint:
        return UNKNOWN
    whole = ALL & ~Use.NOSQL & ~Use.FIELDS
    return Value(whole if taint & ALL else weak(whole), step=call.machine.step(call.node, step))


@on_call(
    *(f"base64.{name}" for name in ("b64encode", "urlsafe_b64encode", "standard_b64encode", "b32encode", "b16encode")),
    "binascii.hexlify",
    "base64.encodebytes",
)
def packed(call: Call) -> Value:
    """Letters and digits, with ``+``, ``/`` and ``=`` at most."""
    taint, step = reach(call.machine, call.arg(0) or UNKNOWN)
    kept = taint & (Use.CLIENT | Use.OBJECT | Use.TYPE | Use.MAC | ALL_LABELS)
    return Value(kept, step=call.machine.step(call.node, step)) if kept else UNKNOWN


@on_call(*(f"{signer}.{name}" for signer in SIGNERS for name in ("loads", "unsign", "load")))
def verified(call: Call) -> Value:
    """What was signed is what the application signed."""
    return UNKNOWN


@on_call(*(f"{signer}.{name}" for signer in SIGNERS for name in ("dumps", "sign")))
def signed(call: Call) -> Value:
    """Letters, digits and ``._-``."""
    return UNKNOWN


@on_call(*(f"{signer}.loads_unsafe" for signer in SIGNERS))
def unverified(call: Call) -> Value:
    """``loads_unsafe`` returns what was sent, signed or not."""
    return carried(call, call.arg(0))


@on_call(*(f"{name}.dumps" for name in ("pickle", "dill", "cloudpickle", "marshal")), "jsonpickle.encode")
def pickled(call: Call) -> Value:
    """What the application packs itself, it may unpack."""
    return UNKNOWN


@on_call(*(f"{name}.dumps" for name in ("json", "simplejson", "flask.json", "ujson")))
def json_text(call: Call) -> Value:
    """A literal of JavaScript: within its strings quotes and line breaks are escaped, and ``</script>`` is not."""
    made = cleaned(call, call.arg(0, "obj"), Use.SCRIPT | Use.LINE | Use.LOG | Use.NOSQL | Use.FIELDS | Use.OBJECT)
    return made.but(derived=None) if made.taint else UNKNOWN


# --- message authentication codes ------------------------------------------------------------------------------------


@on_call("hmac.new", "hmac.digest", "hmac.HMAC")
def mac(call: Call) -> Value:
    """A code over a message: equal to the one that was sent, it proves the message."""
    key, message = call.arg(0, "key"), call.arg(1, "msg")
    path = "hmac.new()" if call.path != "hmac.digest" else ""
    step = call.machine.step(call.node, None, label="a code made with a key")
    if message is None or not call.machine.taint(message) or (key is not None and chosen_by_client(call, key)):
        return Value(Use.MAC, path=path, step=step)
    return Value(Use.MAC, path=path, step=step, derived=("code", message, None))


def chosen_by_client(call: Call, value: Value) -> bool:
    """Return whether a client has a hand in a value; that it is a secret is a label of another kind."""
    return possible(call.machine.taint(value), ALL)


@on_call("hmac.new().digest", "hmac.new().hexdigest")
def mac_text(call: Call) -> Value:
    """The code as bytes or text."""
    receiver = call.receiver
    if receiver is None:
        return UNKNOWN
    code = None if receiver.derived is None else ("code", receiver.derived[1], None)
    return Value(receiver.taint, step=receiver.step, derived=code)


@on_call("hmac.compare_digest", "secrets.compare_digest")
def same_digest(call: Call) -> Value:
    """Where two codes are the same, the message is the one that was signed."""
    changes = []
    for value in call.args[:2]:
        while value.derived is not None and value.derived[0] in ("same", "text", "case"):
            value = value.derived[1]
        if value.derived is not None and value.derived[0] == "code":
            changes.append(Change(value.derived[1], LETTERS | Use.CLIENT))
    return Value(consts=EITHER.consts, test=Test(tuple(changes)) if changes else None)


# --- unpicklers of one's own -----------------------------------------------------------------------------------------


@on_class("pickle.Unpickler")
def unpickler(
    machine: Machine, cls: Class, args: list[Value], keywords: dict[str, Value], node: ast.AST, more: Value | None
) -> Value:
    """A class that chooses what may be loaded in ``find_class`` loads nothing else."""
    if any("find_class" in one.scope.payload for one in cls.ancestors()):
        return Value(path="pickle.CheckedUnpickler()")
    stream = args[0] if args else keywords.get("file", UNKNOWN)
    taint, step = reach(machine, stream)
    return Value(taint, path="pickle.Unpickler()", step=step)


@on_call("pickle.Unpickler")
def plain_unpickler(call: Call) -> Value:
    """``Unpickler(stream)``."""
    taint, step = reach(call.machine, call.arg(0, "file") or UNKNOWN)
    return Value(taint, path="pickle.Unpickler()", step=step)


@on_call("ruamel.yaml.YAML")
def ruamel(call: Call) -> Value:
    """``YAML(typ="unsafe")``."""
    kind = call.arg(None, "typ")
    unsafe = kind is not None and kind.could_be("unsafe")
    return Value(path="ruamel.yaml.YAML()", derived=("unsafe yaml", UNKNOWN, None) if unsafe else None)


@on_call("yaml.safe_load", "yaml.safe_load_all", "ruamel.yaml.YAML().load", "yaml.load", "yaml.load_all")
def from_yaml(call: Call) -> Value | None:
    """YAML without objects is like JSON."""
    return from_json(call)
