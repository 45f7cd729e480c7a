"""Markdown for a comment on a pull request: short, details folded, never longer than such a comment may be.

Words of the application stand there as text alone: no markup of theirs, no mention of a person, no link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from ..findings import Finding, Grades, Known, NotChecked, Report, Severity
from .asvs import markdown_details, markdown_table
from .messages import Message, messages_of
from .places import by_rule, place_of, place_of_step, route_of, shown, steps_of, words_of_step
from .printable import cut, number, printable, printable_block

LONGEST = 60_000
"""Characters; GitHub takes 65,536."""
_ROWS = 30
_PLACES = 10
_CELL = 160
_BLOCK = 4_000
_SIGNS = re.compile(r"[!#$&()*+:<=>@\[\\\]^_`{|}~]|(?<=www)\.", re.I)
_CALLS = re.compile("(&#64;|&#35;)")
_NOTHING = "\u200b"
"""A character without width: behind it, @name calls nobody and #1 links to nothing."""


def render_markdown(report: Report, *, fail_on: Severity | None = Severity.MEDIUM) -> str:
    """Return the report as Markdown of at most :data:`LONGEST` characters, with a line break at the end."""
    parts = [_head(report, fail_on), *_grades(report.grades)]
    if report.findings:
        parts.append(_table(report.findings))
    parts += [*_unchecked(report.not_checked), *_known("Known", report.known)]
    parts += _known("Set aside by a comment in the source", report.suppressed)
    details = _details(report)
    if report.asvs is not None:
        parts.append(markdown_table(report.asvs))
        details += markdown_details(report.asvs, text)
    parts.append(_foot(report))
    return _within(parts, details) + "\n"


def text(words: str, most: int = _CELL) -> str:
    """Return words of elsewhere in one line, where no sign means anything to Markdown."""
    return _CALLS.sub(rf"\1{_NOTHING}", _line(words, most))


def code(words: str, most: int = _CELL) -> str:
    """Return the same in the type of code, where GitHub looks for no mentions."""
    return f"<code>{_line(words, most)}</code>"


def block(words: str, language: str = "") -> str:
    """Return a fenced block; the fence is longer than any run of backticks inside."""
    inside = cut(printable_block(words), _BLOCK)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", inside)), default=0))
    return f"{fence}{language}\n{inside}\n{fence}"


def _line(words: str, most: int) -> str:
    line = cut(" ".join(printable(words.replace("\n", " ")).split()), most)
    return _SIGNS.sub(lambda found: f"&#{ord(found[0])};", line)


def _head(report: Report, fail_on: Severity | None) -> str:
    failing = [finding for finding in report.findings if fail_on is not None and finding.severity >= fail_on]
    grade = report.grades.overall or "none"
    counts = ", ".join(f"{count} {label}" for label, count in report.by_severity().items() if count)
    lines = [f"## Flask-Garrison: grade {grade}", f"Target {code(report.target.name)}. "]
    lines[1] += f"{number(len(report.findings), 'finding')} ({counts})." if counts else "No findings."
    if failing and fail_on is not None:
        lines[1] += f" **{len(failing)} at or above {fail_on.label}.**"
    if any(entry.accepted is None for entry in report.not_checked):
        lines[1] += f" **{number(len(report.not_checked), 'thing')} could not be checked.**"
    return "\n\n".join(lines)


def _grades(grades: Grades) -> Iterator[str]:
    graded = [(slug, chapter) for slug, chapter in grades.chapters.items() if chapter.grade]
    if graded:
        rows = "\n".join(
            f"| {slug} | {one.grade} | {one.points} | {one.passed} | {one.failed} | {one.not_checked} |"
            for slug, one in graded
        )
        yield f"| chapter | grade | points | passed | failed | not checked |\n|---|---|---:|---:|---:|---:|\n{rows}"
    if grades.missing:
        yield f"Not looked at: {', '.join(grades.missing)}."


