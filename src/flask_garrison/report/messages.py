"""What a report says of a rule: the words of the catalogue, or those of its findings where it is not in there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..audit.catalogue import all_checks
from ..audit.page import page
from ..audit.rule import Rule
from ..findings import Confidence, Finding, Report, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """The words on one rule.

    Attributes:
        before, after: An example and its repair; empty where there is none.
        page: The rule's page in Markdown; empty where there is none.
    """

    id: str
    title: str
    severity: Severity
    confidence: Confidence
    cwe: tuple[int, ...] = ()
    asvs: tuple[str, ...] = ()
    why: str = ""
    fix: str = ""
    before: str = ""
    after: str = ""
    guard: str = ""
    lesson: str | None = None
    page: str = ""

    @property
    def chapter(self) -> str:
        """Slug of the chapter."""
        return self.id.partition(".")[0]


def messages_of(report: Report) -> dict[str, Message]:
    """Return the words on every rule that a report names, by id, in the order of the ids."""
    findings = [*report.findings, *(entry.finding for entry in (*report.known, *report.suppressed))]
    first = {finding.rule: finding for finding in reversed(findings)}
    unchecked = [entry.rule for entry in report.not_checked if entry.rule is not None]
    ids: Iterable[str] = {*report.rules, *report.passed, *report.not_applicable, *first, *unchecked}
    return {rule: message_of(rule, first.get(rule)) for rule in sorted(ids)}


def message_of(identifier: str, finding: Finding | None = None) -> Message:
    """Return the words on one rule."""
    check = all_checks().get(identifier)
    if check is not None:
        return _of_rule(check.rule)
    if finding is not None:
        return _of_finding(finding)
    return Message(id=identifier, title=identifier, severity=Severity.INFO, confidence=Confidence.LOW)


def _of_rule(rule: Rule) -> Message:
    return Message(
        id=rule.id,
        title=rule.title,
        severity=rule.severity,
        confidence=rule.confidence,
        cwe=rule.cwe,
        asvs=rule.asvs,
        why=rule.why,
        fix=rule.fix,
        before=rule.before,
        after=rule.after,
        guard=rule.guard,
        lesson=rule.lesson,
        page=page(rule),
    )


def _of_finding(finding: Finding) -> Message:
    return Message(
        id=finding.rule,
        title=finding.title,
        severity=finding.severity,
        confidence=finding.confidence,
        cwe=finding.cwe,
        asvs=finding.asvs,
        fix=finding.fix,
        lesson=finding.lesson,
    )
