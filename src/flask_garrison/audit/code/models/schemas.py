"""Schemas: what a validated model holds has the fields that it names, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..interpreter.classes import fields_of
from ..interpreter.expressions import reach
from ..values.objects import Instance, Mapping
from ..values.taint import Use, without
from ..values.value import UNKNOWN, Value
from .registry import on_call

if TYPE_CHECKING:
    from ..events import Call

_NAMES = Use.FIELDS | Use.NOSQL | Use.OBJECT


@on_call("pydantic.BaseModel().model_dump", "pydantic.BaseModel().dict", "pydantic.BaseModel().model_copy")
def dumped(call: Call) -> Value | None:
    """``model.model_dump()``: a mapping of its fields."""
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Instance):
            names = fields_of(ref.cls)
            held = {name: ref.payload.get(name, UNKNOWN) for name in names}
            return Value(refs=(Mapping({name: _value(value) for name, value in held.items()}),))
    return None


def _value(value: Value) -> Value:
    """Return a field's value: as dangerous as a text, under the name of the field."""
    taint = without(value.taint, Use.FIELDS)
    return value if taint == value.taint else value.but(taint=taint)


def _fields(schema: Value | None) -> list[str]:
    """Return the names of a schema's fields, where its class is one of the project."""
    found: dict[str, None] = {}
    for ref in schema.refs if schema is not None else ():
        if isinstance(ref, Instance):
            for cls in ref.cls.ancestors():
                found.update({name: None for name, item in cls.scope.payload.items() if ".fields." in item.path})
    return list(found)


@on_call("marshmallow.Schema().load", "marshmallow.Schema().loads", "?.validated_data")
def loaded(call: Call) -> Value | None:
    """``Schema().load(data)``: what it does not name is refused or dropped."""
    value = call.arg(0, "data", "json_data")
    if value is None:
        return None
    taint, step = reach(call.machine, value)
    names = _fields(call.receiver)
    if names:
        each = Value(without(taint, _NAMES), step=call.machine.step(call.node, step)) if taint else UNKNOWN
        return Value(refs=(Mapping({name: each.but() for name in names}),))
    kept = without(taint, _NAMES)
    return Value(kept, step=call.machine.step(call.node, step)) if kept else UNKNOWN
