"""What the model of the views tells of a value: who it is of, where it comes from, what it stands for."""

from __future__ import annotations

from typing import Final, NamedTuple

Traits = frozenset["Trait"]


class Trait(NamedTuple):
    """One thing that holds of a value.

    Attributes:
        kind: One of the constants below.
        detail: What tells it from others of the kind: the class, the object.
    """

    kind: str
    detail: object = None


NONE: Final[Traits] = frozenset()
IDENTITY: Final = Trait("identity")
"""Says who is calling, or was found by that."""
CLIENT: Final = Trait("client")
"""Chosen by the client."""
BODY: Final = Trait("body")
"""From the body of the request, and nobody has looked at it."""
SESSION: Final = Trait("session")
"""From the cookie session: the client can go back to an older one."""
COUNTER: Final = Trait("counter")
"""Says how often something was tried."""
VERDICT: Final = Trait("verdict")
"""Says whether a body is as its schema wants it."""
PASSWORD: Final = Trait("password")
"""Says whether a password was right."""
FORM: Final = Trait("form")
"""A form of WTForms."""
OWNED: Final = Trait("owned")
"""Was compared with who is calling, or looked up by that."""
PROOF: Final = Trait("proof")
"""Says whether a signature, a token or a key was right."""


def entity(name: str) -> Trait:
    """Return the trait of what is about one class, table or store of the project."""
    return Trait("entity", name)


def owned(name: str) -> Trait:
    """Return the trait of what was compared with who is calling by the owner of one class, table or store."""
    return Trait("owned", name)


def store(name: str) -> Trait:
    """Return the trait of what is kept in one container for all requests."""
    return Trait("store", name)


def found_at(place: object) -> Trait:
    """Return the trait of an object that was looked up at a place."""
    return Trait("object", place)


def has(traits: Traits, *wanted: Trait) -> bool:
    """Return whether all of some traits hold."""
    return traits.issuperset(wanted)


def details(traits: Traits, kind: str) -> list[object]:
    """Return the details of the traits of one kind."""
    return [trait.detail for trait in traits if trait.kind == kind]
