"""headers.style-attribute."""

from __future__ import annotations

import pytest

from flask_garrison.audit.rules.headers.style_attributes import STYLE_ATTRIBUTE, style_attributes
from flask_garrison.audit.templates.jinja import split
from flask_garrison.audit.templates.markup import read_tags


def titles(source: str) -> list[str]:
    return [match.title for tag in read_tags(split(source)) for match in style_attributes(tag)]


@pytest.mark.parametrize("source", ["<p style='color: red'>", "<p STYLE=x>", "<p style='{{ x }}'>"])
def test_found(source: str) -> None:
    assert titles(source) == ["style attribute on <p>"]


@pytest.mark.parametrize("source", ["<p style>", "<p style=' '>", "<p data-style=x>", "<style>p {}</style>"])
def test_silent(source: str) -> None:
    assert titles(source) == []


def test_examples_of_the_page() -> None:
    assert len(titles(STYLE_ATTRIBUTE.before)) == 1
    assert titles(STYLE_ATTRIBUTE.after) == []
