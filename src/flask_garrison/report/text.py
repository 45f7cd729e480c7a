"""The report for people at a terminal: by chapter, then by file or for the application, each advice once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..controls import CHAPTERS
from ..findings import Finding, Grades, Known, NotChecked, Report, Severity
from .asvs import text_lines
from .paint import Paint
from .places import APPLICATION, by_rule, place_of, place_of_step, route_of, shown, steps_of, words_of_step
from .printable import number, printable

_COLOURS = {
    Severity.CRITICAL: "bright_red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "bright_black",
}
_GRADES = {"A": "green", "B": "green", "C": "yellow", "D": "red", "F": "bright_red"}
_SHOWN_PLACES = 10
_SHOWN_LINES = 3
_KERNEL = ("network namespace", "Landlock", "seccomp")


def render_text(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """Return the report as text of at most ``width`` columns, where words allow it."""
    writer = _Writer(Paint(colour), max(width, 40))
    lines = [
        *writer.findings(report),
        *writer.known("Known", report.known),
        *writer.known("Set aside by a comment in the source", report.suppressed),
        *writer.not_checked(report.not_checked),
        *writer.asvs(report),
        *writer.summary(report),
    ]
    return "\n".join(lines) + "\n"


class _Writer:
    """Writes the parts of one report; remembers the advice that was given already."""

    def __init__(self, paint: Paint, width: int) -> None:
        self._paint = paint
        self._width = width
        self._said: set[str] = set()

    def findings(self, report: Report) -> Iterator[str]:
        """Yield the lines of all chapters, in the order of the catalogue."""
        grades = report.grades
        slugs = dict.fromkeys([*CHAPTERS, *(finding.chapter for finding in report.findings)])
        for slug in slugs:
            findings = [finding for finding in report.findings if finding.chapter == slug]
            if findings:
                yield self._chapter_line(slug, grades)
                yield from self._chapter(findings)
                yield ""

    def known(self, title: str, entries: Sequence[Known]) -> Iterator[str]:
        """Yield the lines on what the baseline knows, or a comment sets aside."""
        if not entries:
            return
        yield self._paint.bold(title)
        for entry in entries[:_SHOWN_PLACES]:
            until = f"until {entry.until}, " if entry.until else ""
            words = f"{entry.finding.rule}  {place_of(entry.finding)}: {until}{entry.reason}"
            yield from self._wrapped(words, "  ")
        yield from self._more(len(entries))
        yield ""

    def not_checked(self, entries: Sequence[NotChecked]) -> Iterator[str]:
        """Yield the lines on what was not looked at."""
        if not entries:
            return
        yield self._paint.bold("Not checked")
        for entry in entries:
            yield from self._wrapped(f"{entry.what}: {entry.reason}", "  ")
            words = f"accepted {entry.accepted}" if entry.accepted else entry.how_to_include
            yield from self._advice([words])
        yield ""

    def asvs(self, report: Report) -> Iterator[str]:
        """Yield the lines on OWASP ASVS, where they were asked for."""
        if report.asvs is not None:
            yield from text_lines(report.asvs, self._paint, self._width)

    def summary(self, report: Report) -> Iterator[str]:
        """Yield the last lines: grades, counts, what was looked at, what was not meant to be."""
        yield from self._graded(report.grades)
        yield from self._wrapped(f"{_counted(report)}. {_looked(report)}", "")
        for sentence in report.advice:
            yield from self._wrapped(sentence, "")
        if report.layers:
            yield from self._wrapped(_inside(report.layers), "")
        if report.ignored:
            yield f"{number(report.ignored, 'finding')} ignored by garrison.toml."
        for sentence in report.out_of_scope:
            yield from self._wrapped(f"Not part of this run: {sentence}", "")

    def _graded(self, grades: Grades) -> Iterator[str]:
        if grades.overall is None:
            return
        each = ", ".join(f"{slug} {chapter.grade}" for slug, chapter in grades.chapters.items() if chapter.grade)
        missing = "".join(
            f"; {words}: {', '.join(slugs)}"
            for words, slugs in (("nothing to look at", grades.idle), ("not looked at", grades.missing))
            if slugs
        )
        graded = sum(chapter.grade is not None for chapter in grades.chapters.values())
        over = f"over {graded} of {number(len(grades.chapters), 'chapter')}"
        yield from self._wrapped(f"Grade {grades.overall} {over}: {each}{missing}.", "")

    def _chapter_line(self, slug: str, grades: Grades) -> str:
        chapter = grades.chapters.get(slug)
        if chapter is None or chapter.grade is None:
            return self._paint.bold(printable(slug))
        grade = self._paint.colour(chapter.grade, _GRADES[chapter.grade])
        points = self._paint.dim(f"  {chapter.points} of 100 points")
        return f"{self._paint.bold(slug)}  {grade}{points}"

    def _chapter(self, findings: list[Finding]) -> Iterator[str]:
        """Yield the findings without a file first, then those of each file."""
        for path, group in groupby(sorted(findings, key=lambda one: one.path or ""), key=lambda one: one.path or ""):
            yield self._cut(f"  {printable(path or APPLICATION)}")
            for same in by_rule(group):
                yield from self._rule(same)

    def _rule(self, findings: list[Finding]) -> Iterator[str]:
        for _, group in groupby(findings, key=lambda one: one.severity):
            same = list(group)
            first = same[0]
            severity = self._paint.colour(first.severity.label, _COLOURS[first.severity])
            yield f"    {severity}  {first.rule}{self._paint.dim(_times(same))}"
            if first.severity is Severity.INFO and first.path:
                yield from self._wrapped(f"line {_lines(same)}", "        ")
            else:
                yield from self._places(same)
            yield from self._advice(part for finding in same for part in finding.fix.split("\n\n"))

    def _places(self, findings: list[Finding]) -> Iterator[str]:
        for finding in findings[:_SHOWN_PLACES]:
            yield from self._shown(*_place(finding))
            yield from self._steps(finding)
        more = findings[_SHOWN_PLACES:]
        if more and more[0].path:
            yield from self._wrapped(f"and line {_lines(more)}", "        ")
        else:
            yield from self._more(len(findings))

    def _more(self, count: int) -> Iterator[str]:
        if count > _SHOWN_PLACES:
            yield f"        and {count - _SHOWN_PLACES} more"

    def _advice(self, paragraphs: Iterator[str] | Sequence[str]) -> Iterator[str]:
        for paragraph in paragraphs:
            if paragraph in self._said:
                continue
            self._said.add(paragraph)
            for line in paragraph.splitlines():
                # An indented line is code: it is copied, so it is never broken.
                code = line.startswith(" ")
                yield from [f"        {printable(line)}"] if code else self._wrapped(line, "        ")

    def _shown(self, indent: str, words: str) -> Iterator[str]:
        """Yield what shows a finding in at most a few lines: it may be a whole script."""
        lines = textwrap.wrap(
            printable(words),
            self._width,
            initial_indent=indent,
            subsequent_indent=" " * len(indent),
            max_lines=_SHOWN_LINES,
            placeholder="…",
            break_on_hyphens=False,
        )
        yield from lines or [indent.rstrip()]

    def _steps(self, finding: Finding) -> Iterator[str]:
        """Yield the path to a finding, a line for each step; one alone is where the finding is."""
        steps = steps_of(finding)
        for count, step in enumerate(steps if len(steps) > 1 else (), 1):
            words = ": ".join(filter(None, (place_of_step(step), words_of_step(step))))
            yield self._cut(printable(f"{count:>12}. {words}"))

    def _cut(self, line: str) -> str:
        return line if len(line) <= self._width else line[: self._width - 1] + "…"

    def _wrapped(self, words: str, indent: str) -> list[str]:
        return textwrap.wrap(
            printable(words),
            self._width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _place(finding: Finding) -> tuple[str, str]:
    """Return what a finding's line begins with, its line in the file or its route, and what shows it."""
    if finding.path:
        return f"{finding.line or '':>8}  ", shown(finding)
    route = route_of(finding)
    return "      ", f"{route}: {shown(finding)}" if route else shown(finding)


