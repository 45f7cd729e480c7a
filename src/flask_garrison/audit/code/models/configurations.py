"""ConfigParser: what was read into it, and what was set in it by section and name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..interpreter.expressions import entries_of
from ..values.heap import joined_optional
from ..values.objects import Record
from ..values.taint import Use
from ..values.value import NONE, UNKNOWN, Value, constant, join
from .registry import alias, on_call, on_item, on_set
from .support import carried

if TYPE_CHECKING:
    import ast

    from ..events import Call
    from ..interpreter.machine import Machine

PARSER: Final = "configparser.ConfigParser()"
SECTION: Final = "configparser.SectionProxy()"
_READ: Final = "@read"

alias(
    {
        "configparser.RawConfigParser": "configparser.ConfigParser",
        "configparser.SafeConfigParser": "configparser.ConfigParser",
        "ConfigParser.ConfigParser": "configparser.ConfigParser",
        "ConfigParser.RawConfigParser": "configparser.ConfigParser",
    }
)


@on_call("configparser.ConfigParser")
def made(call: Call) -> Value:
    """A parser with nothing in it."""
    return Value(path=PARSER, refs=(Record({}),))


def _record(call: Call) -> Record | None:
    refs = call.receiver.refs if call.receiver is not None else ()
    return next((ref for ref in refs if isinstance(ref, Record)), None)


@on_call(f"{PARSER}.read_string", f"{PARSER}.read_file", f"{PARSER}.readfp", f"{PARSER}.read_dict")
def read(call: Call) -> Value:
    """What is read can be under any name."""
    record, value = _record(call), call.arg(0)
    if record is not None and value is not None:
        old = record.payload.get(_READ)
        read_now = carried(call, value)
        call.machine.heap.write(record, {**record.payload, _READ: joined_optional(old, read_now)})
    return NONE


@on_call(f"{PARSER}.set")
def set_(call: Call) -> Value:
    """``parser.set(section, name, value)``."""
    if call.receiver is not None and len(call.args) > 2:
        _put(call.machine, call.receiver, call.args[0], call.args[1], call.args[2])
    return NONE


@on_set(f"{PARSER}[]")
def set_section(machine: Machine, owner: Value, key: Value, value: Value, node: ast.AST) -> None:
    """``parser[section] = {name: value}``."""
    items, rest, _ = entries_of(machine, value)
    for name, item_ in items.items():
        _put(machine, owner, key, constant(name), item_)
    if rest is not None and rest.taint:
        _put(machine, owner, key, UNKNOWN, rest)


@on_set(f"{SECTION}[]")
def set_in_section(machine: Machine, owner: Value, key: Value, value: Value, node: ast.AST) -> None:
    """``parser[section][name] = value``."""
    if owner.derived is not None:
        _put(machine, owner, owner.derived[1], key, value)


def _put(machine: Machine, owner: Value, section: Value, name: Value, value: Value) -> None:
    for ref in owner.refs:
        if isinstance(ref, Record):
            key = _key(section, name) or _READ
            old = ref.payload.get(_READ) if key == _READ else None
            machine.heap.write(ref, {**ref.payload, key: value if old is None else join(old, value)})


def _key(section: Value, name: Value) -> str | None:
    if section.known and name.known:
        return f"{section.constant}\n{str(name.constant).lower()}"
    return None


def _found(record: Record | None, section: Value, name: Value) -> Value:
    if record is None:
        return UNKNOWN
    key = _key(section, name)
    if key is not None and key in record.payload:
        found: Value = record.payload[key]
        return found
    if key is not None:
        return record.payload.get(_READ) or UNKNOWN
    whole = UNKNOWN
    for value in record.payload.values():
        whole = join(whole, value)
    return whole


@on_call(f"{PARSER}.get")
def get(call: Call) -> Value:
    """``parser.get(section, name, fallback=...)``."""
    if len(call.args) < 2:
        return UNKNOWN
    found = _found(_record(call), call.args[0], call.args[1])
    fallback = call.arg(None, "fallback")
    return found if fallback is None else join(found, fallback)


@on_call(*(f"{owner}.{name}" for owner in (PARSER, SECTION) for name in ("getint", "getfloat", "getboolean")))
def typed(call: Call) -> Value:
    """A number."""
    made = carried(call, call.receiver)
    return Value(made.taint & Use.CLIENT, step=made.step)


@on_item(PARSER)
def section(machine: Machine, value: Value, key: Value, node: ast.AST) -> Value | None:
    """``parser[section]``."""
    return Value(path=SECTION, refs=value.refs, derived=("section", key, None))


@on_item(SECTION)
def item(machine: Machine, value: Value, key: Value, node: ast.AST) -> Value | None:
    """``parser[section][name]``."""
    record = next((ref for ref in value.refs if isinstance(ref, Record)), None)
    return _found(record, value.derived[1], key) if value.derived is not None else UNKNOWN


@on_call(f"{SECTION}.get")
def get_of_section(call: Call) -> Value:
    """``parser[section].get(name, fallback)``."""
    receiver = call.receiver
    if receiver is None or receiver.derived is None or not call.args:
        return UNKNOWN
    found = _found(_record(call), receiver.derived[1], call.args[0])
    fallback = call.arg(1, "fallback")
    return found if fallback is None else join(found, fallback)
