"""Templates as pieces: nothing is lost, lines are right, and syntax is judged as an application would."""

from __future__ import annotations

import pytest
from jinja2 import TemplateSyntaxError

from flask_garrison.audit.templates.jinja import Kind, check_syntax, references, split


def test_pieces_of_every_kind() -> None:
    pieces = split("a\n{{ b }}{% if c %}{# d #}{% raw %}{{ e }}{% endraw %}")
    assert [(piece.kind, piece.text, piece.line, piece.word) for piece in pieces] == [
        (Kind.DATA, "a\n", 1, ""),
        (Kind.EXPRESSION, "{{ b }}", 2, "b"),
        (Kind.BLOCK, "{% if c %}", 2, "if"),
        (Kind.COMMENT, "{# d #}", 2, ""),
        (Kind.DATA, "{{ e }}", 2, ""),
    ]


def test_nul_in_the_source_is_no_hole() -> None:
    assert split("a\0b")[0].text == "a\ufffdb"


@pytest.mark.parametrize("source", ["{% if x %}", "{{ x", "{% endif %}", "{% raw %}x", "{{ x ) }}", "{% for %}"])
def test_syntax_error_is_one(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        check_syntax(source)


@pytest.mark.parametrize("source", ["{% cache 60 %}x{% endcache %}", "{% if x %}{% assets 'a' %}{% endif %}"])
def test_tag_of_an_unknown_extension_is_none(source: str) -> None:
    assert check_syntax(source) is None


@pytest.mark.parametrize(
    "source", ["{% trans %}x{% endtrans %}", "{% do x %}", "{% for x in y %}{% break %}{% endfor %}"]
)
def test_tags_of_jinjas_own_extensions_are_known(source: str) -> None:
    assert check_syntax(source) is not None


def test_references_by_literal_name() -> None:
    tree = check_syntax("{% extends 'a' %}{% include ['b', 'c'] %}{% import 'd' as d %}{% include x %}")
    assert tree is not None
    assert references(tree) == {"a", "b", "c", "d"}
