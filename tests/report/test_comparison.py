"""What changed, as text, JSON and Markdown."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from flask_garrison.findings import Report
from flask_garrison.findings.comparison import compare
from flask_garrison.report.comparison import render_comparison
from tests.report.support import ANSWER, ATTACKS, HANDLER, KEY, PATH, REPORT, hostile

OLD = Report(target=REPORT.target, rules=(HANDLER.rule,), findings=(HANDLER, PATH))
NEW = replace(OLD, findings=(KEY, ANSWER), passed=(HANDLER.rule,), not_checked=REPORT.not_checked[:1])
TEXT = """\
New (2)
  high  access.weak-secret-key  the application: SECRET_KEY has 3 bytes; 16 is the least
  medium  headers.some-answer  GET /login: No policy (GET /login: 200 without the header)

Fixed (1)
  low  headers.inline-event-handler  templates/a.html:3: <a onclick=x>

Not seen again, and not looked for (1)
  medium  inputs.some-path  db.py:9: q reaches execute

No longer checked (1)
  GET /cart: it needs a user

2 new findings, 1 fixed, 0 unchanged, 1 not looked for. Grade B before, C now.
"""


def test_text() -> None:
    assert render_comparison(compare(OLD, NEW), "text") == TEXT
    coloured = render_comparison(compare(OLD, NEW), "text", colour=True)
    assert "\x1b[31mNew (2)\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == TEXT


def test_nothing_new() -> None:
    assert render_comparison(compare(OLD, OLD), "text") == (
        "0 new findings, 0 fixed, 2 unchanged. Grade B before, B now.\n"
    )


def test_json() -> None:
    document = json.loads(render_comparison(compare(OLD, NEW), "json"))
    assert [finding["rule"] for finding in document["added"]] == [KEY.rule, ANSWER.rule]
    assert [len(document[name]) for name in ("fixed", "unseen", "unchanged", "no_longer_checked")] == [1, 1, 0, 1]
    assert document["new"] == {"target": {"kind": "app", "name": "shop:app"}, "grade": "C", "findings": 2}


def test_markdown() -> None:
    document = render_comparison(compare(OLD, NEW), "markdown")
    assert document.startswith("## Flask-Garrison: 2 new findings, 1 fixed, ")
    assert "### New\n\n| severity | rule | place | what |\n|---|---|---|---|\n| high | <code>access.weak" in document
    assert "### No longer checked\n\n- <code>GET /cart</code> it needs a user\n" in document


@pytest.mark.parametrize("words", ATTACKS, ids=lambda words: repr(words[:20]))
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_words_of_others_are_only_shown(form: str, words: str) -> None:
    document = render_comparison(compare(OLD, hostile(words)), form)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f\ud800-\udfff]", document)
    assert len(document) < 5_000
    if form == "markdown":
        assert not re.search(r"<(?!/?code>)", document)
