"""The verdicts on OWASP ASVS, for people at a terminal and for a pull request."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from ..findings.asvs import CHAPTERS, Asvs, Requirement, Verdict
from .paint import Paint
from .printable import printable

COLUMNS = {
    Verdict.MET: "met",
    Verdict.NOT_MET: "not met",
    Verdict.NEEDS_PERSON: "person",
    Verdict.NOT_APPLICABLE: "n/a",
}
_COLOURS = {Verdict.MET: "green", Verdict.NOT_MET: "red", Verdict.NEEDS_PERSON: "yellow"}
_NAMES = 33
"""Columns of a chapter's number and name."""
_BOTH_LEVELS = 91
_SAID = 2
Escape = Callable[[str], str]


def summary_of(asvs: Asvs) -> str:
    """Return the counts in a sentence."""
    counts = ", ".join(f"{asvs.count(verdict)} {_counted(verdict)}" for verdict in Verdict)
    return f"OWASP ASVS 5.0, levels 1 and 2, {len(asvs.requirements)} requirements: {counts}."


def jobs_of(asvs: Asvs) -> str:
    """Return which commands answered how many, in sentences."""
    answered = {job: count for job, count in asvs.by_job().items() if count}
    idle = [job for job, count in asvs.by_job().items() if not count]
    counts = ", ".join(f"{job} {count}{_of_them(asvs, job)}" for job, count in answered.items())
    said = f"Answered by {counts}." if answered else ""
    silent = f"Nothing in this run from {', '.join(idle)}." if idle else ""
    return f"{said} {silent}".strip()


def text_lines(asvs: Asvs, paint: Paint, width: int) -> Iterator[str]:
    """Yield the lines for a terminal: a table, and where it was asked for each requirement."""
    levels = (1, 2) if width >= _BOTH_LEVELS else (None,)
    yield from _wrapped(summary_of(asvs), width, "")
    if asvs.full:
        for number in CHAPTERS:
            yield paint.bold(f"{number} {CHAPTERS[number]}")
            for one in _of_chapter(asvs, number):
                yield from _requirement(one, paint, width)
            yield ""
    if levels == (1, 2):
        yield f"{'':{_NAMES}}{'level 1':<29}level 2"
    yield f"{'':{_NAMES}}" + "  ".join(_heads() for _ in levels)
    for number, name in CHAPTERS.items():
        yield f"{number:>2} {name:<{_NAMES - 3}}" + "  ".join(_counts(asvs, level, number) for level in levels)
    yield f"   {'together':<{_NAMES - 3}}" + "  ".join(_counts(asvs, level, None) for level in levels)
    yield from _wrapped(jobs_of(asvs), width, "")
    if not asvs.full:
        yield from _wrapped("Each requirement, with evidence or question: --asvs=full.", width, "")
    yield ""


def markdown_table(asvs: Asvs) -> str:
    """Return the table by chapter, with the sums."""
    heads = " | ".join(f"L{level} {name}" for level in (1, 2) for name in COLUMNS.values())
    rows = [f"| {number} {name} | {_cells(asvs, number)} |" for number, name in CHAPTERS.items()]
    rows.append(f"| together | {_cells(asvs, None)} |")
    table = "\n".join([f"| ASVS chapter | {heads} |", f"|---|{'---:|' * 2 * len(COLUMNS)}", *rows])
    return f"### ASVS\n\n{summary_of(asvs)}\n\n{table}\n\n{jobs_of(asvs)}"


def markdown_details(asvs: Asvs, escape: Escape) -> list[Callable[[], str]]:
    """Return what makes the requirements of each chapter, folded, what is not met first.

    Args:
        escape: Makes words harmless in Markdown.
    """
    return [partial(_folded, asvs, number, escape) for number in CHAPTERS]


def _counted(verdict: Verdict) -> str:
    return "need a person" if verdict is Verdict.NEEDS_PERSON else verdict.words


def _of_them(asvs: Asvs, job: str) -> str:
    absent = sum(one.job == job and one.verdict is Verdict.NOT_APPLICABLE for one in asvs.requirements)
    return f" ({absent} of them not applicable)" if absent else ""


def _of_chapter(asvs: Asvs, number: int) -> list[Requirement]:
    return [one for one in asvs.requirements if one.chapter == number]


def _heads() -> str:
    return "".join(f"{name:>{len(name) + 2}}" for name in COLUMNS.values())


def _counts(asvs: Asvs, level: int | None, chapter: int | None) -> str:
    counts = {verdict: asvs.count(verdict, level=level, chapter=chapter) for verdict in COLUMNS}
    return "".join(f"{count or '-':>{len(COLUMNS[verdict]) + 2}}" for verdict, count in counts.items())


def _cells(asvs: Asvs, chapter: int | None) -> str:
    counts = [asvs.count(verdict, level=level, chapter=chapter) for level in (1, 2) for verdict in COLUMNS]
    return " | ".join(str(count or "") for count in counts)


def _requirement(one: Requirement, paint: Paint, width: int) -> Iterator[str]:
    words = paint.colour(one.verdict.words, _COLOURS.get(one.verdict, "bright_black"))
    yield f"  {one.id:<8} L{one.level}  {words}"
    yield from _wrapped(one.question, width, "    ")
    for said in one.said:
        yield from _wrapped(said, width, "      ")


def _folded(asvs: Asvs, number: int, escape: Escape) -> str:
    order = (Verdict.NOT_MET, Verdict.NEEDS_PERSON, Verdict.MET)
    listed = [one for verdict in order for one in _of_chapter(asvs, number) if one.verdict is verdict]
    lines = [line for one in listed for line in _item(one, escape)]
    inside = "\n".join([*lines, *_absent(_of_chapter(asvs, number), escape)])
    return f"<details><summary>ASVS {number}: {CHAPTERS[number]}</summary>\n\n{inside}\n\n</details>"


def _absent(listed: Iterable[Requirement], escape: Escape) -> Iterator[str]:
    """Yield one line for each reason for which requirements do not apply."""
    by_reason: dict[tuple[str, ...], list[str]] = {}
    for one in listed:
        if one.verdict is Verdict.NOT_APPLICABLE:
            by_reason.setdefault(one.said, []).append(one.id)
    for reason, names in by_reason.items():
        yield f"- **not applicable** {', '.join(names)}: {escape(' '.join(reason))}"


def _item(one: Requirement, escape: Escape) -> Iterator[str]:
    yield f"- **{one.id}** (L{one.level}) **{one.verdict.words}**: {escape(one.question)}"
    yield from (f"  - {escape(said)}" for said in one.said[:_SAID])
    if len(one.said) > _SAID:
        yield f"  - and {len(one.said) - _SAID} more in the full report"


def _wrapped(words: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(
        printable(words),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
