"""Declarations that are marshmallow schemas, as a class or an instance."""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from ..problems import INVALID, MISSING, Problem, hide_strange, problem, unknown
from .base import Loaded, flatten

_EXCLUDE = "exclude"
_RAISE = "raise"
_OF_SCHEMA = "_schema"


class SchemaAdapter:
    """One part, declared as a marshmallow schema; the view receives what ``load`` returns."""

    def __init__(self, part: str, declared: Any) -> None:
        self.part = part
        self._schema = declared() if isinstance(declared, type) else declared

    def names(self) -> Mapping[str, bool]:
        """Return the fields that are read, under the keys that they have in a request."""
        return {key: _takes_list(field) for key, field in _read_fields(self._schema)}

    def json_schema(self) -> dict[str, Any]:
        """Return the names of the fields; marshmallow itself writes no JSON Schema."""
        return {"type": "object", "properties": {name: {} for name in self.names()}}

    def blank(self) -> None:
        """Return ``None``: there is nothing to load."""

    def load_pairs(self, pairs: MultiDict[str, Any], refuse: bool) -> Loaded:
        """Load a query or a form."""
        values, doubled = flatten(self.part, pairs, self.names())
        loaded = self.load_mapping(values, refuse)
        return Loaded(None, doubled + loaded.problems) if doubled else loaded

    def load_mapping(self, values: Mapping[str, Any], refuse: bool) -> Loaded:
        """Load named values."""
        known = set(self.names())
        if not refuse and self._schema.unknown == _RAISE:
            values = {key: value for key, value in values.items() if key in known}
        return self._load(dict(values), refuse)

    def load_json(self, raw: bytes, data: Any, refuse: bool) -> Loaded:
        """Load a JSON text."""
        return self._load(data, refuse)

    def _load(self, data: Any, refuse: bool) -> Loaded:
        schema = self._schema
        if refuse:
            # A schema that the application shares must not change.
            schema = copy.deepcopy(schema)
            _tighten(schema, data)
        try:
            return Loaded(schema.load(data))
        except _library().ValidationError as error:
            return Loaded(None, tuple(_problems(self.part, error.normalized_messages(), data, _all_names(schema))))


def _library() -> Any:
    """Return the library: who gives a schema has imported it."""
    return sys.modules["marshmallow"]


def _read_fields(schema: Any) -> Iterator[tuple[str, Any]]:
    for name, field in schema.load_fields.items():
        yield field.data_key if field.data_key is not None else name, field


def _takes_list(field: Any) -> bool:
    fields = _library().fields
    return isinstance(field, fields.List | fields.Tuple) or bool(getattr(field, "many", False))


def _nested(field: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each schema below a field, with what came for it."""
    fields = _library().fields
    if isinstance(field, fields.Nested):
        yield field, value
    elif isinstance(field, fields.List) and isinstance(value, list):
        for item in value:
            yield from _nested(field.inner, item)
    elif isinstance(field, fields.Mapping) and isinstance(value, dict) and field.value_field is not None:
        for item in value.values():
            yield from _nested(field.value_field, item)


def _tighten(schema: Any, data: Any) -> None:
    """Make schemas refuse unknown keys where they drop them, as deep as the data goes (a schema can nest itself)."""
    if schema.unknown == _EXCLUDE:
        schema.unknown = _RAISE
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            continue
        for key, field in _read_fields(schema):
            for nested, value in _nested(field, item.get(key)):
                if nested.unknown == _EXCLUDE:
                    nested.unknown = _RAISE
                _tighten(nested.schema, value)


def _all_names(schema: Any) -> set[str]:
    names: set[str] = set()
    seen: set[type] = set()
    stack = [schema]
    while stack:
        item = stack.pop()
        if type(item) in seen:
            continue
        seen.add(type(item))
        for key, field in _read_fields(item):
            names.add(key)
            inner = getattr(field, "inner", None) or getattr(field, "value_field", None) or field
            if hasattr(inner, "nested"):
                stack.append(inner.schema)
    return names


def _problems(
    part: str, messages: Any, data: Any, known: set[str], location: tuple[str | int, ...] = ()
) -> Iterator[Problem]:
    if not isinstance(messages, dict):
        yield _problem(part, messages, data, known, location)
        return
    for key, inner in messages.items():
        step = () if key == _OF_SCHEMA else (key,)
        yield from _problems(part, inner, data, known, (*location, *step))


def _problem(part: str, messages: Any, data: Any, known: set[str], location: tuple[str | int, ...]) -> Problem:
    texts = messages if isinstance(messages, list) else [messages]
    if "Unknown field." in texts and location:
        return unknown(part, hide_strange(location[:-1], known), str(location[-1]))
    missing = "Missing data for required field." in texts
    return problem(part, MISSING if missing else INVALID, hide_strange(location, known))
