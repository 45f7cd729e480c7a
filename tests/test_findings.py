"""Findings: fingerprints that survive edits, order, counts, and exit statuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flask_garrison.findings import Confidence, Evidence, Finding, NotChecked, Report, Severity, Target, numbered

KEYS = """
rule control chapter title severity confidence cwe asvs path line route method evidence fix lesson fingerprint
"""
FINDING = Finding(
    rule="headers.inline-event-handler",
    control="headers.csp",
    title="Inline event handler onclick",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    subject="a.html\n<a onclick=x>",
    fix="Do without.",
    cwe=(693,),
    asvs=("V3.4.3",),
    path="templates/a.html",
    line=3,
    evidence=(Evidence("path", "<a onclick=x>", {"steps": []}),),
)
UNCHECKED = NotChecked(what="b.html", reason="not UTF-8", how_to_include="Save it as UTF-8.")
REPORT = Report(target=Target(kind="path", name="."), rules=(FINDING.rule,))


def test_fingerprint_does_not_depend_on_lines() -> None:
    assert replace(FINDING, line=99).fingerprint == FINDING.fingerprint


def test_fingerprint_is_stable_across_versions() -> None:
    assert FINDING.fingerprint == "4326750d0aed1354"


@pytest.mark.parametrize("change", [{"rule": "headers.other"}, {"subject": "b.html\n<a onclick=x>"}, {"ordinal": 1}])
def test_fingerprint_depends_on_rule_subject_and_ordinal(change: dict[str, object]) -> None:
    assert replace(FINDING, **change).fingerprint != FINDING.fingerprint  # type: ignore[arg-type]


def test_equal_findings_are_numbered_in_the_order_of_their_lines() -> None:
    third, first, second = (replace(FINDING, line=line) for line in (30, 10, 20))
    result = numbered([third, first, second])
    assert [(finding.line, finding.ordinal) for finding in result] == [(10, 0), (20, 1), (30, 2)]
    assert len({finding.fingerprint for finding in result}) == 3


def test_json_form_has_the_keys_of_the_contract_in_their_order() -> None:
    assert list(FINDING.as_dict()) == KEYS.split()
    assert FINDING.as_dict()["severity"] == "low"
    assert FINDING.as_dict()["chapter"] == "headers"
    assert FINDING.as_dict()["evidence"] == [{"kind": "path", "summary": "<a onclick=x>", "data": {"steps": []}}]


def test_report_has_the_keys_of_the_contract_in_their_order() -> None:
    document = replace(REPORT, findings=(FINDING,), not_checked=(UNCHECKED,)).as_dict()
    assert list(document) == ["schema", "tool", "target", "findings", "not_checked", "summary"]
    assert document["schema"] == 1
    assert list(document["summary"])[:3] == ["by_severity", "by_chapter", "grade"]
    assert document["summary"]["by_severity"] == {"critical": 0, "high": 0, "medium": 0, "low": 1, "info": 0}
    assert document["summary"]["by_chapter"] == {"headers": 1}
    assert list(document["not_checked"][0]) == ["what", "rule", "reason", "how_to_include"]


def test_what_was_accepted_stays_listed_and_says_so() -> None:
    entry = replace(UNCHECKED, accepted="until 2030-01-01, old page").as_dict()
    assert entry["reason"] == "not UTF-8 (accepted: until 2030-01-01, old page)"


@pytest.mark.parametrize(
    ("severity", "fail_on", "status"),
    [
        (Severity.LOW, Severity.LOW, 1),
        (Severity.LOW, Severity.MEDIUM, 0),
        (Severity.CRITICAL, Severity.MEDIUM, 1),
        (Severity.CRITICAL, None, 0),
        (Severity.INFO, Severity.LOW, 0),
    ],
)
def test_exit_status_compares_with_the_threshold(severity: Severity, fail_on: Severity | None, status: int) -> None:
    report = replace(REPORT, findings=(replace(FINDING, severity=severity),))
    assert report.exit_status(fail_on) == status


def test_what_was_not_checked_ends_with_3_even_where_nothing_fails() -> None:
    report = replace(REPORT, not_checked=(UNCHECKED,))
    assert report.exit_status(Severity.MEDIUM) == 3
    assert report.exit_status(None) == 3


def test_findings_come_before_what_was_not_checked() -> None:
    report = replace(REPORT, findings=(FINDING,), not_checked=(UNCHECKED,))
    assert report.exit_status(Severity.LOW) == 1


def test_what_was_accepted_does_not_end_with_3() -> None:
    report = replace(REPORT, not_checked=(replace(UNCHECKED, accepted="old page"),))
    assert report.exit_status(Severity.LOW) == 0