def _lines(findings: list[Finding]) -> str:
    return ", ".join(str(line) for line in dict.fromkeys(finding.line for finding in findings))


def _times(findings: list[Finding]) -> str:
    confidences = sorted({finding.confidence for finding in findings})
    sure = "/".join(confidence.label for confidence in confidences)
    return f"  ({len(findings)} x, confidence {sure})" if len(findings) > 1 else f"  (confidence {sure})"


def _inside(layers: Sequence[str]) -> str:
    """Say what kept the application from doing harm, the kernel's part by name; the other forms list each."""
    kernel = [name for name in _KERNEL if any(name in layer for layer in layers)]
    held = f"{', '.join(kernel)} among them" if kernel else "none of them the kernel's"
    return f"Run inside: a child process under {number(len(layers), 'protection')}, {held}; --format json lists them."


def _counted(report: Report) -> str:
    if not report.findings:
        return "No findings"
    parts = ", ".join(f"{count} {label}" for label, count in report.by_severity().items() if count)
    files = len({finding.path for finding in report.findings if finding.path})
    where = f" in {number(files, 'file')}" if files else ""
    return f"{number(len(report.findings), 'finding')} ({parts}){where}"


def _looked(report: Report) -> str:
    looked = ", ".join(number(count, name.removesuffix("s")) for name, count in report.looked_at.items())
    unchecked = f", {len(report.not_checked)} not checked" if report.not_checked else ""
    return f"Looked at {looked} with {number(len(report.rules), 'rule')} in {report.seconds:.2f} s{unchecked}."
