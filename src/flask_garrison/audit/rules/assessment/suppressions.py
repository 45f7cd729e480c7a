"""Entries of ``garrison.toml`` and comments in the source that no longer hold, or that hold for nothing."""

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
    title="Expired entry in garrison.toml, the baseline or a comment",
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
    title="Unused entry in garrison.toml, the baseline or a comment",
    why="It matches nothing today, so it can only hide something new tomorrow.",
    fix="Delete the entry. If it should match, compare its pattern with the path in the report: patterns are "
    "relative to garrison.toml; a comment holds for the statement that it stands in. A finding that the baseline "
    "knew and that is repaired leaves its entry behind.",
    before='[[ignore]]\nrule = "headers.style-attribute"\npath = "templates/deleted.html"\nreason = "old page"',
    after="# nothing: the template is gone, and so is the entry",
    guard="Nothing: this concerns the audit alone.",
    language="toml",
)
UNREADABLE_SUPPRESSION = Rule(
    id="assessment.unreadable-suppression",
    kind="code",
    control="assessment.not-checked",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(636,),
    asvs=(),
    title="Comment to Garrison that cannot be followed",
    why="It names no rule, one that does not exist, or a date that is none. It hides nothing, and whoever wrote it "
    "believes that it does.",
    fix="Write # garrison: ignore[rule.id] reason; `garrison rules` lists the ids. In a template it is "
    "{# garrison: ignore[rule.id] reason #}. A last day is written until=2027-01-31.",
    before="subprocess.run(command, shell=True)  # garrison: ignore[inputs.comand] fixed text",
    after="subprocess.run(command, shell=True)  # garrison: ignore[inputs.command-injection] fixed text",
    guard="Nothing: this concerns the audit alone.",
    language="python",
)
UNREASONED_SUPPRESSION = Rule(
    id="assessment.unreasoned-suppression",
    kind="code",
    control="assessment.not-checked",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(636,),
    asvs=(),
    title="Comment to Garrison without a reason",
    why="Nobody can tell later whether what it hides is harmless or was only in the way. So it hides nothing.",
    fix="Write behind the bracket why the code is as it should be.",
    before="subprocess.run(command, shell=True)  # garrison: ignore[inputs.command-injection]",
    after="subprocess.run(command, shell=True)  # garrison: ignore[inputs.command-injection] fixed text of ours",
    guard="Nothing: this concerns the audit alone.",
    language="python",
)


@checks(EXPIRED_SUPPRESSION, reads="suppression")
def expired_suppressions(usage: Usage) -> Iterator[Match]:
    """Find entries whose last day is over."""
    if usage.expired:
        yield Match(f"Expired {usage.entry}: {usage.subject}")


@checks(UNUSED_SUPPRESSION, reads="suppression")
def unused_suppressions(usage: Usage) -> Iterator[Match]:
    """Find entries that are in force, could have matched in this run, and did not."""
    if not usage.expired and usage.tested and not usage.hits:
        yield Match(f"Unused {usage.entry}: {usage.subject}")


@checks(UNREADABLE_SUPPRESSION, reads="suppression")
def unreadable_suppressions(usage: Usage) -> Iterator[Match]:
    """Find comments that nobody can follow."""
    if usage.defect:
        yield Match(f"{usage.entry} in {usage.subject.rpartition(' in ')[2]} cannot be followed: {usage.defect}")


@checks(UNREASONED_SUPPRESSION, reads="suppression")
def unreasoned_suppressions(usage: Usage) -> Iterator[Match]:
    """Find comments that do not say why."""
    if usage.unreasoned:
        yield Match(f"{usage.entry} without a reason: {usage.subject}")
