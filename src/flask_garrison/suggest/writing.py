"""The lines themselves: ``garrison.toml`` and Python. Whatever a person must decide is a comment."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from . import Candidate, Suggestion
from .escaping import plain, python_value, toml_value
from .settings import applied, joined, to_decide
from .verdicts import AFTER, NOT_SEEN

_HEAD = (
    "Suggested by `garrison policy suggest`. A list here replaces the one your policy has: join them.",
    "Attackers cause events too. Read each comment before you remove its #.",
)
_Writer = Callable[[str, object], str]


def as_toml(suggestion: Suggestion) -> str:
    """Return a ``garrison.toml`` with the table ``[policy]``."""
    return "\n".join([*_comments(_HEAD), "[policy]", *_body(suggestion, toml_line)]) + "\n"


def as_python(suggestion: Suggestion) -> str:
    """Return a module that makes ``policy``."""
    body = (f"    {line}" for line in _body(suggestion, python_line))
    head = ["from flask_garrison import Policy", "", *_comments(_HEAD), "policy = Policy("]
    return "\n".join([*head, *body, ")"]) + "\n"


def toml_line(setting: str, value: object) -> str:
    """Return ``setting = value``."""
    return f"{setting} = {toml_value(value)}"


def python_line(setting: str, value: object) -> str:
    """Return ``setting=value,``."""
    return f"{setting}={python_value(value)},"


def line_of(candidate: Candidate, write: _Writer) -> str:
    """Return the line of one candidate alone; an edit in words stays words."""
    if not candidate.line.setting:
        return plain(candidate.line.value)
    return write(candidate.line.setting, joined([candidate]))


def _body(suggestion: Suggestion, write: _Writer) -> Iterator[str]:
    for setting, value in applied(suggestion).items():
        yield write(setting, value)
    for judgement in suggestion.judgements:
        if judgement.verdict == AFTER:
            yield f"# {judgement.control}: {judgement.verdict} ({judgement.why})"
    unseen = [one.control for one in suggestion.judgements if one.verdict == NOT_SEEN]
    if unseen:
        yield f"# {NOT_SEEN}, so nothing is said of: {', '.join(unseen)}"
    for candidate in to_decide(suggestion):
        yield ""
        yield from _comments((*explained(candidate), line_of(candidate, write)))


def explained(candidate: Candidate) -> Iterator[str]:
    """Yield what is to be known of one line before it is used."""
    routes = sorted(candidate.tally.routes)
    where = f"; on {', '.join(plain(route) for route in routes[:5])}" if routes else ""
    more = f" and {len(routes) - 5} more" if len(routes) > 5 else ""
    yield f"{candidate.line.control}: {candidate.tally.words()}{where}{more}"
    if candidate.doubt:
        yield candidate.doubt
    if candidate.line.insecure:
        yield f"weakens a defence: {candidate.line.opens}"
    elif candidate.line.opens:
        yield f"it opens: {candidate.line.opens}"
    if candidate.line.instead:
        yield f"better: {candidate.line.instead}"


def _comments(lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    return (f"# {line}" for line in lines)
