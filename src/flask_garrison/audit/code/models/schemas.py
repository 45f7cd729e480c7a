"""Schemas: what a validated model holds has the fields that it names, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..interpreter.classes import fields_of
from ..interpreter.expressions import entries_of, reach
from ..values.objects import Class, Instance, Mapping, Sequence
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


@on_call("pydantic.BaseModel.model_validate", "pydantic.BaseModel.parse_obj", "pydantic.BaseModel.model_validate_json")
def checked(call: Call) -> Value | None:
    """``Model.model_validate(data)``: an instance with its fields."""
    from ..interpreter.classes import instantiate

    value = call.arg(0, "obj", "json_data")
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Class) and value is not None:
            items, rest, _ = entries_of(call.machine, value)
            named = {key: item for key, item in items.items() if isinstance(key, str)}
            return instantiate(call.machine, ref, [], named, call.node, more=rest)
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


def _is_many(call: Call) -> bool:
    """Return whether a schema is for a list of objects: ``Schema(many=True)``, ``load(data, many=True)``."""
    given = call.arg(None, "many")
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Instance) and given is None:
            given = ref.payload.get("many")
    return given is not None and given.is_only(True)


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
        one = Value(refs=(Mapping({name: each.but() for name in names}),))
        return Value(refs=(Sequence((), one),)) if _is_many(call) else one
    kept = without(taint, _NAMES)
    return Value(kept, step=call.machine.step(call.node, step)) if kept else UNKNOWN
