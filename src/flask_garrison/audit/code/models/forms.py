"""Forms of WTForms: each field is what its kind says; what a form holds has the names that it lists."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from ..interpreter.attributes import attribute_of
from ..interpreter.expressions import items_of
from ..values.objects import Class, Instance, Mapping, Sequence
from ..values.taint import TEXT, Use, without
from ..values.value import UNKNOWN, Value
from .registry import alias, on_attribute, on_call
from .support import client
from .uploads import FILE

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

_TEXTS: Final = ("StringField", "TextAreaField", "PasswordField", "HiddenField", "SearchField", "URLField", "TelField")
_CHOSEN: Final = (
    *("IntegerField", "FloatField", "DecimalField", "BooleanField", "DateField", "DateTimeField", "TimeField"),
    *("SelectField", "RadioField", "SelectMultipleField", "IntegerRangeField", "MonthField", "DateTimeLocalField"),
)
_FILES: Final = ("FileField", "MultipleFileField")
_ALL: Final = (*_TEXTS, "EmailField", "Field", *_CHOSEN, *_FILES)
_MODULES: Final = (
    "wtforms.fields",
    "wtforms.fields.simple",
    "wtforms.fields.core",
    "wtforms.fields.html5",
    "flask_wtf.file",
)

alias({f"{module}.{name}": f"wtforms.{name}" for module in _MODULES for name in _ALL})
alias(
    {
        "flask_wtf.FlaskForm": "wtforms.Form",
        "flask_wtf.form.FlaskForm": "wtforms.Form",
        "flask_wtf.Form": "wtforms.Form",
    }
)


@on_call(*(f"wtforms.{name}" for name in _ALL))
def field(call: Call) -> Value:
    """A field, with what it was made with."""
    return Value(path=f"{call.path}()", derived=("field", UNKNOWN, call))


@on_attribute(*(f"wtforms.{name}().data" for name in (*_TEXTS, "EmailField", "Field")))
def text(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """A text of the client's; with ``AnyOf`` one of those that the form lists."""
    if _has_validator(machine, value, "AnyOf"):
        return client(machine, node, "a form field", value, taint=Use.CLIENT)
    return client(machine, node, "a form field", value, taint=TEXT)


@on_attribute(*(f"wtforms.{name}().data" for name in _CHOSEN))
def choice(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """A number, or one of the choices that the form lists."""
    return client(machine, node, "a form field", value, taint=Use.CLIENT)


@on_attribute(*(f"wtforms.{name}().data" for name in _FILES))
def upload(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """An upload, whose ending was looked at where the field has ``FileAllowed``."""
    taint = TEXT | Use.OBJECT
    if _has_validator(machine, value, "FileAllowed"):
        taint = without(taint, Use.TYPE)
    found = client(machine, node, "form file field", value, taint=taint, path=FILE)
    return Value(refs=(Sequence((), found),)) if "Multiple" in path else found


def _has_validator(machine: Machine, value: Value, name: str) -> bool:
    call: Call | None = value.derived[2] if value.derived is not None else None
    given = call.arg(1, "validators") if call is not None else None
    if given is None and call is not None:
        given = call.arg(0, "validators")
    items, rest = items_of(machine, given) if given is not None else ([], None)
    return any(name in item.path for item in (*items, *([rest] if rest is not None else [])))


@on_attribute("wtforms.Form().data")
def whole(machine: Machine, value: Value, path: str, node: ast.AST) -> Value | None:
    """``form.data``: a mapping from the names of the fields."""
    found: dict[str, Value] = {}
    for ref in value.refs:
        cls = ref.cls if isinstance(ref, Instance) else ref
        for one in cls.ancestors() if isinstance(cls, Class) else ():
            for name, item in one.scope.payload.items():
                if item.path.startswith("wtforms."):
                    found.setdefault(name, attribute_of(machine, item, "data", node))
    return Value(refs=(Mapping(found),)) if found else None
