"""Problems of an input: where and of what kind, in words of our own, never with a submitted value.

A library's message can hold the value that it complains of, and so can the words of an application's validator. What is
sent and logged is therefore made of the kind of error alone, and of limits that the declaration states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

UNKNOWN = "unknown_key"
DUPLICATE = "duplicate"
MISSING = "missing"
INVALID = "invalid"
OTHER_WORDS = "This value is not accepted."
_HIDDEN = "*"
_NAME_LENGTH = 64
_PLAIN = {
    UNKNOWN: "There is a key here that this resource does not take.",
    DUPLICATE: "This is sent more than once and can be given only once.",
    MISSING: "This is required.",
}
_BY_ENDING = {
    "int": "A whole number is expected.",
    "float": "A number is expected.",
    "decimal": "A decimal number is expected.",
    "bool": "True or false is expected.",
    "string": "Text is expected.",
    "list": "A list is expected.",
    "set": "A list is expected.",
    "tuple": "A list is expected.",
    "dict": "An object is expected.",
    "model": "An object is expected.",
    "dataclass": "An object is expected.",
    "date": "A date is expected.",
    "datetime": "A date with a time is expected.",
    "time": "A time is expected.",
    "timedelta": "A duration is expected.",
    "url": "A web address is expected.",
    "uuid": "A UUID is expected.",
    "finite_number": "A finite number is expected.",
    "enum": "One of the offered values is expected.",
    "literal_error": "One of the offered values is expected.",
}
_LIMITS = {
    "greater_than": ("gt", "Must be greater than {}."),
    "greater_than_equal": ("ge", "Must be at least {}."),
    "less_than": ("lt", "Must be less than {}."),
    "less_than_equal": ("le", "Must be at most {}."),
    "multiple_of": ("multiple_of", "Must be a multiple of {}."),
    "string_too_short": ("min_length", "Must have at least {} characters."),
    "string_too_long": ("max_length", "Must have at most {} characters."),
    "too_short": ("min_length", "Must have at least {} items."),
    "too_long": ("max_length", "Must have at most {} items."),
}


class Problem(NamedTuple):
    """One thing that is wrong with one part of a request.

    Attributes:
        part: ``query``, ``form``, ``json``, ``path`` or ``headers``.
        kind: An error type of pydantic, or ``unknown_key``, ``duplicate``, ``missing``, ``invalid``.
        location: Keys and indexes that the declaration knows; ``*`` stands for a key that a client chose.
        detail: Words for the client.
        stray: The unknown key, for the operator alone.
    """

    part: str
    kind: str
    location: tuple[str | int, ...]
    detail: str
    stray: str = ""

    @property
    def is_correctable(self) -> bool:
        """Whether a visitor who fills in a form can be its cause: no honest page sends unknown or doubled fields."""
        return self.kind not in (UNKNOWN, DUPLICATE)

    @property
    def parameter(self) -> str:
        """Name of the parameter for events."""
        return ".".join(str(step) for step in (*self.location, *((self.stray[:_NAME_LENGTH],) if self.stray else ())))

    def as_dict(self) -> dict[str, str]:
        """Return the member of ``errors`` in a problem document (RFC 9457); a place in JSON is a pointer (RFC 6901)."""
        place = {"pointer": pointer(self.location)} if self.part == "json" else {"name": _dotted(self.location)}
        return {"in": self.part, **place, "detail": self.detail, "type": self.kind}


def pointer(location: Iterable[str | int]) -> str:
    """Return a JSON Pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in location)


def _dotted(location: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in location)


def unknown(part: str, location: Iterable[str | int], key: str) -> Problem:
    """Return the problem that ``key``, below ``location``, is not declared."""
    return Problem(part, UNKNOWN, tuple(location), _PLAIN[UNKNOWN], key)


def duplicate(part: str, name: str) -> Problem:
    """Return the problem that a field for one value came with several."""
    return Problem(part, DUPLICATE, (name,), _PLAIN[DUPLICATE])


def problem(part: str, kind: str, location: Iterable[str | int], context: Mapping[str, Any] | None = None) -> Problem:
    """Return a problem whose words depend on its kind and on the limit that the declaration states."""
    return Problem(part, kind, tuple(location), words_for(kind, context or {}))


def words_for(kind: str, context: Mapping[str, Any]) -> str:
    """Return words for a kind of error; of ``context`` only limits are used, which the declaration states."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in _LIMITS:
        key, words = _LIMITS[kind]
        return words.format(context[key]) if key in context else OTHER_WORDS
    if kind in _BY_ENDING:
        return _BY_ENDING[kind]
    stem = kind
    while "_" in stem:
        stem = stem.rpartition("_")[0]
        if stem in _BY_ENDING:
            return _BY_ENDING[stem]
    return OTHER_WORDS


def hide_strange(location: Iterable[str | int], known: Iterable[str]) -> tuple[str | int, ...]:
    """Replace every key that the declaration does not know; a client chose it, so it may be anything."""
    names = set(known)
    return tuple(step if isinstance(step, int) or step in names else _HIDDEN for step in location)
