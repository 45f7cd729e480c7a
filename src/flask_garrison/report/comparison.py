"""What changed between two reports, as text, JSON or Markdown."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from ..findings import Finding
from ..findings.comparison import Comparison
from .markdown import code, text
from .paint import Paint
from .places import place_of, shown
from .printable import cut, number, printable

FORMATS = ("text", "json", "markdown")
_SHOWN = 50
_LONGEST = 200


def render_comparison(comparison: Comparison, form: str, *, colour: bool = False) -> str:
    """Return a comparison in one of :data:`FORMATS`."""
    if form == "json":
        return json.dumps(comparison.as_dict(), indent=2) + "\n"
    lines = _markdown(comparison) if form == "markdown" else _text(comparison, Paint(colour))
    return "\n".join(lines) + "\n"


def _groups(comparison: Comparison) -> list[tuple[str, str, Sequence[Finding]]]:
    """Return title, colour and findings of what is shown one by one."""
    return [
        ("New", "red", comparison.added),
        ("Fixed", "green", comparison.fixed),
        ("Not seen again, and not looked for", "yellow", comparison.unseen),
    ]


def _text(comparison: Comparison, paint: Paint) -> Iterator[str]:
    for title, colour, findings in _groups(comparison):
        if findings:
            yield paint.colour(f"{title} ({len(findings)})", colour)
            for finding in findings[:_SHOWN]:
                place = f"{finding.severity.label}  {finding.rule}  {place_of(finding)}: {shown(finding)}"
                yield f"  {cut(printable(place), _LONGEST)}"
            yield from [f"  and {len(findings) - _SHOWN} more"] if len(findings) > _SHOWN else []
            yield ""
    if comparison.no_longer_checked:
        yield paint.colour(f"No longer checked ({len(comparison.no_longer_checked)})", "yellow")
        for entry in comparison.no_longer_checked[:_SHOWN]:
            yield f"  {cut(printable(f'{entry.what}: {entry.reason}'), _LONGEST)}"
        yield ""
    yield _summary(comparison)


def _markdown(comparison: Comparison) -> Iterator[str]:
    yield f"## Flask-Garrison: {_summary(comparison)}"
    for title, _, findings in _groups(comparison):
        if findings:
            yield f"\n### {title}\n\n| severity | rule | place | what |\n|---|---|---|---|"
            for finding in findings[:_SHOWN]:
                place, what = code(place_of(finding)), text(finding.title)
                yield f"| {finding.severity.label} | {code(finding.rule)} | {place} | {what} |"
            yield from [f"| | and {len(findings) - _SHOWN} more | | |"] if len(findings) > _SHOWN else []
    if comparison.no_longer_checked:
        yield "\n### No longer checked\n"
        for entry in comparison.no_longer_checked[:_SHOWN]:
            yield f"- {code(entry.what)} {text(entry.reason)}"


def _summary(comparison: Comparison) -> str:
    old, new = comparison.old.grades.overall, comparison.new.grades.overall
    grade = f" Grade {old or 'none'} before, {new or 'none'} now." if (old or new) else ""
    unseen = f", {len(comparison.unseen)} not looked for" if comparison.unseen else ""
    counts = f"{number(len(comparison.added), 'new finding')}, {len(comparison.fixed)} fixed"
    return f"{counts}, {len(comparison.unchanged)} unchanged{unseen}.{grade}"
