"""How one setting is declared: its default, its checker, what it does and what it risks, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from .checks import Checker


@dataclass(frozen=True, slots=True)
class Documentation:
    """What a reader must know of a setting before changing it."""

    doc: str
    risk: str
    check: Checker


def setting(default: object, check: Checker, doc: str, risk: str) -> Any:
    """Declare a dataclass field with its checker and documentation.

    Args:
        default: An immutable default, or a mapping (made read-only).
        check: Returns the value in its final form or raises ``PolicyError``.
        doc: What the setting does.
        risk: What goes wrong when it is changed carelessly.
    """
    metadata = {"documentation": Documentation(doc, risk, check)}
    if isinstance(default, dict):
        frozen = MappingProxyType(default)
        return field(default_factory=lambda: frozen, metadata=metadata)
    return field(default=default, metadata=metadata)


def documented(settings: type[Any]) -> Iterator[tuple[str, Documentation]]:
    """Yield each setting of a policy class with its documentation, in the order of declaration."""
    for item in fields(settings):
        yield item.name, item.metadata["documentation"]


def validate(settings: Any) -> None:
    """Run every checker of a frozen settings object and store the checked values.

    Raises:
        PolicyError: for the first value that its checker refuses.
    """
    for name, documentation in documented(type(settings)):
        object.__setattr__(settings, name, documentation.check(name, getattr(settings, name)))
