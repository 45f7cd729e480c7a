"""Grades: how many of 100 points a chapter keeps, and the arithmetic, so that anybody can check it.

A rule that found something costs its chapter points: those of its worst finding, and a quarter of its own points for
each further one, together never more than twice the worst. A finding costs what its severity weighs, less where it is
less sure. No grade says more than was looked at: a chapter with something that was not checked is never an A, and one
that nobody looked at has no grade. The whole is as good as its worst chapter: attackers choose where they come in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .model import Confidence, Finding, NotChecked, Severity

if TYPE_CHECKING:
    from .report import Report

FULL = 100
LETTERS: tuple[tuple[str, int], ...] = (("A", 90), ("B", 80), ("C", 65), ("D", 45), ("F", 0))
"""Each grade with the least points that earn it."""
WEIGHTS = {Severity.INFO: 0, Severity.LOW: 4, Severity.MEDIUM: 15, Severity.HIGH: 35, Severity.CRITICAL: 70}
"""Points that a finding of a severity costs."""
PERCENT = {Confidence.LOW: 40, Confidence.MEDIUM: 70, Confidence.HIGH: 100, Confidence.PROVED: 100}
"""How much of that it costs, by how sure it is."""

NOT_LOOKED_AT = "not looked at"
NOTHING_TO_LOOK_AT = "nothing to look at"
NOT_CHECKED = "could not be checked"


@dataclass(frozen=True, slots=True)
class Loss:
    """What one rule cost its chapter.

    Attributes:
        severity: Of its worst finding.
        confidence: Of its worst finding.
        findings: How many it has, known ones included.
        points: What they cost together.
    """

    rule: str
    severity: Severity
    confidence: Confidence
    findings: int
    points: int

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "rule": self.rule,
            "severity": self.severity.label,
            "confidence": self.confidence.label,
            "findings": self.findings,
            "points": self.points,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The grade of one chapter.

    Attributes:
        grade: A letter of :data:`LETTERS`, or ``None`` where there is none.
        points: Of :data:`FULL`; ``None`` where there is no grade.
        note: What limits the grade, or why there is none; empty where nothing does.
        lost: What each rule cost, the most first.
        passed, failed, not_applicable, unchecked: How many rules.
        not_checked: How many things could not be looked at.
    """

    grade: str | None
    points: int | None
    note: str = ""
    lost: tuple[Loss, ...] = ()
    passed: int = 0
    failed: int = 0
    not_applicable: int = 0
    unchecked: int = 0
    not_checked: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        rules = {name: getattr(self, name) for name in ("passed", "failed", "not_applicable")}
        return {
            "grade": self.grade,
            "points": self.points,
            "note": self.note,
            "lost": [loss.as_dict() for loss in self.lost],
            "rules": {**rules, "not_checked": self.unchecked},
            "not_checked": self.not_checked,
        }


@dataclass(frozen=True, slots=True)
class Grades:
    """The grades of one report.

    Attributes:
        overall: A letter, or ``None`` where no chapter has one.
        points: Those of the worst chapter, or ``None``.
        note: Which chapter decides, or why there is no grade.
        chapters: Every chapter of the catalogue, in its order.
    """

    overall: str | None
    points: int | None
    note: str
    chapters: Mapping[str, Chapter]

    @property
    def idle(self) -> tuple[str, ...]:
        """Slugs of the chapters in which there was nothing to look at."""
        return tuple(slug for slug, chapter in self.chapters.items() if chapter.note == NOTHING_TO_LOOK_AT)

    @property
    def missing(self) -> tuple[str, ...]:
        """Slugs of the chapters that nobody looked at."""
        return tuple(slug for slug, chapter in self.chapters.items() if chapter.note == NOT_LOOKED_AT)

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "overall": self.overall,
            "points": self.points,
            "note": self.note,
            "chapters": {slug: chapter.as_dict() for slug, chapter in self.chapters.items()},
        }


def grades_of(report: Report) -> Grades:
    """Return the grades of a report; what a baseline knows is still there, so it counts."""
    from ..controls import CHAPTERS  # the command line does without the catalogue until a report is made

    chapters = {slug: _chapter(report, slug) for slug in CHAPTERS}
    graded = [(chapter.grade, chapter.points, slug) for slug, chapter in chapters.items() if chapter.grade]
    if not graded:
        looked = any(chapter.note != NOT_LOOKED_AT for chapter in chapters.values())
        return Grades(None, None, NOT_CHECKED if looked and report.not_checked else NOT_LOOKED_AT, chapters)
    # The letters are in the order of the alphabet; the worst is the last.
    letter, points, slug = max(graded, key=lambda one: (one[0], -(one[1] or 0)))
    return Grades(letter, points, "" if letter == "A" else f"that of the worst chapter, {slug}", chapters)


def letter_of(points: int) -> str:
    """Return the grade for points from 0 to :data:`FULL`."""
    return next(letter for letter, least in LETTERS if points >= least)


def cost(findings: Iterable[Finding]) -> int:
    """Return what the findings of one rule cost together."""
    each = sorted((WEIGHTS[one.severity] * PERCENT[one.confidence] for one in findings), reverse=True)
    hundredths = min(each[0] + sum(each[1:]) // 4, 2 * each[0])
    return min((hundredths + 50) // 100, FULL)


def _chapter(report: Report, slug: str) -> Chapter:
    found = _by_rule(report, slug)
    entries = [entry for entry in report.not_checked if _concerns(entry, slug, report)]
    unchecked = {entry.rule for entry in entries if entry.rule is not None} - set(found)
    passed = len(_of(report.passed, slug))
    not_applicable = len(_of(report.not_applicable, slug))
    lost = tuple(sorted((_loss(*item) for item in found.items()), key=lambda loss: (-loss.points, loss.rule)))
    points = max(FULL - sum(loss.points for loss in lost), 0)
    counts = {"passed": passed, "failed": len(found), "not_applicable": not_applicable, "unchecked": len(unchecked)}
    grade, note = _grade(points, passed + len(found), not_applicable, len(entries))
    kept = None if grade is None else points
    return Chapter(grade=grade, points=kept, note=note, lost=lost, not_checked=len(entries), **counts)


def _grade(points: int, judged: int, not_applicable: int, unchecked: int) -> tuple[str | None, str]:
    """Return the letter and what limits it, from the points and how many rules judged something."""
    if not judged:
        return None, NOT_CHECKED if unchecked else NOTHING_TO_LOOK_AT if not_applicable else NOT_LOOKED_AT
    letter = letter_of(points)
    if unchecked and letter == "A":
        return "B", "no A, because something was not checked"
    return letter, ""


def _concerns(entry: NotChecked, slug: str, report: Report) -> bool:
    """Return whether an entry concerns a chapter; one without rule and chapters concerns all that rules looked at."""
    if entry.rule is not None:
        return entry.rule.partition(".")[0] == slug
    return slug in entry.chapters if entry.chapters else bool(_of(report.rules, slug))


def _by_rule(report: Report, slug: str) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in (*report.findings, *(entry.finding for entry in report.known)):
        if finding.chapter == slug:
            found[finding.rule].append(finding)
    return found


def _loss(rule: str, findings: list[Finding]) -> Loss:
    worst = max(findings, key=lambda one: (cost([one]), one.severity))
    return Loss(rule, worst.severity, worst.confidence, len(findings), cost(findings))


def _of(rules: Iterable[str], slug: str) -> list[str]:
    return [rule for rule in rules if rule.partition(".")[0] == slug]
