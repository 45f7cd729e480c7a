"""JUnit: a test case for each rule, and XML whatever the words."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from flask_garrison.findings import Report, Severity
from flask_garrison.report import render
from tests.report.support import ATTACKS, CLEAN, REPORT, hostile


def suites(report: Report, fail_on: Severity | None = Severity.MEDIUM) -> Element:
    return fromstring(render(report, "junit", fail_on=fail_on))  # noqa: S314


def verdicts(root: Element) -> dict[str, str]:
    """Return what became of each test case, by name."""
    return {str(case.get("name")): next((child.tag for child in case), "passed") for case in root.iter("testcase")}


def test_a_case_for_each_rule() -> None:
    assert verdicts(suites(REPORT)) == {
        "access.weak-secret-key": "failure",
        "headers.inline-event-handler": "system-out",
        "headers.insecure-allowance": "skipped",
        "headers.some-answer": "failure",
        "headers.style-attribute": "passed",
        "inputs.csrf-exemption": "passed",
        "inputs.some-path": "failure",
        "transport.undeclared-hosts": "error",
        "not checked 1: d.html": "skipped",
    }


def test_counts() -> None:
    root = suites(REPORT)
    assert [(name, root.get(name)) for name in ("tests", "failures", "errors", "skipped")] == [
        ("tests", "9"),
        ("failures", "3"),
        ("errors", "1"),
        ("skipped", "2"),
    ]
    assert [suite.get("name") for suite in root] == ["access", "headers", "inputs", "not checked", "transport"]


def test_a_failure_says_where_and_what_to_do() -> None:
    failure = suites(REPORT).find(".//testcase[@name='headers.some-answer']/failure")
    assert failure is not None
    assert (failure.get("type"), failure.get("message")) == ("medium", "No policy (medium, 1 place)")
    assert failure.text == (
        "GET /login: No policy: GET /login: 200 without the header\n\n"
        'Add a listener:\n  element.addEventListener()\nOr keep it:\n  Policy(allow=["shop"])'
    )


def test_what_does_not_fail_is_said_all_the_same() -> None:
    said = suites(REPORT).findtext(".//testcase[@name='headers.inline-event-handler']/system-out")
    assert said is not None
    assert said.splitlines() == [
        "below the threshold: templates/a.html:3: Inline event handler onclick: <a onclick=x>",
        "below the threshold: templates/a.html:9: Inline event handler onclick: <a onclick=x>",
        "known: templates/a.html:40: Inline event handler onclick: <a onclick=x>",
    ]


def test_the_threshold_decides_what_fails() -> None:
    assert verdicts(suites(REPORT, Severity.HIGH))["inputs.some-path"] == "system-out"
    assert "failure" not in verdicts(suites(REPORT, None)).values()


def test_what_was_not_checked_is_an_error_with_the_way_out() -> None:
    error = suites(REPORT).find(".//testcase[@name='transport.undeclared-hosts']/error")
    assert error is not None
    assert error.get("message") == "not checked: GET /cart: it needs a user"
    assert error.text == "Give one with --user."


def test_clean() -> None:
    assert set(verdicts(suites(CLEAN)).values()) == {"passed"}


@pytest.mark.parametrize("words", ATTACKS, ids=lambda words: repr(words[:20]))
def test_xml_whatever_the_words(words: str) -> None:
    text = render(hostile(words), "junit")
    root = fromstring(text.encode())  # noqa: S314
    assert {element.tag for element in root.iter()} <= {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "error",
        "skipped",
        "system-out",
    }
    assert len(text) < 200_000
