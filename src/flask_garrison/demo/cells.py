"""What stands in the table, apart from how it is drawn."""

from __future__ import annotations

from collections.abc import Iterator

from ..events import SecurityEvent
from .results import DemoResult, Outcome, Row

Line = tuple[str, str]
"""A text and its style, in rich's names."""
Record = tuple[list[Line], list[Line], list[Line]]

HEADINGS = ("", "As it is", "With Garrison(app)")


def records(result: DemoResult) -> Iterator[Record]:
    """Yield the rows of the table: the attacks, then the honest visits."""
    for row in result.attacks:
        yield [(row.title, "bold")], _attacked(row.bare), [*_guarded(row), *_told(row.guarded)]
    for row in result.honest:
        yield [(row.title, "")], _visited(row.bare), [*_visited(row.guarded), *_told(row.guarded)]


def _attacked(outcome: Outcome) -> list[Line]:
    if outcome.error:
        return _untried(outcome)
    verdict = ("SUCCEEDED", "bold red") if outcome.succeeded else ("did not work", "bold yellow")
    return [verdict, (outcome.proof, "")]


def _guarded(row: Row) -> list[Line]:
    if row.guarded.error:
        return _untried(row.guarded)
    if not row.guarded.succeeded:
        return [("stopped", "bold green"), (row.guarded.proof, "")]
    if row.gap:
        gap = f"Not stopped in this version: {row.gap} is planned."
        return [("SUCCEEDED", "bold red"), (row.guarded.proof, ""), (gap, "yellow")]
    return [("SUCCEEDED", "bold red"), (row.guarded.proof, "")]


def _untried(outcome: Outcome) -> list[Line]:
    return [("could not be tried", "bold yellow"), (outcome.error, "")]


def _visited(outcome: Outcome) -> list[Line]:
    verdict = ("works", "green") if outcome.succeeded else ("BROKEN", "bold red")
    return [verdict, (outcome.error or outcome.proof, "")]


def _told(outcome: Outcome) -> list[Line]:
    """Show the first event; all of them are in the file, with the advice for those who meant it honestly."""
    if not outcome.events:
        return []
    event = outcome.events[0]
    arguments = event.event.partition(":")[2].replace(",", ", ")
    return [(f"event: {event.name} {arguments}", "cyan")]


def summary(result: DemoResult) -> list[str]:
    """Return the lines below the table."""
    open_gaps = [row.title for row in result.gaps if row.guarded.succeeded]
    bare = sum(row.bare.succeeded for row in result.attacks)
    guarded = sum(row.guarded.succeeded for row in result.attacks)
    total, visits = len(result.attacks), len(result.honest)
    exception = f" ({', '.join(open_gaps)}: not in this version)" if open_gaps else ""
    how = f"In {result.browser}" if result.browser else "Without a browser (by rows, and by what answers tell one)"
    return [
        f"As it is:           {bare} of {total} attacks succeeded; "
        f"{sum(row.bare.succeeded for row in result.honest)} of {visits} honest visits work.",
        f"With Garrison(app): {guarded} of {total} attacks succeeded{exception}; "
        f"{sum(row.guarded.succeeded for row in result.honest)} of {visits} honest visits work.",
        f"{how}; {result.seconds} seconds. Every event, whole: {result.events_file}",
    ]


def line_of(event: SecurityEvent) -> str:
    """Return one event as one line of the terminal."""
    where = f"{event.method} {event.route}".strip()
    return f"{event.outcome}: {event.event} ({event.control}) {where}".rstrip()
