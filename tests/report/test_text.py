"""The report for people: everything is there, nothing twice, nothing too wide, nothing that moves the cursor."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.findings import Confidence, Evidence, Finding, NotChecked, Report, Severity, Target
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
      Do without.

Not checked
  c.html: not UTF-8
      Save it as UTF-8.
  d.html: a pipe
      accepted old page

6 findings (1 medium, 3 low, 2 info) in 2 files. Looked at 14 templates with 2 rules in 0.25 s, 2 not checked.
2 findings ignored by garrison.toml.
Not part of this run: code.
"""


def test_whole_report() -> None:
    other = replace(FINDING, rule="headers.javascript-url", severity=Severity.MEDIUM, confidence=Confidence.MEDIUM)
    style = replace(
        FINDING, rule="headers.style-attribute", severity=Severity.INFO, fix="Do without.", path="templates/b.html"
    )
    findings = (
        FINDING,
        replace(other, line=7, fix="Do without.", evidence=(Evidence("path", "<b>"),)),
        replace(FINDING, line=9),
        replace(FINDING, line=1, path="templates/b.html"),
        replace(style, line=4),
        replace(style, line=5),
    )
    unchecked = NotChecked(what="c.html", reason="not UTF-8", how_to_include="Save it as UTF-8.")
    accepted = NotChecked(what="d.html", reason="a pipe", how_to_include="", accepted="old page")
    report = replace(REPORT, findings=findings, not_checked=(unchecked, accepted), out_of_scope=("code.",))
    # The same advice is given once: the second one for javascript-url's words stands at style-attribute no more.
    assert render(report, "text", width=120) == EXPECTED.replace(
        "      line 4, 5\n      Do without.\n", "      line 4, 5\n"
    )


def test_nothing_found_says_what_was_looked_at() -> None:
    text = render(replace(REPORT, ignored=0), "text")
    assert text == "No findings. Looked at 14 templates with 2 rules in 0.25 s.\n"


def test_many_places_are_cut_and_the_rest_named_by_line() -> None:
    text = render(replace(REPORT, findings=tuple(replace(FINDING, line=line) for line in range(1, 13))), "text")
    assert text.count("<a onclick=x>") == 10
    assert "and line 11, 12\n" in text


def test_finding_without_evidence_shows_its_title() -> None:
    assert "     3  Inline event handler onclick\n" in render(
        replace(REPORT, findings=(replace(FINDING, evidence=()),)), "text"
    )


@given(st.integers(40, 200), st.text())
def test_lines_fit_and_carry_nothing_invisible(width: int, code: str) -> None:
    finding = replace(FINDING, evidence=(Evidence("path", code),), path=f"a{code}")
    lines = render(replace(REPORT, findings=(finding,)), "text", width=width).splitlines()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200f\u202e\ud800-\udfff]", "".join(lines))
    assert len(lines[2]) <= width


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
