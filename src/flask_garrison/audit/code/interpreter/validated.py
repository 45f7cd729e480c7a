"""What is left of a client's value in a field of a model that checks types: a number is no text, a text no object."""

from __future__ import annotations

import ast
from typing import Final

from ..values.objects import Class
from ..values.taint import LETTERS, Use, both, without
from ..values.value import Value

_CHECKED: Final = frozenset({"pydantic.BaseModel", "pydantic.dataclasses.dataclass", "sqlmodel.SQLModel"})
_NUMBERS: Final = frozenset(
    {
        "int",
        "float",
        "bool",
        "Decimal",
        "UUID",
        "UUID1",
        "UUID4",
        "date",
        "datetime",
        "time",
        "timedelta",
        "StrictInt",
        "StrictBool",
        "StrictFloat",
        "PositiveInt",
        "NonNegativeInt",
        "NegativeInt",
        "PositiveFloat",
        "NonNegativeFloat",
        "conint",
        "confloat",
        "condecimal",
        "IPv4Address",
    }
)
_TEXTS: Final = frozenset(
    {"str", "StrictStr", "EmailStr", "constr", "AnyUrl", "HttpUrl", "AnyHttpUrl", "SecretStr", "NameEmail"}
)
_WRAPPERS: Final = frozenset(
    {"Optional", "Annotated", "Field", "None", "Union", "list", "List", "set", "tuple", "conlist", "typing"}
)


def checks_types(cls: Class) -> bool:
    """Return whether a class checks the types of its fields."""
    return not _CHECKED.isdisjoint(cls.library_bases()) or not _CHECKED.isdisjoint(cls.decorators)


def validated(cls: Class, name: str, value: Value) -> Value:
    """Return what is left of a value in a field."""
    annotation = next((one.fields[name] for one in cls.ancestors() if name in one.fields), None)
    if annotation is None or not value.taint or value.refs:
        return value
    words = {one.id for one in ast.walk(annotation) if isinstance(one, ast.Name)} - _WRAPPERS
    if "Literal" in words:
        return Value(without(value.taint, LETTERS), step=value.step)
    if words and words <= _NUMBERS:
        return Value(value.taint & both(Use.CLIENT), step=value.step)
    if words and words <= _TEXTS | _NUMBERS:
        taint = without(value.taint, Use.NOSQL | Use.FIELDS | Use.OBJECT)
        return Value(taint, step=value.step, facts=value.facts, derived=("same", value, None))
    return value
