"""The report for people: everything is there, nothing twice, nothing too wide, nothing that moves the cursor."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.findings import Confidence, Evidence, Finding, Known, NotChecked, Report, Severity, Target
from flask_garrison.report import render

FINDING = Finding(
    rule="headers.inline-event-handler",
    control="headers.csp",
    title="Inline event handler onclick",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    subject="a",
    fix='Add a listener:\n  element.addEventListener()\n\nOr keep it:\n  Policy(allow=["shop"])',
    path="templates/a.html",
    line=3,
    evidence=(Evidence("path", "<a onclick=x>"),),
)
REPORT = Report(
    target=Target(kind="path", name="."), rules=("a.b", "a.c"), looked_at={"templates": 14}, seconds=0.25, ignored=2
)
EXPECTED = """\
inputs  B  81 of 100 points
  the application
    medium  inputs.some-rule  (2 x, confidence high)
      GET /: A header is missing (no header)
      POST /buy: A header is missing (no header)
        Send one.

headers  B  82 of 100 points
  templates/a.html
    medium  headers.javascript-url  (confidence medium)
       7  <b>
        Do without.
    low  headers.inline-event-handler  (2 x, confidence high)
       3  <a onclick=x>
       9  <a onclick=x>
        Add a listener:
          element.addEventListener()
        Or keep it:
          Policy(allow=["shop"])
  templates/b.html
    low  headers.inline-event-handler  (confidence high)
       1  <a onclick=x>
    info  headers.style-attribute  (2 x, confidence high)
        line 4, 5

Known
  headers.inline-event-handler  templates/a.html:40: until 2027-01-31, redesign

Not checked
  c.html: not UTF-8
        Save it as UTF-8.
  d.html: a pipe
        accepted old page

Grade B over 2 of 10 chapters: inputs B, headers B; not looked at: passwords, access, transport, database, assessment,
dependencies, monitoring, training.
8 findings (3 medium, 3 low, 2 info) in 2 files. Looked at 14 templates with 2 rules in 0.25 s, 2 not checked.
Run inside: a child process under 1 protection, none of them the kernel's; --format json lists them.
2 findings ignored by garrison.toml.
Not part of this run: code.
"""


def test_whole_report() -> None:
    other = replace(FINDING, rule="headers.javascript-url", severity=Severity.MEDIUM, confidence=Confidence.MEDIUM)
    style = replace(
        FINDING, rule="headers.style-attribute", severity=Severity.INFO, fix="Do without.", path="templates/b.html"
    )
    answer = replace(
        FINDING,
        rule="inputs.some-rule",
        title="A header is missing",
        severity=Severity.MEDIUM,
        path=None,
        line=None,
        route="/",
        method="GET",
        evidence=(Evidence("request", "no header"),),
        fix="Send one.",
    )
    findings = (
        answer,
        replace(answer, route="/buy", method="POST"),
        FINDING,
        replace(other, line=7, fix="Do without.", evidence=(Evidence("path", "<b>"),)),
        replace(FINDING, line=9),
        replace(FINDING, line=1, path="templates/b.html"),
        replace(style, line=4),
        replace(style, line=5),
    )
    unchecked = NotChecked(what="c.html", reason="not UTF-8", how_to_include="Save it as UTF-8.")
    accepted = NotChecked(what="d.html", reason="a pipe", how_to_include="", accepted="old page")
    report = replace(
        REPORT,
        findings=findings,
        known=(Known(replace(FINDING, line=40), "redesign", "2027-01-31"),),
        not_checked=(unchecked, accepted),
        layers=("a child process",),
        out_of_scope=("code.",),
    )
    # The advice of headers.style-attribute has been given once already.
    assert render(report, "text", width=120) == EXPECTED


def test_nothing_found_says_what_was_looked_at() -> None:
    text = render(replace(REPORT, ignored=0), "text")
    assert text == "No findings. Looked at 14 templates with 2 rules in 0.25 s.\n"


def test_many_places_are_cut_and_the_rest_named_by_line() -> None:
    text = render(replace(REPORT, findings=tuple(replace(FINDING, line=line) for line in range(1, 13))), "text")
    assert text.count("<a onclick=x>") == 10
    assert "        and line 11, 12\n" in text


def test_many_routes_are_cut_and_the_rest_counted() -> None:
    answers = tuple(replace(FINDING, path=None, line=None, route=f"/{number}") for number in range(12))
    text = render(replace(REPORT, findings=answers), "text")
    assert text.count("<a onclick=x>") == 10
    assert "        and 2 more\n" in text


def test_a_finding_on_the_whole_application_needs_no_route() -> None:
    text = render(replace(REPORT, findings=(replace(FINDING, path=None, line=None),)), "text")
    assert "  the application\n    low  headers.inline-event-handler  (confidence high)\n      <a onclick=x>\n" in text


def test_chapters_come_in_the_order_of_the_catalogue() -> None:
    rules = ("transport.a", "headers.a", "inputs.a", "unheard.a")
    text = render(replace(REPORT, findings=tuple(replace(FINDING, rule=rule) for rule in rules)), "text")
    heads = [line.split()[0] for line in text.splitlines() if line and not line.startswith(" ")][:4]
    assert heads == ["inputs", "transport", "headers", "unheard"]


def test_finding_without_evidence_shows_its_title() -> None:
    assert "       3  Inline event handler onclick\n" in render(
        replace(REPORT, findings=(replace(FINDING, evidence=()),)), "text"
    )


@given(st.integers(40, 200), st.text())
def test_lines_fit_and_carry_nothing_invisible(width: int, code: str) -> None:
    finding = replace(FINDING, evidence=(Evidence("path", code),), path=f"a{code}")
    lines = render(replace(REPORT, findings=(finding,)), "text", width=width).splitlines()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200f\u202e\ud800-\udfff]", "".join(lines))
    assert max(len(lines[1]), len(lines[3])) <= width


def test_colour_only_where_it_is_wanted() -> None:
    report = replace(REPORT, findings=(FINDING,))
    assert "\x1b[" not in render(report, "text")
    coloured = render(report, "text", colour=True)
    assert "\x1b[36mlow\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == render(report, "text")


@pytest.mark.parametrize("severity", list(Severity))
def test_every_severity_has_a_colour(severity: Severity) -> None:
    assert severity.label in render(
        replace(REPORT, findings=(replace(FINDING, severity=severity),)), "text", colour=True
    )
