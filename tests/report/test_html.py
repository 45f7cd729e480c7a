"""The HTML page: everything is on it, it needs nothing else, and words of others are only words."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from xml.etree.ElementTree import Element

import html5lib
import pytest
from jinja2 import UndefinedError

from flask_garrison.findings import Report, Severity, numbered
from flask_garrison.findings.history import run_of
from flask_garrison.report import Run, render
from flask_garrison.report.html import environment
from tests.report.support import ATTACKS, CLEAN, HANDLER, MADE, REPORT, RUN, hostile

# Attributes whose values are not words of the page's author.
ADDRESSES = ("src", "srcset", "action", "formaction", "data", "poster", "background", "cite", "ping")


def parsed(report: Report, run: Run | None = RUN, fail_on: Severity | None = Severity.MEDIUM) -> Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root: Element = parser.parse(render(report, "html", run=run, fail_on=fail_on))
    assert [error for error in parser.errors if error[1] != "unexpected-char-in-attribute-name"] == []
    return root


def words(element: Element | None) -> str:
    assert element is not None
    return re.sub(r" ([,;.])", r"\1", " ".join(" ".join(element.itertext()).split()))


def part(root: Element, identifier: str) -> Element:
    found = root.find(f".//*[@id='{identifier}']")
    assert found is not None
    return found


def elements(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def test_the_first_screen_says_grade_risk_trend_and_what_to_do() -> None:
    said = words(part(parsed(REPORT), "summary"))
    assert "Security of shop:app As of 24 November 2026, 12:00 UTC" in said
    assert "Overdue: the check of shop:app before this one was 40 days ago, more than 30." in said
    assert "Grade C needs repair 65 of 100 points; that of the worst chapter, access" in said
    assert "Risk: High 1 finding can do real harm. Plan the repair for this week." in said
    assert "Somebody could act in another person's name" in said
    assert "2 things could not be looked at, and may hide anything." in said
    assert "Since 2026-10-15 the grade went from A to C: 6 new findings, 0 no longer seen, 0 as before." in said
    steps = [words(step) for step in parsed(REPORT).iterfind(".//ol[@class='steps']/li")]
    assert steps == [
        "Repair: The secret key is weak High, in 1 place: who may come in, and do what.",
        "Repair: No policy Medium, in 1 place: instructions to the browser.",
        "Repair: A parameter reaches a statement Medium, in 1 place: what people type and upload.",
    ]


def test_the_first_screen_of_a_clean_run_asks_for_the_next_one() -> None:
    said = words(part(parsed(CLEAN, Run(made=MADE)), "summary"))
    assert "Grade A very good 100 of 100 points" in said
    assert "Risk: None found Nothing was found in what was looked at." in said
    assert "1. " not in said
    assert "Run this again before 2026-12-24" in said
    assert "No earlier run is known." in said


@pytest.mark.parametrize(
    ("report", "risk"),
    [
        (replace(CLEAN, not_checked=REPORT.not_checked), "Not known in full Nothing was found, but 2 things could not"),
        (replace(CLEAN, rules=(), passed=()), "Not known Nothing was looked at, so nothing can be said."),
        (replace(CLEAN, findings=(HANDLER,)), "Low 1 finding could be repaired to make the application sturdier."),
        (
            replace(CLEAN, findings=(replace(HANDLER, severity=Severity.CRITICAL),)),
            "Critical 1 finding can be used against you as the application is now.",
        ),
    ],
)
def test_risk_in_plain_words(report: Report, risk: str) -> None:
    assert f"Risk: {risk}" in words(part(parsed(report), "summary"))


def test_each_chapter_shows_its_arithmetic() -> None:
    rows = {words(row[0]): words(row) for row in parsed(REPORT).iterfind(".//section[@id='chapters']//tbody/tr")}
    assert len(rows) == 10
    assert rows["Who may come in, and do what access"].endswith(
        "C 100 - 35 = 65 \N{MINUS SIGN}35 access.weak-secret-key high, confidence high, 1 place 0 1 0 0"
    )
    assert rows["Passwords passwords"] == "Passwords passwords not looked at 0 0 0 0"
    assert "could not be checked" in rows["Privacy on the way transport"]


def test_a_finding_has_reason_place_evidence_and_fix() -> None:
    root = parsed(REPORT)
    key = part(root, "finding-1")
    assert key.get("data-severity") == "high" and key.get("data-chapter") == "access" and "open" in key.attrib
    assert "Why it matters Whoever knows or guesses the key" in words(key)
    assert "What to change Make a key." in words(key)
    assert 'Before app.config["SECRET_KEY"] = "dev" After' in words(key)
    assert "fails this run" in words(key)
    answer = words(part(root, "finding-2"))
    assert "Where GET /login No policy" in answer
    assert 'GET /login: 200 without the header Evidence in full { "status": 200 }' in answer
    path = words(part(root, "finding-3"))
    assert 'shop.py:3 name = request.args["q"] db.py:9 execute(name)' in path
    handler = part(root, "finding-4")
    assert "open" not in handler.attrib
    assert "2 places" in words(handler)


def test_known_not_checked_passed_and_run() -> None:
    root = parsed(REPORT)
    assert "Reason: goes away with the redesign (until 2027-01-31)" in words(part(root, "known"))
    unchecked = words(part(root, "not-checked"))
    assert "GET /cart transport.undeclared-hosts it needs a user Give one with --user." in unchecked
    assert "d.html a pipe Accepted: old page" in unchecked
    assert "Not part of this run packages." in unchecked
    assert "2 rules headers.style-attribute looks for: style attribute" in words(part(root, "passed"))
    assert "had nothing to look at, which is not the same as passed. 1 rule headers.insecure" in words(
        part(root, "passed")
    )
    run = words(part(root, "data"))
    assert "This result made 2026-11-24 12:00 UTC; run again before 2026-12-24" in run
    assert "The run before 2026-10-15 with Flask-Garrison" in run
    assert "a child process" in run


def test_the_threshold_decides_what_fails() -> None:
    assert "fails this run" not in words(part(parsed(REPORT, fail_on=None), "findings"))


def test_many_places_are_counted() -> None:
    report = replace(CLEAN, findings=numbered(replace(HANDLER, line=line) for line in range(80)))
    assert "and 30 more; the report in JSON has them all." in words(part(parsed(report), "findings"))


def test_the_trend_keeps_the_last_twelve_runs() -> None:
    before = tuple(run_of(CLEAN, "check", MADE - timedelta(days=day)) for day in range(40, 0, -1))
    root = parsed(REPORT, replace(RUN, before=before))
    assert len(list(root.iterfind(".//{http://www.w3.org/2000/svg}circle"))) == 12
    assert [words(row) for row in root.iterfind(".//section[@id='summary']//tbody/tr")][:2] == [
        "2026-11-24 C 65 5",
        "2026-11-23 A 100 0",
    ]


def test_equal_reports_give_equal_pages_where_nobody_says_when() -> None:
    assert render(REPORT, "html") == render(REPORT, "html")
    assert "20" + "26-11" not in render(REPORT, "html")


def csp_of(root: Element) -> dict[str, str]:
    meta = root.find(".//meta[@http-equiv='Content-Security-Policy']")
    assert meta is not None
    return dict(directive.split(" ", 1) for directive in str(meta.get("content")).split("; "))


def test_the_policy_allows_exactly_the_style_and_script_of_the_page() -> None:
    root = parsed(REPORT)
    policy = csp_of(root)
    assert {name: value for name, value in policy.items() if "-src" not in name or name == "default-src"} == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    for tag in ("style", "script"):
        (element,) = root.iter(tag)
        digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        assert policy[f"{tag}-src"] == f"'sha256-{digest}'"


@pytest.mark.parametrize("report", [REPORT, *map(hostile, ATTACKS)], ids=lambda report: repr(report.target.name[:20]))
def test_nothing_is_loaded_and_no_word_becomes_markup(report: Report) -> None:
    root = parsed(report)
    assert len(list(root.iter("script"))) == len(list(root.iter("style"))) == 1
    assert not {"img", "iframe", "object", "embed", "link", "base", "video", "audio"} & {e.tag for e in elements(root)}
    for element in elements(root):
        assert not [name for name in element.attrib if name.startswith("on") or name in ADDRESSES or name == "style"]
        assert str(element.get("href", "#")).startswith("#")
        assert element.get("aria-label") not in ATTACKS


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: repr(attack[:20]))
def test_the_page_is_bounded_and_shows_what_is_invisible(attack: str) -> None:
    page = render(hostile(attack), "html", run=RUN)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff\x00-\x08\x0b-\x1f\ud800-\udfff]", page)
    assert len(page) < 200_000
    assert "{{" not in re.sub(r"\{\{ 7 \* 7 }}", "", page)


def test_bidi_marks_are_shown_by_their_code() -> None:
    report = replace(CLEAN, findings=(replace(HANDLER, title="a\u202etxt.exe"),))
    assert "a\\u202etxt.exe" in words(part(parsed(report), "findings"))


def test_every_label_and_reference_leads_somewhere() -> None:
    root = parsed(REPORT)
    ids = [element.get("id") for element in elements(root) if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in elements(root):
        for name in ("for", "aria-labelledby"):
            assert element.get(name) in {None, *ids}
        assert element.get("href", "#main").removeprefix("#") in ids


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        environment().from_string("{{ missing }}").render()
