"""What the page shows, made ready: the template decides nothing but where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from ..._version import __version__
from ...controls import CHAPTERS
from ...findings import Chapter, Evidence, Finding, Report, Severity
from ...findings.grades import LETTERS, PERCENT, WEIGHTS
from ..messages import Message, messages_of
from ..places import by_rule, evidence_of, place_of, place_of_step, route_of, steps_of, words_of_step
from ..printable import cut, number
from ..run import Run
from . import words
from .asvs import AsvsView, asvs_view
from .trend import Trend, trend_of

MOST_PLACES = 50
_LONGEST = 1_000
_LONGEST_BLOCK = 4_000


@dataclass(frozen=True, slots=True)
class ChapterView:
    """One chapter with its grade."""

    slug: str
    title: str
    data: Chapter
    sum: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """One finding of a rule: where, what shows it, and what is special about its repair."""

    place: str
    route: str
    title: str
    shown: str
    path: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]
    fix: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule that found something."""

    anchor: str
    message: Message
    severity: str
    confidence: str
    count: int
    places: tuple[PlaceView, ...]
    more: int
    fix: tuple[str, ...]
    open: bool
    failing: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """One thing to do next."""

    anchor: str
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The whole page."""

    report: Report
    run: Run
    version: str
    grade_words: str
    risk: tuple[str, str]
    harms: Sequence[str]
    steps: Sequence[StepView]
    trend: Trend
    missing: str
    blind: str
    chapters: Sequence[ChapterView]
    groups: Sequence[tuple[ChapterView, Sequence[RuleView]]]
    passed: Sequence[Message]
    not_applicable: Sequence[Message]
    ages: Sequence[tuple[str, str]]
    scale: str
    weights: str
    severities: Sequence[str]
    asvs: AsvsView | None


def view_of(report: Report, run: Run, fail_on: Severity | None) -> View:
    """Return what the page shows."""
    messages = messages_of(report)
    grades = report.grades
    chapters = {slug: _chapter(slug, chapter) for slug, chapter in grades.chapters.items()}
    rules = [_rule(n, group, messages, fail_on) for n, group in enumerate(by_rule(report.findings), 1)]
    return View(
        report=report,
        run=run,
        version=__version__,
        grade_words=words.GRADES.get(grades.overall or "", "no grade: nothing was looked at"),
        risk=words.risk(report),
        harms=words.harms(report)[:3],
        steps=_steps(report, rules, run),
        trend=trend_of(report, run),
        blind=_blind(len(report.not_checked)),
        missing=words.listed([words.title(slug).lower() for slug in grades.missing]),
        chapters=list(chapters.values()),
        groups=_groups(rules, chapters),
        passed=[messages[rule] for rule in report.passed if rule in messages],
        not_applicable=[messages[rule] for rule in report.not_applicable if rule in messages],
        ages=list(_ages(report, run)),
        scale=", ".join(f"{letter} from {least}" for letter, least in LETTERS),
        weights=_weights(),
        asvs=asvs_view(report.asvs),
        severities=[severity.label for severity in reversed(Severity) if report.by_severity()[severity.label]],
    )


def _chapter(slug: str, chapter: Chapter) -> ChapterView:
    """Return a chapter with its sum in words, such as ``100 - 35 = 65``."""
    costs = [f"- {loss.points}" for loss in chapter.lost if loss.points]
    sums = f"{' '.join(['100', *costs])} = {chapter.points}" if costs else "100"
    result = "" if chapter.points is None else sums
    return ChapterView(slug, words.title(slug), chapter, result)


def _groups(
    rules: Iterable[RuleView], chapters: dict[str, ChapterView]
) -> list[tuple[ChapterView, Sequence[RuleView]]]:
    by_chapter: dict[str, list[RuleView]] = {}
    for rule in rules:
        by_chapter.setdefault(rule.message.chapter, []).append(rule)
    order = [slug for slug in CHAPTERS if slug in by_chapter] + [slug for slug in by_chapter if slug not in CHAPTERS]
    unknown = Chapter(grade=None, points=None)
    return [(chapters.get(slug, ChapterView(slug, slug, unknown, "")), by_chapter[slug]) for slug in order]


def _rule(index: int, group: list[Finding], messages: dict[str, Message], fail_on: Severity | None) -> RuleView:
    worst = max(finding.severity for finding in group)
    message = messages[group[0].rule]
    common = _common(group)
    return RuleView(
        anchor=f"finding-{index}",
        message=message,
        severity=worst.label,
        confidence=max(finding.confidence for finding in group).label,
        count=len(group),
        places=tuple(_place(finding, common) for finding in group[:MOST_PLACES]),
        more=max(len(group) - MOST_PLACES, 0),
        fix=tuple(cut(part, _LONGEST_BLOCK) for part in common),
        open=worst >= Severity.MEDIUM,
        failing=fail_on is not None and worst >= fail_on,
    )


def _common(group: Sequence[Finding]) -> list[str]:
    """Return the paragraphs of advice that every finding of a rule gives."""
    others = [set(finding.fix.split("\n\n")) for finding in group[1:]]
    return [part for part in group[0].fix.split("\n\n") if all(part in other for other in others)]


def _place(finding: Finding, common: Sequence[str]) -> PlaceView:
    own = [part for part in finding.fix.split("\n\n") if part not in common]
    path = _path(finding)
    return PlaceView(
        place=cut(place_of(finding), _LONGEST),
        route=route_of(finding) if finding.path else "",
        title=cut(finding.title, _LONGEST),
        shown=cut("" if path else evidence_of(finding), _LONGEST),
        path=path,
        evidence=tuple(filter(None, (_evidence(n, item) for n, item in enumerate(finding.evidence)))),
        fix=tuple(cut(part, _LONGEST_BLOCK) for part in own),
    )


def _evidence(index: int, item: Evidence) -> str:
    """Return one piece of evidence in words and data; the first one's words stand in the list already."""
    head = "" if index == 0 else f"{item.kind}: {item.summary}\n"
    data = dict(item.data)
    # The path is a list of its own.
    data.pop("steps", None)
    rest = json.dumps(data, indent=2, ensure_ascii=False) if data else ""
    return cut((head + rest).strip(), _LONGEST_BLOCK)


