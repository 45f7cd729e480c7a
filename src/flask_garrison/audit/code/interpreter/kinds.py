"""Of which type a value is, and what a test for that proves."""

from __future__ import annotations

from typing import Any, Final

from ..values.objects import Mapping, Sequence
from ..values.refinement import Change, Test
from ..values.taint import LETTERS, Use
from ..values.value import Value
from .machine import Machine

_KINDS: Final[dict[str, type]] = {"int": int, "float": float, "bool": bool, "str": str, "bytes": bytes}
_CONTAINERS: Final = {"list", "dict", "tuple", "set", "frozenset"}
_NUMBERS: Final = frozenset({"int", "float", "bool", "complex", "decimal.Decimal", "uuid.UUID"})

_FILES: Final = ("FileStorage", "io.BytesIO", "io.IOBase", "io.RawIOBase", "io.BufferedIOBase", "TemporaryFile")
IS_FILE: Final = ("is", "file")
"""The fact that a value is an open file, and no path."""


def of_kind(machine: Machine, value: Value, kinds: set[str]) -> tuple[bool | None, Test]:
    """Return whether a value is an object of one of some types of Python, where that is known, and what follows."""
    if not kinds or "" in kinds or "object" in kinds:
        return None, Test()
    if machine.taint(value):
        if all(kind.endswith(_FILES) for kind in kinds):
            return None, Test((Change(value, facts=frozenset({IS_FILE})),))
        uses = LETTERS if kinds <= _NUMBERS else 0
        if not uses and kinds <= _NUMBERS | {"str", "bytes"}:
            uses = Use.NOSQL | Use.FIELDS | Use.OBJECT
        return None, Test((Change(value, uses),)) if uses else Test()
    if not kinds <= _KINDS.keys() | _CONTAINERS:
        return None, Test()
    answers: set[bool] = set()
    if value.consts is not None and not value.refs:
        types = tuple(_KINDS[name] for name in kinds if name in _KINDS)
        answers = {isinstance(item, types) for item in value.consts}
    elif value.refs and all(isinstance(ref, (Sequence, Mapping)) for ref in value.refs):
        answers = {_container_kind(ref) in kinds for ref in value.refs}
    return (answers.pop() if len(answers) == 1 else None), Test()


def _container_kind(ref: Any) -> str:
    return "dict" if isinstance(ref, Mapping) else "list" if ref.kind not in _CONTAINERS else str(ref.kind)