def _table(findings: Sequence[Finding]) -> str:
    groups = by_rule(findings)
    rows = [
        f"| {group[0].severity.label} | {code(group[0].rule)} | {len(group)} | {_first(group)} |" for group in groups
    ]
    more = [f"| | and {len(rows) - _ROWS} more rules | | |"] if len(rows) > _ROWS else []
    return "\n".join(["| severity | rule | places | first |", "|---|---|---:|---|", *rows[:_ROWS], *more])


def _first(group: Sequence[Finding]) -> str:
    return f"{code(place_of(group[0]))} {text(group[0].title)}"


def _unchecked(entries: Sequence[NotChecked]) -> Iterator[str]:
    if entries:
        rows = [f"| {code(entry.what)} | {text(entry.reason)} | {text(_lived(entry))} |" for entry in entries[:_ROWS]]
        more = [f"| and {len(entries) - _ROWS} more | | |"] if len(entries) > _ROWS else []
        table = "\n".join(["| what | why | how to include it |", "|---|---|---|", *rows, *more])
        yield _folded(f"Not checked ({len(entries)})", table)


def _lived(entry: NotChecked) -> str:
    return f"accepted: {entry.accepted}" if entry.accepted else entry.how_to_include


def _known(title: str, entries: Sequence[Known]) -> Iterator[str]:
    if entries:
        rows = [_known_row(entry) for entry in entries[:_ROWS]]
        more = [f"| and {len(entries) - _ROWS} more | | | |"] if len(entries) > _ROWS else []
        table = "\n".join(["| rule | place | reason | until |", "|---|---|---|---|", *rows, *more])
        yield _folded(f"{title} ({len(entries)})", table)


def _known_row(entry: Known) -> str:
    rule, place = code(entry.finding.rule), code(place_of(entry.finding))
    return f"| {rule} | {place} | {text(entry.reason)} | {entry.until or ''} |"


def _foot(report: Report) -> str:
    lines = [f"{number(len(report.passed), 'rule')} passed, {len(report.not_applicable)} had nothing to look at."]
    lines += [f"Not part of this run: {text(sentence, 500)}" for sentence in report.out_of_scope]
    return "\n\n".join(lines)


def _details(report: Report) -> list[Callable[[], str]]:
    """Return what makes the details of each rule: made one by one, until no more fit."""
    messages = messages_of(report)
    return [partial(_detail, group, messages[group[0].rule]) for group in by_rule(report.findings)]


def _detail(group: Sequence[Finding], message: Message) -> str:
    first = group[0]
    places = [line for one in group[:_PLACES] for line in _place_lines(one)]
    more = [f"- and {len(group) - _PLACES} more"] if len(group) > _PLACES else []
    parts = [text(message.why, 2_000), "\n".join([*places, *more]), "**Fix**", block(first.fix, "text")]
    if message.before and message.after:
        parts += ["Before and after:", block(message.before), block(message.after)]
    title = f"{first.severity.label}: {text(message.title)} ({number(len(group), 'place')})"
    return _folded(title, "\n\n".join(filter(None, parts)))


def _place_lines(finding: Finding) -> Iterator[str]:
    """Yield the place of a finding, and the steps that lead to it."""
    yield f"- {code(place_of(finding))} {_route(finding)}{code(shown(finding))}"
    steps = steps_of(finding)
    for count, step in enumerate(steps if len(steps) > 1 else (), 1):
        yield f"  {count}. {code(place_of_step(step))} {code(words_of_step(step))}"


def _route(finding: Finding) -> str:
    return f"{code(route_of(finding))} " if finding.path and finding.route else ""


def _folded(title: str, inside: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{inside}\n\n</details>"


def _within(parts: list[str], details: list[Callable[[], str]]) -> str:
    """Return the parts, and as many details behind them as fit; what does not is said."""
    whole = "\n\n".join(parts)
    for index, detail in enumerate(details):
        added = detail()
        if len(whole) + len(added) + 200 > LONGEST:
            return f"{whole}\n\nThe details of {number(len(details) - index, 'rule')} did not fit; see the full report."
        whole = f"{whole}\n\n{added}"
    return whole
