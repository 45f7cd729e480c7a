"""Answers whose type is guessed, static files and errors included."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from flask_garrison import Garrison
from tests.audit.answers.support import answer, found, is_applicable, real, shown
from tests.audit.support import KEY, of_answers

RULE, AUDITOR = "headers.nosniff-missing", "headers.xss-auditor-on"
NAME = "X-Content-Type-Options"


def test_every_answer_with_content_counts(tmp_path: Path) -> None:
    (tmp_path / "tea.css").write_text("p {}")
    app = Flask("shop", static_folder=str(tmp_path), static_url_path="/static")
    app.secret_key = KEY
    requests = (("GET", "/static/tea.css"), ("GET", "/none"), ("OPTIONS", "/static/tea.css"))
    assert shown(of_answers(RULE, app, *real(app, *requests))) == [("-", "No nosniff on 2 of 2 answers")]
    Garrison(app, hosts=["shop.example"])
    assert of_answers(RULE, app, *real(app, *requests)) == []


def test_the_first_of_several_values_counts() -> None:
    assert found(RULE, answer("/", (NAME, "NoSniff"))) == []
    assert found(RULE, answer("/", (NAME, "nosniff, none"))) == []
    assert found(RULE, answer("/", (NAME, "sniff"), (NAME, "nosniff"))) == [("-", "No nosniff on 1 of 1 answers")]


def test_what_carries_nothing_is_not_meant() -> None:
    redirect = answer("/", ("Location", "/cart"), status=302)
    assert not is_applicable(RULE, redirect, answer("/", status=304, body=b""), answer("/", body=b""))


def test_the_old_filter() -> None:
    on = answer("/", ("X-XSS-Protection", "1; mode=block"))
    assert found(AUDITOR, on) == [("-", "X-XSS-Protection: 1 on 1 of 1 answers")]
    assert found(AUDITOR, answer("/", ("X-XSS-Protection", "0"))) == []
    assert not is_applicable(AUDITOR, answer("/"))
