"""``[target]`` of ``garrison.toml``: which routes are asked, and where."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import TargetError
from .schema import refuse_unknown_keys, table, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a project says about the routes that a run asks.

    Attributes:
        skip: Patterns of routes or endpoints whose views are not called.
        include: Patterns of routes or endpoints whose views are called although they look as if they changed something.
        addresses: Paths to ask, for routes with arguments; they take the place of made-up ones.
    """

    skip: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


def choices_from_table(where: str, value: object) -> Choices:
    """Return the table ``[target]``; ``where`` begins an error."""
    entry = table(where, value)
    refuse_unknown_keys(where, entry, ("skip", "include", "addresses"))
    addresses = texts(where, entry, "addresses")
    for address in addresses:
        if not address.startswith("/") or address.startswith("//"):
            raise TargetError(f"{where}: addresses holds paths of the application, such as /items/42; not {address!r}.")
    return Choices(skip=texts(where, entry, "skip"), include=texts(where, entry, "include"), addresses=addresses)
