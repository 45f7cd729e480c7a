"""headers.inline-event-handler."""

from __future__ import annotations

import pytest

from flask_garrison.audit.rules.headers.inline_handlers import INLINE_EVENT_HANDLER, inline_event_handlers
from flask_garrison.audit.templates.jinja import split
from flask_garrison.audit.templates.markup import read_tags
from flask_garrison.findings import Confidence


def titles(source: str) -> list[str]:
    return [match.title for tag in read_tags(split(source)) for match in inline_event_handlers(tag)]


@pytest.mark.parametrize(
    ("source", "attribute"),
    [
        ("<a onclick='x()'>", "onclick"),
        ("<BODY OnLoad=x>", "onload"),
        ("<svg onbegin=x>", "onbegin"),
        ("<a {% if x %}onfocus='y'{% endif %}>", "onfocus"),
        ("<a onblur='{{ x }}'>", "onblur"),
        ("<form onsubmit='return false'>", "onsubmit"),
        ("<a on{{ event }}='x'>", "on{{ }}"),
    ],
)
def test_found(source: str, attribute: str) -> None:
    assert titles(source) == [f"Inline event handler {attribute}"]


def test_each_handler_of_a_tag_is_found() -> None:
    assert titles("<a onclick=x onblur=y>") == ["Inline event handler onclick", "Inline event handler onblur"]


@pytest.mark.parametrize(
    "source",
    [
        "<a onclick>",
        "<a onclick=' '>",
        "<a data-onclick=x>",
        "<a on=x>",
        "<a once=x>",
        "<a x-on:click=y>",
        "<a @click=x>",
    ],
)
def test_silent(source: str) -> None:
    assert titles(source) == []


def test_handler_whose_name_is_an_expression_is_less_sure() -> None:
    (tag,) = read_tags(split("<a on{{ event }}='x'>"))
    assert [match.confidence for match in inline_event_handlers(tag)] == [Confidence.MEDIUM]


def test_examples_of_the_page() -> None:
    assert len(titles(INLINE_EVENT_HANDLER.before)) == 1
    assert titles(INLINE_EVENT_HANDLER.after) == []
