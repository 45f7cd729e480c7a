"""Each mistake in a policy is one finding, however many answers have it."""

from __future__ import annotations

from flask_garrison.audit.answers.csp import ENFORCED, REPORT_ONLY
from tests.audit.answers.support import answer, found, is_applicable

RULE = "headers.csp-mistake"


def test_one_finding_for_each_mistake() -> None:
    first = answer("/", (ENFORCED, "script-src self; object-src none"))
    second = answer("/data", (ENFORCED, "script-src self"), kind="application/json")
    assert sorted(found(RULE, first, second)) == [
        ("-", "none without quotes in object-src is taken for a host on 1 of 2 answers"),
        ("-", "self without quotes in script-src is taken for a host on 2 of 2 answers"),
    ]


def test_policies_that_only_report_count_too() -> None:
    assert found(RULE, answer("/", (REPORT_ONLY, "scriptsrc 'self'"))) == [
        ("-", "scriptsrc is no directive on 1 of 1 answers")
    ]


def test_good_policies_and_none() -> None:
    assert found(RULE, answer("/", (ENFORCED, "script-src 'self', base-uri 'none'"))) == []
    assert not is_applicable(RULE, answer("/"))
