"""The report for people: by file, then by rule, each place on one line, each piece of advice once."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..findings import Finding, NotChecked, Report, Severity
from .paint import Paint

_COLOURS = {
    Severity.CRITICAL: "bright_red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "bright_black",
}
_SHOWN_PLACES = 10
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def render_text(report: Report, *, width: int = 100, colour: bool = False) -> str:
    """Return the report as text of at most ``width`` columns, where words allow it."""
    writer = _Writer(Paint(colour), max(width, 40))
    lines = [*writer.findings(report.findings), *writer.not_checked(report.not_checked), *writer.summary(report)]
    return "\n".join(lines) + "\n"


class _Writer:
    """Writes the parts of one report; remembers the advice that was given already."""

    def __init__(self, paint: Paint, width: int) -> None:
        self._paint = paint
        self._width = width
        self._said: set[str] = set()

    def findings(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Yield the lines of all files."""
        for place, group in groupby(findings, key=lambda finding: finding.path or finding.route or ""):
            yield self._paint.bold(_printable(place))
            yield from self._file(list(group))
            yield ""

    def not_checked(self, entries: Sequence[NotChecked]) -> Iterator[str]:
        """Yield the lines on what was not looked at."""
        if not entries:
            return
        yield self._paint.bold("Not checked")
        for entry in entries:
            yield from self._wrapped(f"{entry.what}: {entry.reason}", "  ")
            words = f"accepted {entry.accepted}" if entry.accepted else entry.how_to_include
            yield from self._wrapped(words, "      ")
        yield ""

    def summary(self, report: Report) -> Iterator[str]:
        """Yield the last lines: counts, what was looked at, what was not meant to be."""
        yield from self._wrapped(f"{_counted(report)}. {_looked(report)}", "")
        if report.ignored:
            yield f"{_number(report.ignored, 'finding')} ignored by garrison.toml."
        for sentence in report.out_of_scope:
            yield from self._wrapped(f"Not part of this run: {sentence}", "")

    def _file(self, findings: list[Finding]) -> Iterator[str]:
        def order(finding: Finding) -> tuple[int, str]:
            return -finding.severity, finding.rule

        for _, group in groupby(sorted(findings, key=order), key=order):
            yield from self._rule(list(group))

    def _rule(self, findings: list[Finding]) -> Iterator[str]:
        first = findings[0]
        severity = self._paint.colour(first.severity.label, _COLOURS[first.severity])
        yield f"  {severity}  {first.rule}{self._paint.dim(_times(findings))}"
        if first.severity is Severity.INFO:
            yield from self._wrapped(f"line {_lines(findings)}", "      ")
        else:
            yield from self._places(findings)
        yield from self._advice(findings)

    def _places(self, findings: list[Finding]) -> Iterator[str]:
        for finding in findings[:_SHOWN_PLACES]:
            # The evidence shows the place; where there is none, the title says it.
            shown = finding.evidence[0].summary if finding.evidence else finding.title
            yield self._cut(f"{finding.line or '':>6}  {_printable(shown)}")
        more = findings[_SHOWN_PLACES:]
        if more:
            yield from self._wrapped(f"and line {_lines(more)}", "      ")

    def _advice(self, findings: list[Finding]) -> Iterator[str]:
        for finding in findings:
            for paragraph in finding.fix.split("\n\n"):
                if paragraph in self._said:
                    continue
                self._said.add(paragraph)
                for line in paragraph.splitlines():
                    # An indented line is code: it is copied, so it is never broken.
                    yield from [f"      {_printable(line)}"] if line.startswith(" ") else self._wrapped(line, "      ")

    def _cut(self, line: str) -> str:
        return line if len(line) <= self._width else line[: self._width - 1] + "…"

    def _wrapped(self, words: str, indent: str) -> list[str]:
        return textwrap.wrap(
            _printable(words),
            self._width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )


def _lines(findings: list[Finding]) -> str:
    return ", ".join(str(line) for line in dict.fromkeys(finding.line for finding in findings))


def _times(findings: list[Finding]) -> str:
    confidences = sorted({finding.confidence for finding in findings})
    sure = "/".join(confidence.label for confidence in confidences)
    return f"  ({len(findings)} x, confidence {sure})" if len(findings) > 1 else f"  (confidence {sure})"


def _counted(report: Report) -> str:
    if not report.findings:
        return "No findings"
    parts = ", ".join(f"{count} {label}" for label, count in report.by_severity().items() if count)
    files = len({finding.path for finding in report.findings if finding.path})
    return f"{_number(len(report.findings), 'finding')} ({parts}) in {_number(files, 'file')}"


def _looked(report: Report) -> str:
    looked = ", ".join(_number(count, name.removesuffix("s")) for name, count in report.looked_at.items())
    unchecked = f", {len(report.not_checked)} not checked" if report.not_checked else ""
    return f"Looked at {looked} with {_number(len(report.rules), 'rule')} in {report.seconds:.2f} s{unchecked}."


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _printable(text: str) -> str:
    """Make visible what could move the cursor, change colours or turn the direction of writing."""
    return _INVISIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
