"""What an inspection found, how sure it is, and what it could not look at: the types, and their JSON form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from hashlib import sha256
from typing import Any

from .._version import __version__

SCHEMA = 1
EVIDENCE_KINDS = ("path", "request", "statement", "argv", "file", "row", "header", "config")


class Severity(IntEnum):
    """How much harm a finding does where it is true; members compare."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def label(self) -> str:
        """The word of the JSON contract."""
        return self.name.lower()


class Confidence(IntEnum):
    """How sure a finding is; ``PROVED`` means that it was seen to happen."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2
    PROVED = 3

    @property
    def label(self) -> str:
        """The word of the JSON contract."""
        return self.name.lower()


class Exit(Enum):
    """Exit statuses that scripts rely on."""

    CLEAN = 0
    FOUND = 1
    UNUSABLE = 2
    NOT_CHECKED = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that shows that a finding is true.

    Attributes:
        kind: One of :data:`EVIDENCE_KINDS`.
        summary: One line for people, such as the tag as it stands in the template.
        data: The same for programs; JSON values only.
    """

    kind: str
    summary: str
    data: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"kind": self.kind, "summary": self.summary, "data": dict(self.data)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One weakness at one place.

    Attributes:
        rule: Id of the rule, ``<chapter>.<kebab-name>``.
        control: Id of the control that the weakness concerns.
        title: What is wrong here, a phrase without a full stop.
        subject: What the fingerprint is made of: file and normalised code, or route and sink; never a line number.
        ordinal: Counts findings of one rule with the same subject, from 0; see :func:`numbered`.
        written_fingerprint: As a report had it, where the subject is not known; else ``None``.
        path: File as a user opens it, or ``None``.
        line: Line in that file, from 1, or ``None``.
        route: The rule as in ``url_map``, or ``None``.
        fix: What to change; paragraphs are separated by an empty line.
        lesson: Slug of the lab that teaches it, or ``None``.
    """

    rule: str
    control: str
    title: str
    severity: Severity
    confidence: Confidence
    subject: str
    fix: str
    ordinal: int = 0
    written_fingerprint: str | None = None
    cwe: tuple[int, ...] = ()
    asvs: tuple[str, ...] = ()
    path: str | None = None
    line: int | None = None
    route: str | None = None
    method: str | None = None
    evidence: tuple[Evidence, ...] = ()
    lesson: str | None = None

    @property
    def chapter(self) -> str:
        """Slug of the chapter, the part of the rule's id before the dot."""
        return self.rule.partition(".")[0]

    @property
    def fingerprint(self) -> str:
        """16 hex digits that stay the same while the code around the finding changes."""
        if self.written_fingerprint is not None:
            return self.written_fingerprint
        parts = (self.rule, self.subject, str(self.ordinal))
        return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form, keys in the order of the contract."""
        return {
            "rule": self.rule,
            "control": self.control,
            "chapter": self.chapter,
            "title": self.title,
            "severity": self.severity.label,
            "confidence": self.confidence.label,
            "cwe": list(self.cwe),
            "asvs": list(self.asvs),
            "path": self.path,
            "line": self.line,
            "route": self.route,
            "method": self.method,
            "evidence": [item.as_dict() for item in self.evidence],
            "fix": self.fix,
            "lesson": self.lesson,
            "fingerprint": self.fingerprint,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NotChecked:
    """Something that was promised and could not be looked at.

    Attributes:
        what: The file, route or part.
        rule: Id of the rule that could not look, or ``None`` for every rule that would have.
        reason: Why, in words.
        how_to_include: What the user can do about it.
        accepted: Why and until when the project lives with it (from ``garrison.toml``), or ``None``.
    """

    what: str
    reason: str
    how_to_include: str
    rule: str | None = None
    accepted: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form; what was accepted says so in its reason."""
        words = f" (accepted: {self.accepted})" if self.accepted else ""
        return {
            "what": self.what,
            "rule": self.rule,
            "reason": self.reason + words,
            "how_to_include": self.how_to_include,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What was inspected.

    Attributes:
        kind: ``path`` or ``app``.
        name: As the user wrote it.
    """

    kind: str
    name: str

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {"kind": self.kind, "name": self.name}


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
        layers: What kept the application from doing harm while it was run, in words.
        ignored: How many findings ``garrison.toml`` ignores.
        out_of_scope: Sentences on what this kind of run leaves out on purpose.
        seconds: How long the run took; shown to people only, so that equal runs give equal JSON.
    """

    target: Target
    rules: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    looked_at: Mapping[str, int] = field(default_factory=dict)
    passed: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    ignored: int = 0
    out_of_scope: tuple[str, ...] = ()
    seconds: float = 0.0

    def by_severity(self) -> dict[str, int]:
        """Count the findings of each severity, the worst first, zeros included."""
        counts = Counter(finding.severity for finding in self.findings)
        return {severity.label: counts[severity] for severity in reversed(Severity)}

    def by_chapter(self) -> dict[str, int]:
        """Count the findings of each chapter that a rule looked at, zeros included."""
        counts = Counter(finding.chapter for finding in self.findings)
        chapters = {rule.partition(".")[0] for rule in self.rules} | set(counts)
        return {chapter: counts[chapter] for chapter in sorted(chapters)}

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
            # Grades need what `check` measures; a later version fills this in.
            "grade": None,
            "looked_at": dict(self.looked_at),
            "passed": list(self.passed),
            "not_applicable": list(self.not_applicable),
            "layers": list(self.layers),
            "ignored": self.ignored,
            "out_of_scope": list(self.out_of_scope),
        }


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by place and rule, and number those whose rule and subject are the same.

    The number keeps a second identical tag in one file from hiding behind a suppressed first one.
    """
    seen: Counter[tuple[str, str]] = Counter()
    result: list[Finding] = []
    for finding in sorted(findings, key=_place):
        key = (finding.rule, finding.subject)
        result.append(replace(finding, ordinal=seen[key]))
        seen[key] += 1
    return tuple(result)


def _place(finding: Finding) -> tuple[str, int, str, str, str, str]:
    return (
        finding.path or "",
        finding.line or 0,
        finding.route or "",
        finding.method or "",
        finding.rule,
        finding.subject,
    )
