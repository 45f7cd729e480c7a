"""Schemas: what a validated model holds has the fields that it names, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..interpreter.classes import fields_of
from ..interpreter.expressions import entries_of, reach
from ..values.objects import Class, Instance, Mapping, Sequence
from ..values.taint import Use, both, weak, without
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


_TYPED: Final = frozenset({
    *("Integer", "Int", "Float", "Decimal", "Boolean", "Bool", "UUID", "Enum", "IP", "IPv4", "IPv6", "IPInterface"),
    *("DateTime", "NaiveDateTime", "AwareDateTime", "Date", "Time", "TimeDelta"),
})  # fmt: skip
"""Fields that let through what has nothing of the client's text."""
_ANYTHING: Final = frozenset({"Raw", "Field"})
"""Fields that let through whatever they are given: a text, a file, an object."""


def _fields(schema: Value | None) -> dict[str, str]:
    """Return the names of a schema's fields with the types of these, where its class is one of the project."""
    found: dict[str, str] = {}
    for ref in schema.refs if schema is not None else ():
        if isinstance(ref, Instance):
            for cls in ref.cls.ancestors():
                for name, item in cls.scope.payload.items():
                    if ".fields." in item.path:
                        found.setdefault(name, item.path.rpartition(".")[2].removesuffix("()"))
    return found


def _of_field(kind: str, taint: int) -> int:
    """Return what a field of some type lets through."""
    if kind in _TYPED:
        return taint & both(Use.CLIENT)
    return weak(taint) if kind in _ANYTHING else without(taint, _NAMES)


@on_call("marshmallow.fields.String", "marshmallow.fields.Str")
def one_of_some(call: Call) -> Value | None:
    """``fields.String(validate=OneOf(...))``: one of the code's own texts."""
    rule = call.arg(None, "validate")
    return Value(path="marshmallow.fields.Enum()") if rule is not None and rule.path.endswith(".OneOf()") else None


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
        made = call.machine.step(call.node, step) if taint else None
        held = {name: Value(_of_field(kind, taint), step=made) for name, kind in names.items()}
        one = Value(refs=(Mapping(held),))
        return Value(refs=(Sequence((), one),)) if _is_many(call) else one
    kept = without(taint, _NAMES)
    return Value(kept, step=call.machine.step(call.node, step)) if kept else UNKNOWN
