"""From observing to enforcing: what the events of a time say about the lines a policy needs.

Attackers cause events too. No line that trusts an origin, a host or a page's injected content is ever written as more
than a comment, however many events ask for it; the counts are there for a person to decide by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ..policy import GUARDED_CONTROLS
from .lines import Line, is_addition, lines_of
from .reading import Counts, read_events
from .tally import BROAD_CLIENTS, Tally
from .verdicts import Judgement, judge

__all__ = ["Candidate", "Suggestion", "suggest", "suggest_from"]

MAX_LINES = 2_000
"""Distinct lines that are kept apart; a client that invents more is counted and said."""


_KINDS = ("own", "would_refuse", "refused", "added")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line and the evidence for it."""

    line: Line
    tally: Tally

    @property
    def doubt(self) -> str:
        """Why it may be an attacker's doing, or an empty string."""
        if self.line.foreign:
            return "looks like an attack: a client or a page of another site asked for it"
        if len(self.tally.clients) < BROAD_CLIENTS:
            return "looks like an attack: few clients"
        return "" if self.tally.broad else "seen on a single day: an attack may look like this too"

    @property
    def applies(self) -> bool:
        """Whether it is written as a line; else it is a comment, for a person to decide."""
        return self.line.by_evidence and not self.doubt


@dataclass(slots=True)
class Suggestion:
    """What was read, and what follows from it.

    Attributes:
        unsorted: Events whose lines came too late: there were ``MAX_LINES`` others.
    """

    counts: Counts = field(default_factory=Counts)
    traffic: Tally = field(default_factory=Tally)
    tallies: dict[str, dict[str, Tally]] = field(default_factory=dict)
    found: dict[Line, Tally] = field(default_factory=dict)
    unsorted: int = 0

    def add(self, event: dict[str, Any]) -> None:
        """Take one event."""
        self.traffic.add(event)
        of_control = self.tallies.setdefault(event["control"], {})
        outcome = "added" if event["outcome"] == "would_refuse" and is_addition(event) else event["outcome"]
        for key in ("own", outcome):
            of_control.setdefault(key, Tally()).add(event)
        for line in dict.fromkeys(lines_of(event)):
            if line not in self.found and len(self.found) >= MAX_LINES:
                self.unsorted += 1
                continue
            self.found.setdefault(line, Tally()).add(event)

    @property
    def candidates(self) -> list[Candidate]:
        """The lines, those with the most clients and days first."""
        order = sorted(self.found.items(), key=lambda item: (_strength(item[1]), str(item[0])))
        return [Candidate(line, tally) for line, tally in order]

    @property
    def judgements(self) -> list[Judgement]:
        """The verdict on every control that has a mode."""
        return [self._judge(control) for control in GUARDED_CONTROLS]

    def _judge(self, control: str) -> Judgement:
        of_control = self.tallies.get(control, {})
        own, would_refuse, refused, added = (of_control.get(key, Tally()) for key in _KINDS)
        return judge(control, own, would_refuse, refused, added, self.traffic)


def _strength(tally: Tally) -> tuple[int, int, int]:
    return -len(tally.clients), -len(tally.days), -tally.count


def suggest(names: list[str], progress: Callable[[str], None] = lambda words: None) -> Suggestion:
    """Read files of log lines; ``-`` is standard input.

    Raises:
        GarrisonError: for a file that cannot be read.
    """
    suggestion = Suggestion()
    for event in read_events(names, suggestion.counts, progress):
        suggestion.add(event)
    return suggestion


def suggest_from(events: Iterable[dict[str, Any]]) -> Suggestion:
    """Return what follows from events that were read already."""
    suggestion = Suggestion()
    for event in events:
        suggestion.counts.lines += 1
        suggestion.counts.events += 1
        suggestion.add(event)
    return suggestion
