"""What was seen: one outcome for each attack on each app, and what follows from all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..events import SecurityEvent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one attack, or one honest visit, did to one app.

    Attributes:
        succeeded: Whether it reached what it wanted.
        proof: In words, what was seen: the row before and after, what the attacker received.
        facts: The same as values, for programs.
        events: What Garrison said meanwhile; empty for the bare app.
        error: Why it could not be tried; empty if it was. What was not tried was not stopped either.
    """

    succeeded: bool
    proof: str
    facts: Mapping[str, object] = field(default_factory=dict)
    events: tuple[SecurityEvent, ...] = ()
    error: str = ""

    def as_dict(self) -> dict[str, Any]:
        """Return the outcome as plain values."""
        told = [event.as_dict() for event in self.events]
        facts = dict(self.facts)
        return {"succeeded": self.succeeded, "proof": self.proof, "facts": facts, "events": told, "error": self.error}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes:
        slug: The attack's name for programs.
        title: The attack's name for people.
        gap: Id of the planned control that will stop it, empty where this version stops it.
    """

    slug: str
    title: str
    bare: Outcome
    guarded: Outcome
    gap: str = ""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """Everything the demo saw.

    Attributes:
        attacks: One row for each attack.
        honest: One row for each thing that an honest visitor does.
        browser: ``"Chromium 156.0"`` or empty: the attacks were then sent as raw HTTP and judged by the answers.
        seconds: How long the attacks took.
        events_file: Where every event stands, one line of JSON each.
    """

    attacks: tuple[Row, ...]
    honest: tuple[Row, ...]
    browser: str
    seconds: float
    events_file: str

    @property
    def gaps(self) -> tuple[Row, ...]:
        """Attacks that this version does not promise to stop."""
        return tuple(row for row in self.attacks if row.gap)

    @property
    def problems(self) -> tuple[str, ...]:
        """What did not go as the demo claims; empty if all did."""
        attacks = (f"{row.title}: {problem}" for row in self.attacks for problem in _wrong_attack(row))
        visits = (f"{row.title}: {problem}" for row in self.honest for problem in _wrong_visit(row))
        return (*attacks, *visits)

    def as_dict(self) -> dict[str, Any]:
        """Return the result as plain values; rows are found by their slug."""
        return {
            "attacks": {row.slug: _row(row) for row in self.attacks},
            "honest": {row.slug: _row(row) for row in self.honest},
            "browser": self.browser,
            "seconds": self.seconds,
            "events_file": self.events_file,
            "problems": list(self.problems),
        }


def _wrong_attack(row: Row) -> list[str]:
    found = []
    if not row.bare.succeeded:
        found.append("it does not work on the bare app, so it proves nothing.")
    if row.guarded.error:
        found.append(f"it could not be tried on the guarded app ({row.guarded.error}).")
    if row.guarded.succeeded and not row.gap:
        found.append("it was not stopped.")
    return found


def _wrong_visit(row: Row) -> list[str]:
    found = [f"it fails on the {name} app." for name, outcome in _apps(row) if not outcome.succeeded]
    return [*found, "Garrison refused a part of it."] if row.guarded.events else found


def _apps(row: Row) -> tuple[tuple[str, Outcome], ...]:
    return (("bare", row.bare), ("guarded", row.guarded))


def _row(row: Row) -> dict[str, Any]:
    return {"bare": row.bare.as_dict(), "guarded": row.guarded.as_dict(), "gap": row.gap}
