"""The result of one run, and its JSON form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .._version import __version__
from .asvs import Asvs
from .grades import Grades, grades_of
from .model import SCHEMA, Exit, Finding, Known, NotChecked, Severity, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The result of one run, in a fixed order.

    Attributes:
        target: What was inspected.
        rules: Ids of the rules that ran.
        findings: Numbered and sorted, see :func:`numbered`.
        not_checked: What was promised and could not be looked at.
        looked_at: Counts of what was read, by name, such as ``{"templates": 14}``.
        passed: Ids of the rules that looked and found nothing.
        not_applicable: Ids of the rules that had nothing to look at, such as those on an extension that is not used.
        advice: What to do first, in sentences.
        layers: What kept the application from doing harm while it was run, in words.
        ignored: How many findings ``garrison.toml`` ignores.
        suppressed: Findings that a comment in the source sets aside; they count for nothing.
        known: Findings that the baseline knows; they count for the grades and for nothing else.
        out_of_scope: Sentences on what this kind of run leaves out on purpose.
        asvs: A verdict on each requirement of OWASP ASVS, where they were asked for.
        seconds: How long the run took; shown to people only, so that equal runs give equal JSON.
        written_grades: As a report had them, where not everything that they come from is known; else ``None``.
    """

    target: Target
    rules: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    looked_at: Mapping[str, int] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    ignored: int = 0
    suppressed: tuple[Known, ...] = ()
    known: tuple[Known, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    asvs: Asvs | None = None
    seconds: float = 0.0
    written_grades: Grades | None = None

    def by_severity(self) -> dict[str, int]:
        """Count the findings of each severity, the worst first, zeros included."""
        counts = Counter(finding.severity for finding in self.findings)
        return {severity.label: counts[severity] for severity in reversed(Severity)}

    def by_chapter(self) -> dict[str, int]:
        """Count the findings of each chapter that a rule looked at, zeros included."""
        counts = Counter(finding.chapter for finding in self.findings)
        chapters = {rule.partition(".")[0] for rule in self.rules} | set(counts)
        return {chapter: counts[chapter] for chapter in sorted(chapters)}

    @property
    def grades(self) -> Grades:
        """The grade of each chapter, with its arithmetic."""
        return self.written_grades or grades_of(self)

    def exit_status(self, fail_on: Severity | None) -> int:
        """Return 1 for findings at or above ``fail_on``, else 3 for something unchecked and not accepted, else 0."""
        if fail_on is not None and any(finding.severity >= fail_on for finding in self.findings):
            return Exit.FOUND.value
        if any(entry.accepted is None for entry in self.not_checked):
            return Exit.NOT_CHECKED.value
        return Exit.CLEAN.value

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form of the contract."""
        return {
            "schema": SCHEMA,
            "tool": {"name": "Flask-Garrison", "version": __version__},
            "target": self.target.as_dict(),
            "findings": [finding.as_dict() for finding in self.findings],
            "not_checked": [entry.as_dict() for entry in self.not_checked],
            "summary": self._summary(),
        }

    def _summary(self) -> dict[str, Any]:
        return {
            "by_severity": self.by_severity(),
            "by_chapter": self.by_chapter(),
            "grade": self.grades.as_dict(),
            "looked_at": dict(self.looked_at),
            "passed": list(self.passed),
            "not_applicable": list(self.not_applicable),
            "layers": list(self.layers),
            "ignored": self.ignored,
            "suppressed": [entry.as_dict() for entry in self.suppressed],
            "known": [entry.as_dict() for entry in self.known],
            "out_of_scope": list(self.out_of_scope),
            **({} if self.asvs is None else {"asvs": self.asvs.as_dict()}),
        }


def numbered(findings: Iterable[Finding], before: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """Sort findings by place and rule, and number those whose rule and subject are the same.

    The number keeps a second identical tag in one file from hiding behind a suppressed first one.

    Args:
        before: Findings that have numbers already; counting goes on behind them.
    """
    seen: Counter[tuple[str, str]] = Counter((finding.rule, finding.subject) for finding in before)
    result: list[Finding] = []
    for finding in sorted(findings, key=_place):
        key = (finding.rule, finding.subject)
        result.append(replace(finding, ordinal=seen[key]))
        seen[key] += 1
    return tuple(result)


def numbered_known(entries: Iterable[Known], before: Iterable[Finding]) -> tuple[Known, ...]:
    """Sort and number entries as :func:`numbered` does their findings."""
    listed = sorted(entries, key=lambda entry: _place(entry.finding))
    findings = numbered([entry.finding for entry in listed], before)
    return tuple(replace(entry, finding=finding) for entry, finding in zip(listed, findings, strict=True))


def _place(finding: Finding) -> tuple[str, int, str, str, str, str]:
    return (
        finding.path or "",
        finding.line or 0,
        finding.route or "",
        finding.method or "",
        finding.rule,
        finding.subject,
    )