def _path(finding: Finding) -> tuple[tuple[str, str], ...]:
    """Return place and words of each step that leads to a finding; one alone leads nowhere."""
    steps = [(cut(place_of_step(one), _LONGEST), cut(words_of_step(one), _LONGEST)) for one in steps_of(finding)]
    return tuple(steps) if len(steps) > 1 else ()


def _steps(report: Report, rules: Sequence[RuleView], run: Run) -> list[StepView]:
    """Return the three things to do next."""
    serious = [rule for rule in rules if rule.severity != Severity.INFO.label]
    steps = [StepView(rule.anchor, f"Repair: {rule.message.title}", _stake(rule)) for rule in serious[:3]]
    waiting = [entry for entry in report.not_checked if entry.accepted is None]
    if waiting:
        steps.append(StepView("not-checked", "Make it possible to look at everything", _blind(len(waiting))))
    if report.known:
        steps.append(StepView("known", "Decide again on what is known", _lived(report)))
    again = f"before {_due(run)}" if run.made else f"in {run.days} days"
    steps.append(StepView("data", f"Run this again {again}", "What is true today changes with the next release."))
    return steps[:3]


def _stake(rule: RuleView) -> str:
    return f"{rule.severity.title()}, in {number(rule.count, 'place')}: {words.title(rule.message.chapter).lower()}."


def _blind(count: int) -> str:
    return f"{number(count, 'thing')} could not be looked at, and may hide anything."


def _lived(report: Report) -> str:
    return (
        f"{number(len(report.known), 'finding')} is lived with on purpose, each for a reason and perhaps not for ever."
    )


def _due(run: Run) -> str:
    return (run.made + timedelta(days=run.days)).strftime("%Y-%m-%d") if run.made else ""


def _ages(report: Report, run: Run) -> Iterable[tuple[str, str]]:
    if run.made is not None:
        yield "This result", f"made {run.made.strftime('%Y-%m-%d %H:%M')} UTC; run again before {_due(run)}"
    yield "The rules", f"those of Flask-Garrison {__version__}"
    if run.before:
        last = run.before[-1]
        yield "The run before", f"{last.time.strftime('%Y-%m-%d')} with Flask-Garrison {last.version}"
    if "dependencies" in report.grades.missing:
        yield "Known weaknesses of packages", "no such data was used: this run did not look at packages"


def _weights() -> str:
    costs = ", ".join(f"{severity.label} {points}" for severity, points in reversed(WEIGHTS.items()))
    sure = ", ".join(f"{confidence.label} {share} %" for confidence, share in reversed(PERCENT.items()))
    return f"By severity: {costs}. Of that, by how sure the finding is: {sure}."
