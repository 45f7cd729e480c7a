"""What an inspection found, how sure it is, and what it could not look at: the types, and their JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from hashlib import sha256
from typing import Any

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
        chapters: Slugs of the chapters that it concerns where no rule is named; empty: every chapter of the run.
    """

    what: str
    reason: str
    how_to_include: str
    rule: str | None = None
    accepted: str | None = None
    chapters: tuple[str, ...] = ()

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


@dataclass(frozen=True, slots=True)
class Known:
    """A finding that the baseline knows: it is listed, and does not decide how the run ends.

    Attributes:
        reason: Why the project lives with it.
        until: The last day on which it does, as ``YYYY-MM-DD``, or ``None``.
    """

    finding: Finding
    reason: str
    until: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: that of the finding, with ``reason`` and ``until``."""
        return {**self.finding.as_dict(), "reason": self.reason, "until": self.until}
