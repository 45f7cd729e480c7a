"""From reports made by hand to verdicts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from flask_garrison.check.asvs import Basis, asvs_of
from flask_garrison.check.asvs.known import FEATURES
from flask_garrison.findings import Confidence, Finding, Known, NotChecked, Report, Severity, Target
from flask_garrison.findings.asvs import Requirement, Verdict

HSTS = ("transport.hsts-missing", "transport.hsts-short")
NOSNIFF = "headers.nosniff-missing"
LOOKED = {"routes": 3, "answers": 40}
POSTS = "Views for POST; a harmless page answered in their place, so their headers were judged."


def finding(rule: str = NOSNIFF, asvs: str = "V3.4.4", **changes: Any) -> Finding:
    values: dict[str, Any] = {
        "rule": rule,
        "control": "headers.nosniff",
        "title": "No nosniff on 2 of 40 answers",
        "severity": Severity.LOW,
        "confidence": Confidence.HIGH,
        "subject": "No nosniff",
        "fix": "Send it.",
        "asvs": (asvs,),
    }
    return Finding(**values | changes)


def report(*findings: Finding, **changes: Any) -> Report:
    return Report(target=Target(kind="app", name="shop:app"), findings=findings, looked_at=LOOKED, **changes)


def verdict(identifier: str, made: Report, **run: Any) -> Requirement:
    return next(one for one in asvs_of(Basis(report=made, **run)).requirements if one.id == identifier)


def test_nothing_is_met_without_a_run() -> None:
    found = asvs_of(Basis(report=report()))
    assert found.count(Verdict.NEEDS_PERSON) == 253
    assert found.by_job() == {"audit": 0, "check": 0, "pentest": 0, "deps": 0, "tls": 0, "db": 0}


def test_met_by_the_rules_that_answer_it_together() -> None:
    one = verdict("V3.4.1", report(passed=HSTS))
    assert one.verdict is Verdict.MET
    assert one.said == (
        "transport.hsts-missing passed on 40 answers of 3 routes",
        "transport.hsts-short passed on 40 answers of 3 routes",
    )
    assert one.job == "check"


def test_one_rule_of_two_is_not_enough() -> None:
    one = verdict("V3.4.1", report(passed=HSTS[:1]))
    assert one.verdict is Verdict.NEEDS_PERSON
    assert one.said == ("transport.hsts-missing passed on 40 answers of 3 routes; needed with others",)
    assert one.job is None


def test_a_rule_that_had_nothing_to_look_at_is_not_enough() -> None:
    one = verdict("V3.4.1", report(passed=HSTS[:1], not_applicable=HSTS[1:]))
    assert one.verdict is Verdict.NEEDS_PERSON
    assert "transport.hsts-short had nothing to look at" in one.said


def test_an_optional_rule_may_have_had_nothing_to_look_at() -> None:
    rules = ("headers.session-cookie-samesite",)
    others = ("headers.cookie-same-site", "access.remember-cookie-readable")
    made = report(passed=rules, not_applicable=others)
    assert verdict("V3.3.2", made).verdict is Verdict.MET
    # Where all of them had nothing to look at, nothing shows anything.
    assert verdict("V3.3.2", report(not_applicable=(*rules, *others))).verdict is Verdict.NEEDS_PERSON
    # An optional rule that did not run at all is no evidence either.
    assert verdict("V3.3.2", report(passed=rules)).verdict is Verdict.NEEDS_PERSON


def test_a_control_that_is_needed() -> None:
    made = report(passed=(NOSNIFF,))
    without = verdict("V3.4.4", made)
    assert without.verdict is Verdict.NEEDS_PERSON
    assert "only with headers.nosniff enforced by Garrison is this answered without a person" in without.said
    guarded = verdict("V3.4.4", made, enforced=["headers.nosniff"])
    assert guarded.verdict is Verdict.MET
    assert guarded.said == (
        "headers.nosniff-missing passed on 40 answers of 3 routes",
        "Garrison enforces headers.nosniff: Makes browsers keep to the declared content type",
    )


def test_an_enforced_control_alone_is_no_evidence() -> None:
    one = verdict("V3.4.4", report(), enforced=["headers.nosniff"])
    assert one.verdict is Verdict.NEEDS_PERSON
    assert one.said == ("Garrison enforces headers.nosniff: Makes browsers keep to the declared content type",)


def test_views_that_were_not_called_need_a_person_unless_garrison_covers_them() -> None:
    made = report(passed=HSTS)
    one = verdict("V3.4.1", made, unseen=[POSTS])
    assert one.verdict is Verdict.NEEDS_PERSON
    assert f"not seen: {POSTS}" in one.said
    assert verdict("V3.4.1", made, unseen=[POSTS], enforced=["transport.hsts"]).verdict is Verdict.MET


def test_views_that_were_not_called_may_make_no_difference() -> None:
    made = report(passed=("assessment.trace-answered",))
    assert verdict("V13.4.4", made, unseen=[POSTS]).verdict is Verdict.MET


def test_not_met() -> None:
    found = finding()
    one = verdict("V3.4.4", report(found))
    assert one.verdict is Verdict.NOT_MET
    assert one.said == (f"{found.fingerprint} headers.nosniff-missing: No nosniff on 2 of 40 answers",)
    assert one.job == "check"


def test_the_worst_findings_come_first_and_the_rest_is_counted() -> None:
    mild = [finding(subject=f"mild {n}", title=f"mild {n}") for n in range(5)]
    grave = finding(subject="grave", title="grave", severity=Severity.HIGH)
    one = verdict("V3.4.4", report(*mild, grave))
    assert one.said[0].endswith(": grave")
    assert len(one.said) == 6
    assert one.said[-1] == "and 1 more"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"severity": Severity.INFO}, "severity info, confidence high"),
        ({"confidence": Confidence.LOW}, "severity low, confidence low"),
    ],
)
def test_a_doubtful_finding_is_for_a_person(changes: dict[str, Any], words: str) -> None:
    found = finding(**changes)
    one = verdict("V3.4.4", report(found, passed=(NOSNIFF,)), enforced=["headers.nosniff"])
    assert one.verdict is Verdict.NEEDS_PERSON
    assert one.said[0] == f"{found.fingerprint} {NOSNIFF}: {found.title} ({words})"


def test_a_finding_of_a_needed_rule_that_names_another_requirement_is_for_a_person() -> None:
    found = finding("headers.insecure-allowance", asvs="V3.4.3")
    passed = ("headers.frameable",)
    one = verdict("V3.4.6", report(found, passed=passed), enforced=["headers.framing"])
    assert one.verdict is Verdict.NEEDS_PERSON


def test_a_finding_of_a_rule_that_does_not_answer_it_makes_it_not_met() -> None:
    one = verdict("V14.2.1", report(finding("transport.jwt-in-url", asvs="V14.2.1")))
    assert one.verdict is Verdict.NOT_MET
    assert one.job == "audit"


def test_ignored_findings_count_and_are_called_so() -> None:
    one = verdict("V3.4.4", report(passed=()), ignored=[finding()])
    assert one.verdict is Verdict.NOT_MET
    assert one.said[0].endswith(" (ignored by garrison.toml)")


def test_known_findings_count_and_are_called_so() -> None:
    one = verdict("V3.4.4", report(known=(Known(finding(), "old", None),)))
    assert one.verdict is Verdict.NOT_MET
    assert one.said[0].endswith(" (known)")


def _missed(rule: str | None, accepted: str | None = None) -> NotChecked:
    return NotChecked(what="/slow", reason="took too long", how_to_include="wait", rule=rule, accepted=accepted)


def test_what_a_rule_could_not_look_at_needs_a_person() -> None:
    one = verdict("V3.4.1", report(passed=HSTS, not_checked=(_missed(HSTS[0], accepted="for now"),)))
    assert one.verdict is Verdict.NEEDS_PERSON
    assert "not checked: /slow: took too long" in one.said


def test_what_nobody_looked_at_needs_a_person_until_one_accepts_it() -> None:
    assert verdict("V3.4.1", report(passed=HSTS, not_checked=(_missed(None),))).verdict is Verdict.NEEDS_PERSON
    one = verdict("V3.4.1", report(passed=HSTS, not_checked=(_missed(None, accepted="for now"),)))
    assert one.verdict is Verdict.MET
    assert one.said[-1] == "not looked at, accepted for now: /slow"


def test_a_page_that_nobody_looked_at_does_not_matter_to_the_configuration() -> None:
    rules = [one for one in _rules_of("V13.4.2")]
    made = report(passed=tuple(rules), not_checked=(_missed(None),))
    assert verdict("V13.4.2", made, unseen=[POSTS]).verdict is Verdict.MET


def _rules_of(identifier: str) -> tuple[str, ...]:
    from flask_garrison.check.asvs.requirements import requirements

    return next(one.rules for one in requirements() if one.id == identifier)


def test_not_applicable_where_the_feature_is_surely_absent() -> None:
    one = verdict("V4.3.1", report(), features={})
    assert one.verdict is Verdict.NOT_APPLICABLE
    assert one.job == "audit"
    assert one.said == (
        "No GraphQL: no known library for it is loaded, and neither the application's code, templates and scripts nor "
        "its routes name it.",
    )


def test_a_feature_that_may_be_there_needs_a_person_and_says_why() -> None:
    one = verdict("V4.3.1", report(), features={"graphql": "the library graphene is loaded"})
    assert one.verdict is Verdict.NEEDS_PERSON
    assert one.said == ("it seems to apply: the library graphene is loaded",)


def test_nothing_is_not_applicable_where_nobody_looked_for_features() -> None:
    assert asvs_of(Basis(report=report())).count(Verdict.NOT_APPLICABLE) == 0
    every = dict.fromkeys(FEATURES, "a word")
    assert asvs_of(Basis(report=report(), features=every)).count(Verdict.NOT_APPLICABLE) == 0


def test_a_finding_about_an_absent_feature_is_for_a_person() -> None:
    found = finding("transport.undeclared-hosts", asvs="V6.4.3", title="any host")
    one = verdict("V6.4.3", report(found), features={})
    assert one.verdict is Verdict.NEEDS_PERSON
    assert one.said == (
        f"{found.fingerprint} transport.undeclared-hosts: any host (severity low, confidence high)",
        "No passwords: no known library for it is loaded, and neither the application's code, templates and scripts "
        "nor its routes name it.",
    )


def test_json_form_and_back() -> None:
    from flask_garrison.findings import report_from

    run = Basis(report=report(finding(), passed=HSTS), features={"login": "a word"})
    made = replace(run.report, asvs=asvs_of(run))
    summary = made.as_dict()["summary"]["asvs"]
    assert summary["met"] + summary["not_met"] + summary["needs_person"] + summary["not_applicable"] == 253
    by_id = {entry["id"]: entry for entry in summary["requirements"]}
    assert list(by_id["V3.4.1"]) == ["id", "level", "verdict", "question", "evidence", "job"]
    assert list(by_id["V3.4.4"]) == ["id", "level", "verdict", "question", "evidence", "job"]
    assert list(by_id["V4.3.1"]) == ["id", "level", "verdict", "question", "reason", "job"]
    assert list(by_id["V7.2.1"]) == ["id", "level", "verdict", "question", "seen", "job"]
    read = report_from(made.as_dict()).asvs
    assert read is not None
    assert read.as_dict() == summary


def test_reports_without_verdicts_stay_as_they_are() -> None:
    assert "asvs" not in report().as_dict()["summary"]
