"""Declarations that are WTForms classes, Flask-WTF's included."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from ..problems import INVALID, MISSING, Problem, duplicate, problem, unknown
from .base import Loaded


class FormAdapter:
    """One part, declared as a form class; the view receives the bound form."""

    takes_tokens = True

    def __init__(self, part: str, declared: Any) -> None:
        self.part = part
        self._form = declared

    def names(self) -> Mapping[str, bool]:
        """Return the fields of the class; those of forms inside it are known once a form is made."""
        return {name: False for name in dir(self._form) if hasattr(getattr(self._form, name, None), "field_class")}

    def json_schema(self) -> dict[str, Any]:
        """Return the names of the fields; WTForms does not tell their types."""
        return {"type": "object", "properties": {name: {} for name in self.names()}, "additionalProperties": False}

    def blank(self) -> Any:
        """Return an empty form, to be shown."""
        return self._form(formdata=None)

    def load_pairs(self, pairs: MultiDict[str, Any], refuse: bool) -> Loaded:
        """Bind a form and validate it; unknown and doubled fields come first."""
        form = self._form(formdata=pairs)
        fields = dict(_fields_of(form))
        allowed = {*fields, "csrf_token", form.meta.csrf_field_name}
        strange = [unknown(self.part, (), name) for name in pairs if name not in allowed] if refuse else []
        doubled = [duplicate(self.part, name) for name, field in fields.items() if _is_doubled(pairs, name, field)]
        if strange or doubled:
            return Loaded(None, (*strange, *doubled))
        if form.validate():
            return Loaded(form)
        return Loaded(form, tuple(_problems(self.part, form, fields)))

    def load_mapping(self, values: Mapping[str, Any], refuse: bool) -> Loaded:
        """Validate named values as a form's text."""
        return self.load_pairs(MultiDict({name: str(value) for name, value in values.items()}), refuse)

    def load_json(self, raw: bytes, data: Any, refuse: bool) -> Loaded:
        """Validate a flat JSON object as a form; a form has no place for other JSON."""
        if not isinstance(data, dict) or any(isinstance(value, dict) for value in data.values()):
            return Loaded(None, (problem(self.part, INVALID, ()),))
        given = {name: _as_text(value) for name, value in data.items() if value is not None}
        return self.load_pairs(MultiDict(given), refuse)


def _as_text(value: Any) -> Any:
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return value if isinstance(value, str) else json.dumps(value)


def _fields_of(form: Any) -> Iterator[tuple[str, Any]]:
    """Yield every field under the name that it has in a request, forms and lists inside a form included."""
    for field in form:
        yield from _leaves_of(field)


def _leaves_of(field: Any) -> Iterator[tuple[str, Any]]:
    inner = getattr(field, "form", None)
    if inner is not None and hasattr(inner, "_fields"):
        yield from _fields_of(inner)
    elif hasattr(field, "entries"):
        for entry in field.entries:
            yield from _leaves_of(entry)
    else:
        yield field.name, field


def _is_doubled(pairs: MultiDict[str, Any], name: str, field: Any) -> bool:
    return len(pairs.getlist(name)) > 1 and not isinstance(field.data, list | tuple | set)


def _problems(part: str, form: Any, fields: Mapping[str, Any]) -> Iterator[Problem]:
    found = False
    for name, field in fields.items():
        if field.errors:
            found = True
            given = [value for value in field.raw_data or () if value]
            yield problem(part, INVALID if given else MISSING, (name,))
    if not found:
        yield problem(part, INVALID, ())
