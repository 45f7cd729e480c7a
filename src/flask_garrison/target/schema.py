"""What the tables of ``garrison.toml`` share: errors for a key that nobody reads and a value of another type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..errors import TargetError, nearest


def hint(word: str, choices: tuple[str, ...]) -> str:
    """Return a sentence that names the nearest of ``choices``, or all of them."""
    like = nearest(word, choices)
    return f" Did you mean {like!r}?" if like else f" There are: {', '.join(choices)}."


def refuse_unknown_keys(where: str, entry: Mapping[str, Any], known: tuple[str, ...]) -> None:
    """Refuse a key that nobody reads; ``where`` begins the error."""
    for key in entry:
        if key not in known:
            raise TargetError(f"{where} has no key {key!r}.{hint(key, known)}")


def text(where: str, entry: Mapping[str, Any], key: str) -> str:
    """Return a value that must be a text, and not an empty one."""
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise TargetError(f'{where} needs {key} = "...".')
    return value


def texts(where: str, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """Return a list of texts, empty where the key is missing."""
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise TargetError(f'{where}: {key} is a list of texts, such as {key} = ["..."].')
    return tuple(value)


def table(where: str, value: object) -> Mapping[str, Any]:
    """Return a value that must be one table."""
    if not isinstance(value, dict):
        raise TargetError(f"{where} is one table, with one pair of brackets.")
    return value
