"""What changed between two reports, by fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .model import Finding, NotChecked, Severity
from .report import Report


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports side by side; what a baseline knows takes part like everything else.

    Attributes:
        old, new: The reports.
        added: Findings of the new one alone.
        fixed: Findings of the old one alone whose rule looked again.
        unseen: Findings of the old one alone whose rule did not look, or could not: neither fixed nor there.
        unchanged: Findings of both, as the new one tells them.
        no_longer_checked: What the new one could not look at and the old one could.
    """

    old: Report
    new: Report
    added: tuple[Finding, ...]
    fixed: tuple[Finding, ...]
    unseen: tuple[Finding, ...]
    unchanged: tuple[Finding, ...]
    no_longer_checked: tuple[NotChecked, ...]

    def exit_status(self, fail_on: Severity | None) -> int:
        """Return 1 for an added finding at or above ``fail_on``, else 0."""
        return int(fail_on is not None and any(finding.severity >= fail_on for finding in self.added))

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "schema": 1,
            "old": _named(self.old),
            "new": _named(self.new),
            "added": [finding.as_dict() for finding in self.added],
            "fixed": [finding.as_dict() for finding in self.fixed],
            "unseen": [finding.as_dict() for finding in self.unseen],
            "unchanged": [finding.as_dict() for finding in self.unchanged],
            "no_longer_checked": [entry.as_dict() for entry in self.no_longer_checked],
        }


def compare(old: Report, new: Report) -> Comparison:
    """Compare two reports.

    Nobody may read *fixed* where nobody looked: a finding whose rule did not judge anything in the new run is unseen.
    """
    before, after = _all(old), _all(new)
    aside = {entry.finding.fingerprint for entry in new.suppressed}
    # What a comment has set aside since is there all the same.
    gone = [finding for mark, finding in before.items() if mark not in after and mark not in aside]
    judged = {*new.passed, *new.not_applicable, *(finding.rule for finding in after.values())}
    judged -= {entry.rule for entry in new.not_checked}
    missed = {(entry.what, entry.rule) for entry in old.not_checked}
    return Comparison(
        old,
        new,
        added=tuple(finding for mark, finding in after.items() if mark not in before),
        fixed=tuple(finding for finding in gone if finding.rule in judged and not _missed(finding, new)),
        unseen=tuple(finding for finding in gone if finding.rule not in judged or _missed(finding, new)),
        unchanged=tuple(finding for mark, finding in after.items() if mark in before),
        no_longer_checked=tuple(entry for entry in new.not_checked if (entry.what, entry.rule) not in missed),
    )


def _all(report: Report) -> Mapping[str, Finding]:
    findings = (*report.findings, *(entry.finding for entry in report.known))
    return {finding.fingerprint: finding for finding in findings}


def _missed(finding: Finding, report: Report) -> bool:
    """Return whether a report says that the file or route of a finding could not be looked at."""
    places = {finding.path, finding.route} - {None}
    return any(entry.what in places for entry in report.not_checked)


def _named(report: Report) -> dict[str, Any]:
    return {"target": report.target.as_dict(), "grade": report.grades.overall, "findings": len(_all(report))}
