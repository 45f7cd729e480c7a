"""Declarations that pydantic understands: models, dataclasses, typed dictionaries, annotated types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, get_args

from werkzeug.datastructures import MultiDict

from ..problems import INVALID, Problem, hide_strange, problem, unknown
from .base import Loaded, flatten
from .core_schema import all_names, tightened, top_names, validator_of

_MOST = 1_000
# Of models and typed dictionaries, and of dataclasses.
_UNKNOWN_KEYS = ("extra_forbidden", "unexpected_keyword_argument")


class ModelAdapter:
    """One part, declared with pydantic."""

    def __init__(self, part: str, declared: Any) -> None:
        self.part = part
        self._declared = declared

    @cached_property
    def _adapter(self) -> Any:
        from pydantic import TypeAdapter

        return TypeAdapter(self._declared)

    @cached_property
    def _tight(self) -> Any:
        return validator_of(tightened(self._adapter.core_schema, forbid=True))

    @cached_property
    def _loose(self) -> Any:
        return validator_of(tightened(self._adapter.core_schema, forbid=False))

    @cached_property
    def _known(self) -> set[str]:
        return all_names(self._adapter.core_schema)

    @cached_property
    def _names(self) -> dict[str, bool]:
        return top_names(self._adapter.core_schema)

    def names(self) -> Mapping[str, bool]:
        """Return the outermost fields under their names and aliases."""
        return self._names

    def json_schema(self) -> dict[str, Any]:
        """Return pydantic's JSON Schema; a type that has none stands as ``{}``."""
        from pydantic.json_schema import GenerateJsonSchema

        class Lenient(GenerateJsonSchema):
            def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> dict[str, Any]:
                return {}

        found: dict[str, Any] = self._adapter.json_schema(schema_generator=Lenient)
        return found

    def blank(self) -> None:
        """Return ``None``: there is nothing to make a model of."""

    def load_pairs(self, pairs: MultiDict[str, Any], refuse: bool) -> Loaded:
        """Validate text, which pydantic turns into numbers, dates and the like."""
        values, doubled = flatten(self.part, pairs, self._names)
        loaded = self.load_mapping(values, refuse)
        return Loaded(None, doubled + loaded.problems) if doubled else loaded

    def load_mapping(self, values: Mapping[str, Any], refuse: bool) -> Loaded:
        """Validate named values."""
        from pydantic import ValidationError

        try:
            return Loaded(self._validator(refuse).validate_python(dict(values)))
        except ValidationError as error:
            return Loaded(None, self._problems(error, values))

    def load_json(self, raw: bytes, data: Any, refuse: bool) -> Loaded:
        """Validate a JSON text in pydantic's JSON mode."""
        from pydantic import ValidationError

        try:
            return Loaded(self._validator(refuse).validate_json(raw))
        except ValidationError as error:
            return Loaded(None, self._problems(error, data))

    def _validator(self, refuse: bool) -> Any:
        return self._tight if refuse else self._loose

    def _problems(self, error: Any, data: Any) -> tuple[Problem, ...]:
        found = error.errors(include_url=False, include_input=False)
        # A list can have as many wrong items as the body has bytes. Whether there is an unknown key decides more than
        # how many others there are.
        strange = (item for item in found[_MOST:] if item["type"] in _UNKNOWN_KEYS)
        return tuple(self._problem(item, data) for item in (*found[:_MOST], *islice(strange, 1)))

    def _problem(self, item: Mapping[str, Any], data: Any) -> Problem:
        kind: str = item["type"]
        location: Sequence[str | int] = item["loc"]
        if kind in _UNKNOWN_KEYS:
            parent = hide_strange(_real(location[:-1], data), self._known)
            return unknown(self.part, parent, str(location[-1]))
        # An application's own kind of error is its own text, and may be made of the value.
        kind = kind if kind in _kinds() else INVALID
        return problem(self.part, kind, hide_strange(_real(location, data), self._known), item.get("ctx"))


def _kinds() -> tuple[str, ...]:
    from pydantic_core import core_schema

    return get_args(core_schema.ErrorType)


def _real(location: Sequence[str | int], data: Any) -> tuple[str | int, ...]:
    """Leave out of a location what is no place in the data: pydantic also names members of unions and validators."""
    steps: list[str | int] = []
    for index, step in enumerate(location):
        if _is_in(step, data):
            data = data[step]
        elif not (isinstance(data, Mapping) and index == len(location) - 1):
            continue
        steps.append(step)
    return tuple(steps)


def _is_in(step: str | int, data: Any) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, Mapping) and step in data
