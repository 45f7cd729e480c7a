"""Entries of ``garrison.toml`` that no longer hold, or that hold for nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...rule import Match, Rule, checks
from ...suppressions import Usage

_BEFORE = """\
[[ignore]]
rule = "headers.style-attribute"
path = "*/old.html"
reason = "goes away with the redesign"
until = 2020-01-01"""

EXPIRED_SUPPRESSION = Rule(
    id="assessment.expired-suppression",
    kind="code",
    control="assessment.not-checked",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(636,),
    asvs=(),
    title="Expired entry in garrison.toml or the baseline",
    why="What was to be lived with until a date has not been dealt with. The entry no longer hides anything: "
    "its findings are reported again.",
    fix="Repair what the entry hid and delete it, or decide again and write a new date and reason.",
    before=_BEFORE,
    after=_BEFORE.replace("2020-01-01", "2099-01-01"),
    guard="Nothing: this concerns the audit alone.",
    language="toml",
)
UNUSED_SUPPRESSION = Rule(
    id="assessment.unused-suppression",
    kind="code",
    control="assessment.not-checked",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(636,),
    asvs=(),
    title="Unused entry in garrison.toml or the baseline",
    why="It matches nothing today, so it can only hide something new tomorrow.",
    fix="Delete the entry. If it should match, compare its pattern with the path in the report: patterns are "
    "relative to garrison.toml. A finding that the baseline knew and that is repaired leaves its entry behind.",
    before='[[ignore]]\nrule = "headers.style-attribute"\npath = "templates/deleted.html"\nreason = "old page"',
    after="# nothing: the template is gone, and so is the entry",
    guard="Nothing: this concerns the audit alone.",
    language="toml",
)


@checks(EXPIRED_SUPPRESSION, reads="suppression")
def expired_suppressions(usage: Usage) -> Iterator[Match]:
    """Find entries whose last day is over."""
    if usage.expired:
        yield Match(f"Expired [[{usage.table}]]: {usage.subject}")


@checks(UNUSED_SUPPRESSION, reads="suppression")
def unused_suppressions(usage: Usage) -> Iterator[Match]:
    """Find entries that are in force, could have matched in this run, and did not."""
    if not usage.expired and usage.tested and not usage.hits:
        yield Match(f"Unused [[{usage.table}]]: {usage.subject}")
