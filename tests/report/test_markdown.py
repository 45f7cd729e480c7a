"""Markdown: short, folded, and never the markup of others."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from flask_garrison.findings import NotChecked, Severity, numbered
from flask_garrison.report import render
from flask_garrison.report.markdown import LONGEST, block, code, text
from tests.report.support import ATTACKS, CLEAN, HANDLER, REPORT, hostile

MARKUP = re.compile(r"<(?!/?(?:code|details|summary)>)[a-z!/]", re.I)


def outside_fences(document: str) -> str:
    """Return a document without its blocks of code."""
    return re.sub(r"^(`{3,})\w*\n.*?^\1$", "", document, flags=re.M | re.S)


def test_head_and_tables() -> None:
    document = render(REPORT, "markdown")
    assert document.startswith("## Flask-Garrison: grade C\n\nTarget <code>shop&#58;app</code>. 5 findings ")
    assert "**3 at or above medium.** **2 things could not be checked.**" in document
    assert "| access | C | 65 | 0 | 1 | 0 |" in document
    assert (
        "| high | <code>access.weak-secret-key</code> | 1 | <code>the application</code> SECRET&#95;KEY has" in document
    )
    assert "<details><summary>Not checked (2)</summary>" in document
    assert "goes away with the redesign | 2027-01-31 |" in document
    assert "2 rules passed, 1 had nothing to look at." in document
    assert "Not looked at: passwords," in document


def test_the_worst_rule_comes_first() -> None:
    document = render(REPORT, "markdown")
    assert document.index("| high |") < document.index("| medium |") < document.index("| low |")


def test_details_have_the_fix_before_and_after() -> None:
    document = render(REPORT, "markdown")
    detail = document[document.index("<details><summary>high: The secret key is weak (1 place)</summary>") :]
    assert "**Fix**\n\n```text\nMake a key.\n```" in detail
    assert '```\napp.config["SECRET_KEY"] = "dev"\n```' in detail


def test_clean() -> None:
    document = render(CLEAN, "markdown", fail_on=Severity.LOW)
    assert document.startswith("## Flask-Garrison: grade A\n\nTarget <code>.</code>. No findings.\n")
    assert "<details>" not in document


@pytest.mark.parametrize("words", ATTACKS, ids=lambda words: repr(words[:20]))
def test_words_of_others_are_no_markup(words: str) -> None:
    document = render(hostile(words), "markdown")
    outside = outside_fences(document)
    assert not MARKUP.search(outside)
    assert outside.count("<details>") == outside.count("</details>") == document.count("<summary>")
    assert not re.search(r"\]\(|!\[|https?://|www\.|@[a-z]|(?<!&)#\d", outside)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f\ud800-\udfff]", document)
    assert len(document) <= LONGEST


@pytest.mark.parametrize("words", ATTACKS, ids=lambda words: repr(words[:20]))
def test_a_row_keeps_its_columns(words: str) -> None:
    for line in render(hostile(words), "markdown").splitlines():
        if line.startswith("| high |"):
            assert line.count("|") == 5


def test_words_stay_readable() -> None:
    assert html.unescape(text("a*b_c <x> @me #1")) == "a*b_c <x> @\u200bme #\u200b1"
    assert html.unescape(code("{{ user|safe }}")) == "<code>{{ user|safe }}</code>"


def test_a_fence_is_longer_than_what_it_holds() -> None:
    assert block("a\n`````\nb", "text") == "``````text\na\n`````\nb\n``````"


def test_what_does_not_fit_is_said() -> None:
    many = [replace(HANDLER, rule=f"headers.rule-{number}", fix="x" * 3_000) for number in range(200)]
    entries = tuple(
        NotChecked(what=f"GET /{number}", reason="y" * 500, how_to_include="z" * 500) for number in range(99)
    )
    document = render(replace(REPORT, findings=numbered(many), not_checked=entries), "markdown")
    assert len(document) <= LONGEST
    assert "| | and 170 more rules | | |" in document
    assert "| and 69 more | | |" in document
    assert re.search(r"The details of \d+ rules did not fit; see the full report\.\n$", document)
