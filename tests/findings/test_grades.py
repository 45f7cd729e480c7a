"""Grades: the arithmetic, and that no grade says more than was looked at."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.controls import CHAPTERS
from flask_garrison.findings import Confidence, Finding, Known, NotChecked, Report, Severity, Target, numbered
from flask_garrison.findings.grades import LETTERS, PERCENT, WEIGHTS, cost, letter_of

FINDING = Finding(
    rule="headers.one",
    control="headers.csp",
    title="One",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    subject="a",
    fix="",
)
REPORT = Report(target=Target(kind="path", name="."), rules=("headers.one", "headers.two"), passed=("headers.two",))
UNCHECKED = NotChecked(what="a", reason="b", how_to_include="c", rule="headers.two")


def with_findings(*findings: Finding) -> Report:
    return replace(REPORT, findings=numbered(findings))


@pytest.mark.parametrize(
    ("severity", "confidence", "points", "letter"),
    [
        (Severity.INFO, Confidence.HIGH, 100, "A"),
        (Severity.LOW, Confidence.HIGH, 96, "A"),
        (Severity.MEDIUM, Confidence.HIGH, 85, "B"),
        (Severity.HIGH, Confidence.MEDIUM, 75, "C"),
        (Severity.HIGH, Confidence.HIGH, 65, "C"),
        (Severity.CRITICAL, Confidence.MEDIUM, 51, "D"),
        (Severity.CRITICAL, Confidence.PROVED, 30, "F"),
        (Severity.CRITICAL, Confidence.LOW, 72, "C"),
    ],
)
def test_one_finding_costs_by_severity_and_confidence(
    severity: Severity, confidence: Confidence, points: int, letter: str
) -> None:
    chapter = with_findings(replace(FINDING, severity=severity, confidence=confidence)).grades.chapters["headers"]
    assert (chapter.points, chapter.grade) == (points, letter)


def test_more_places_cost_a_quarter_each_and_never_more_than_twice() -> None:
    assert cost([FINDING]) == 15
    assert cost([FINDING] * 2) == 19
    assert cost([FINDING] * 5) == 30
    assert cost([FINDING] * 500) == 30
    assert cost([FINDING, replace(FINDING, severity=Severity.LOW)]) == 16


def test_json_form_shows_the_arithmetic() -> None:
    other = replace(FINDING, rule="headers.three", severity=Severity.HIGH)
    report = replace(with_findings(FINDING, replace(FINDING, subject="b"), other), not_applicable=("headers.four",))
    grade = report.as_dict()["summary"]["grade"]
    assert (grade["overall"], grade["points"], grade["note"]) == ("D", 46, "that of the worst chapter, headers")
    assert list(grade["chapters"]) == list(CHAPTERS)
    assert grade["chapters"]["headers"] == {
        "grade": "D",
        "points": 46,
        "note": "",
        "lost": [
            {"rule": "headers.three", "severity": "high", "confidence": "high", "findings": 1, "points": 35},
            {"rule": "headers.one", "severity": "medium", "confidence": "high", "findings": 2, "points": 19},
        ],
        "rules": {"passed": 1, "failed": 2, "not_applicable": 1, "not_checked": 0},
        "not_checked": 0,
    }


def test_a_chapter_that_nobody_looked_at_has_no_grade() -> None:
    grades = REPORT.grades
    assert (grades.chapters["access"].grade, grades.chapters["access"].note) == (None, "not looked at")
    assert grades.missing == tuple(slug for slug in CHAPTERS if slug != "headers")


def test_nothing_looked_at_is_no_grade_at_all() -> None:
    grades = replace(REPORT, rules=(), passed=()).grades
    assert (grades.overall, grades.points, grades.note) == (None, None, "not looked at")


def test_a_chapter_with_something_not_checked_is_no_a_and_says_so() -> None:
    chapter = replace(REPORT, not_checked=(UNCHECKED,)).grades.chapters["headers"]
    assert (chapter.grade, chapter.points, chapter.note) == ("B", 100, "no A, because something was not checked")
    assert (chapter.unchecked, chapter.not_checked) == (1, 1)


def test_what_is_accepted_was_not_checked_all_the_same() -> None:
    assert replace(REPORT, not_checked=(replace(UNCHECKED, accepted="old"),)).grades.overall == "B"


def test_a_chapter_whose_rules_could_not_look_has_no_grade() -> None:
    report = replace(REPORT, passed=(), not_checked=(UNCHECKED,))
    assert (report.grades.chapters["headers"].grade, report.grades.chapters["headers"].note) == (
        None,
        "could not be checked",
    )
    assert report.grades.note == "could not be checked"


def test_a_chapter_whose_rules_had_nothing_to_look_at_has_no_grade() -> None:
    chapter = replace(REPORT, passed=(), not_applicable=("headers.two",)).grades.chapters["headers"]
    assert (chapter.grade, chapter.note) == (None, "nothing to look at")


def test_an_entry_without_a_rule_concerns_its_chapters_or_all_that_were_looked_at() -> None:
    report = replace(REPORT, rules=("headers.two", "access.one"), passed=("headers.two", "access.one"))
    everywhere = replace(report, not_checked=(replace(UNCHECKED, rule=None),)).grades.chapters
    assert (everywhere["headers"].grade, everywhere["access"].grade) == ("B", "B")
    named = replace(report, not_checked=(replace(UNCHECKED, rule=None, chapters=("headers",)),)).grades.chapters
    assert (named["headers"].grade, named["access"].grade) == ("B", "A")


def test_the_whole_is_as_good_as_its_worst_chapter() -> None:
    report = replace(with_findings(replace(FINDING, severity=Severity.CRITICAL)), passed=("headers.two", "access.one"))
    assert report.grades.chapters["access"].grade == "A"
    assert (report.grades.overall, report.grades.points) == ("F", 30)


def test_what_a_baseline_knows_is_still_there() -> None:
    assert replace(REPORT, known=(Known(FINDING, "later"),)).grades.chapters["headers"].points == 85


def test_the_page_tells_the_numbers_of_the_code() -> None:
    page = (Path(__file__).parents[2] / "docs" / "report-forms.md").read_text("utf-8")
    words = {severity.label: str(points) for severity, points in reversed(WEIGHTS.items())}
    assert f"| severity | {' | '.join(words)} |\n" in page
    assert f"| points | {' | '.join(words.values())} |\n" in page
    assert f"| grade | {' | '.join(letter for letter, _ in LETTERS)} |\n" in page
    assert f"| from | {' | '.join(str(least) for _, least in LETTERS)} |\n" in page
    assert f"medium confidence costs {PERCENT[Confidence.MEDIUM]} %" in page
    assert f"low confidence {PERCENT[Confidence.LOW]} %" in page


FINDINGS = st.lists(
    st.builds(
        lambda rule, severity, confidence: replace(
            FINDING, rule=f"headers.{rule}", severity=severity, confidence=confidence
        ),
        st.sampled_from("abc"),
        st.sampled_from(Severity),
        st.sampled_from(Confidence),
    ),
    max_size=12,
)


@given(FINDINGS, FINDINGS)
def test_more_findings_never_make_a_better_grade(some: list[Finding], more: list[Finding]) -> None:
    before, after = with_findings(*some).grades, with_findings(*some, *more).grades
    assert 0 <= (after.points or 0) <= (before.points or 0) <= 100
    assert (after.overall or "") >= (before.overall or "")


@given(FINDINGS)
def test_the_sum_is_right(findings: list[Finding]) -> None:
    chapter = with_findings(*findings).grades.chapters["headers"]
    assert chapter.points == max(100 - sum(loss.points for loss in chapter.lost), 0)
    assert chapter.grade == letter_of(chapter.points)
