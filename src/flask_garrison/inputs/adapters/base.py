"""What every kind of declaration can do: name its fields, and make values of what came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from werkzeug.datastructures import MultiDict

from ..problems import Problem, duplicate


class Loaded(NamedTuple):
    """What became of one part of a request.

    Attributes:
        value: What the view gets; with problems it is ``None``, or a form that carries its own errors.
        problems: What is wrong; empty when the value may be used.
    """

    value: Any
    problems: tuple[Problem, ...] = ()


class Adapter(Protocol):
    """A declaration of one part, whatever library it is written with.

    ``refuse`` says whether keys that are not declared are problems; else they are left to the declaration.
    """

    part: str

    def names(self) -> Mapping[str, bool]:
        """Return the fields, each with whether it takes several values."""

    def json_schema(self) -> dict[str, Any]:
        """Return the fields as JSON Schema, as far as the library tells."""

    def blank(self) -> Any:
        """Return what the view gets where a method carries no body."""

    def load_pairs(self, pairs: MultiDict[str, Any], refuse: bool) -> Loaded:
        """Make a value of a query or a form."""

    def load_mapping(self, values: Mapping[str, Any], refuse: bool) -> Loaded:
        """Make a value of named values: path and headers."""

    def load_json(self, raw: bytes, data: Any, refuse: bool) -> Loaded:
        """Make a value of a well-formed JSON text: ``raw`` as it came, ``data`` as Python parses it."""


def flatten(
    part: str, pairs: MultiDict[str, Any], names: Mapping[str, bool]
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return each field's value or list of values, and the fields for one value that came with several."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, given in pairs.lists():
        takes_list = names.get(name, len(given) > 1)
        if not takes_list and len(given) > 1:
            problems.append(duplicate(part, name))
        values[name] = given if takes_list else given[0]
    return values, tuple(problems)
