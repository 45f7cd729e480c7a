"""headers.javascript-url."""

from __future__ import annotations

import pytest

from flask_garrison.audit.rule import Match
from flask_garrison.audit.rules.headers.javascript_urls import JAVASCRIPT_URL, javascript_urls
from flask_garrison.audit.templates.jinja import split
from flask_garrison.audit.templates.markup import read_tags
from flask_garrison.findings import Confidence, Severity


def matches(source: str) -> list[Match]:
    return [match for tag in read_tags(split(source)) for match in javascript_urls(tag)]


@pytest.mark.parametrize(
    ("source", "attribute"),
    [
        ("<a href='javascript:x()'>", "href"),
        ("<a href=' JavaScript:x()'>", "href"),
        ("<a href='java\nscript:x()'>", "href"),
        ("<a href='&#106;avascript&colon;x()'>", "href"),
        ("<a href='\x01javascript:x()'>", "href"),
        ("<form action='javascript:x()'>", "action"),
        ("<button formaction='javascript:x()'>", "formaction"),
        ("<iframe src='javascript:x()'>", "src"),
        ("<use xlink:href='javascript:x()'>", "xlink:href"),
        ("<a href='{% if x %}/y{% else %}javascript:z(){% endif %}'>", "href"),
    ],
)
def test_found(source: str, attribute: str) -> None:
    assert matches(source) == [Match(f"javascript: URL in {attribute}")]


@pytest.mark.parametrize("source", ["javascript:x({{ y }})", "{% if x %}javascript:x({{ y }}){% endif %}"])
def test_expression_inside_is_worse(source: str) -> None:
    title = "javascript: URL with an expression in href"
    assert matches(f"<a href='{source}'>") == [Match(title, Severity.MEDIUM, Confidence.MEDIUM)]


@pytest.mark.parametrize(
    "source",
    [
        "<a href='/javascript:x'>",
        "<a href='{{ x }}javascript:'>",
        "<a title='javascript:x()'>",
        "<a href='java script:x()'>",
        "<a href='javascript'>",
        "<a href>",
    ],
)
def test_silent(source: str) -> None:
    assert matches(source) == []


def test_examples_of_the_page() -> None:
    assert len(matches(JAVASCRIPT_URL.before)) == 1
    assert matches(JAVASCRIPT_URL.after) == []
