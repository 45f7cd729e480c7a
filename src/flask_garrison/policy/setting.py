"""How one setting is declared: its default, its checker, what it does and what it risks, in one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from .checks import Checker

__all__ = ["Documentation", "documented", "setting", "settings", "shown", "validate"]


class Documentation(NamedTuple):
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


if TYPE_CHECKING:
    from dataclasses import dataclass as settings
else:

    def settings(*, frozen: bool, kw_only: bool) -> Any:
        """Make a dataclass, frozen and by keyword only, whose methods are the ones below.

        ``dataclass`` itself writes and compiles each method for each class. With forty fields that takes two
        milliseconds of every start of every application.
        """
        assert frozen and kw_only  # noqa: S101 - there is no other kind

        def decorate(kind: type[Any]) -> type[Any]:
            made = dataclass(init=False, repr=False, eq=False, kw_only=True, match_args=False)(kind)
            for method in (__init__, __setattr__, __delattr__, __eq__, __hash__, __repr__):
                setattr(made, method.__name__, method)
            return made

        return decorate


def __init__(self: Any, **given: Any) -> None:
    values = vars(self)
    for item in fields(self):
        values[item.name] = given.pop(item.name) if item.name in given else _default_of(item)
    if given:
        raise TypeError(f"{type(self).__name__} has no setting {next(iter(given))!r}")
    self.__post_init__()


def _default_of(item: Field[Any]) -> Any:
    return item.default if item.default_factory is MISSING else item.default_factory()


def __setattr__(self: Any, name: str, value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def __delattr__(self: Any, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def __eq__(self: Any, other: object) -> Any:
    return vars(self) == vars(other) if type(other) is type(self) else NotImplemented


def __hash__(self: Any) -> int:
    return hash(tuple(vars(self).values()))


def __repr__(self: Any) -> str:
    return f"{type(self).__qualname__}({', '.join(f'{name}={shown(value)}' for name, value in vars(self).items())})"


def shown(value: object) -> str:
    """Return a setting's value as it may stand in a log: the password of a URL is left out."""
    return re.sub(r"(://[^\s/@:]*):[^\s/@]*@", r"\1:...@", repr(value))
