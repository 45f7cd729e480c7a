"""The suggestion as a report: text for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from . import Candidate, Suggestion
from .settings import applied
from .verdicts import Judgement
from .writing import as_python, as_toml, explained, line_of, python_line, toml_line

SCHEMA = 1


def as_text(suggestion: Suggestion) -> str:
    """Return the verdicts, then each line with its evidence."""
    return "\n".join([*_read(suggestion), "", *_verdicts(suggestion.judgements), *_lines(suggestion)]) + "\n"


def as_json(suggestion: Suggestion) -> str:
    """Return one JSON document."""
    counts = suggestion.counts
    document = {
        "schema": SCHEMA,
        "read": {
            "lines": counts.lines,
            "events": counts.events,
            "other_lines": counts.others,
            "malformed": counts.malformed,
            "events_left_out": suggestion.unsorted,
        },
        "traffic": suggestion.traffic.as_dict(),
        "controls": [_control(one) for one in suggestion.judgements],
        "lines": [_line(one) for one in suggestion.candidates],
        "policy": applied(suggestion),
    }
    return json.dumps(document, indent=2) + "\n"


def _control(judgement: Judgement) -> dict[str, object]:
    return {
        "control": judgement.control,
        "verdict": judgement.verdict,
        "why": judgement.why,
        "would_refuse": judgement.would_refuse.as_dict(),
    }


def _line(candidate: Candidate) -> dict[str, object]:
    line = candidate.line
    return {
        "control": line.control,
        "setting": line.setting or None,
        "value": line.value,
        "python": line_of(candidate, python_line),
        "toml": line_of(candidate, toml_line) if line.setting else None,
        "insecure": line.insecure,
        "applies": candidate.applies,
        "doubt": candidate.doubt,
        "opens": line.opens,
        "instead": line.instead,
        "evidence": candidate.tally.as_dict(),
    }


def _read(suggestion: Suggestion) -> Iterator[str]:
    counts = suggestion.counts
    kinds = f"{counts.events} events, {counts.others} other lines, {counts.malformed} malformed"
    yield f"Read {counts.lines} lines: {kinds}."
    yield f"Seen: {suggestion.traffic.words()}."
    if suggestion.unsorted:
        yield f"Not listed: {suggestion.unsorted} events whose lines came after too many different ones."


def _verdicts(judgements: list[Judgement]) -> Iterator[str]:
    width = max(len(one.control) for one in judgements) + 2
    for one in judgements:
        yield f"{one.control:<{width}}{one.verdict:<27}{one.why}"


def _lines(suggestion: Suggestion) -> Iterator[str]:
    for candidate in suggestion.candidates:
        yield ""
        yield f"{'add' if candidate.applies else 'decide'}: {line_of(candidate, python_line)}"
        if candidate.line.setting:
            yield f"  garrison.toml: {line_of(candidate, toml_line)}"
        yield from (f"  {words}" for words in explained(candidate))


FORMS: dict[str, Callable[[Suggestion], str]] = {
    "text": as_text,
    "json": as_json,
    "toml": as_toml,
    "python": as_python,
}
