"""What lasts from one root to the next: the session from view to view, and what was proved of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .models.sessions import SESSION, as_stored
from .values.heap import joined
from .values.objects import Mapping, Thing
from .values.value import Value

if TYPE_CHECKING:
    from .entries import Entry
    from .interpreter.machine import Machine

Kept = list[tuple[Thing, Any]]


def kept_of(machine: Machine, entry: Entry | None, mark: int) -> Kept:
    """Return what a root that has just ended leaves for others."""
    if entry is None:
        return []
    found: Kept = []
    changed = machine.heap.since(mark)
    for ref in _refs(machine, SESSION):
        if isinstance(ref, Mapping) and ref in changed:
            items, rest = ref.payload
            found.append((ref, ({key: as_stored(as_proved(machine, value)) for key, value in items.items()}, rest)))
    return found


def hand_on(kept: Kept) -> None:
    """Add what earlier roots left to what is there; nothing takes it back."""
    for thing, payload in kept:
        thing.payload = joined(thing, thing.payload, payload)


def _refs(machine: Machine, name: str) -> tuple[Thing, ...]:
    value = machine.lasting.get(name)
    return value.refs if value is not None else ()


def as_proved(machine: Machine, value: Value) -> Value:
    """Return a value with what was proved of it: the proofs themselves end with the root."""
    current = machine.resolve(value)
    taint = machine.taint(current)
    return current if taint == current.taint else current.but(taint=taint)
