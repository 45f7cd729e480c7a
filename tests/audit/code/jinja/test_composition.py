"""Inheritance, blocks, includes, imports."""

from __future__ import annotations

import ast

import pytest

from flask_garrison.audit.code.jinja import Lowered, blocks_of, lower
from tests.audit.code.jinja.shorthand import lines, lowered

PARENT = (
    "{{ top }}{% block title %}{{ t }}{% endblock %}<script>{% block code %}{% endblock %}</script>"
    "<a href='{% block link required %}{% endblock %}'>"
    "{% for x in a %}{% block row scoped %}{{ x }}{% endblock %}{% endfor %}{{ x }}"
)
CHILD = (
    "{% extends 'base.html' %}text{{ lost }}{% import 'm.html' as m %}{% set y = 1 %}"
    "{% block title %}{{ super() }}|{{ super.super() }}{{ self.code() }}{% endblock %}"
    "{% block code %}f({{ a }}, '{{ b }}');{% block inner %}{{ c }}{% endblock %}{% endblock %}"
    "{% block link %}{{ url }}{% endblock %}"
)


def blocks(template: Lowered) -> dict[str, list[str]]:
    """Return the lowered blocks by name and context."""
    return {f"{block.name} {block.context}": lines(block.body) for block in template.blocks.values()}


def test_parent_places_its_blocks() -> None:
    parent = lower(PARENT, "base.html")
    assert lines(parent.body) == [
        "@emit(top, 'text', True)",
        "@block('title', 'text')",
        "@block('code', 'script')",
        "@block('link', 'url')",
        "for x@1 in a:",
        "    @block('row', 'text', scope={'x': x@1})",
        "@emit(x, 'text', True)",
    ]
    assert blocks(parent) == {
        "title text": ["@emit(t, 'text', True)"],
        "code script": [],
        "link url": [],
        "row text": ["@emit(x, 'text', True)"],
    }
    assert parent.block_contexts == {"title": "text", "code": "script", "link": "url", "row": "text"}
    assert (parent.blocks["link"].required, parent.blocks["row"].scoped, parent.extends) == (True, True, None)


def test_blocks_of_a_child_start_where_the_parent_places_them() -> None:
    child = lower(CHILD, "page.html", block_contexts=lower(PARENT, "base.html").block_contexts)
    assert lines(child.body) == ["m = @import('m.html')", "y = 1"]
    assert child.extends is not None
    assert (ast.unparse(child.extends), child.extends_always) == ("'base.html'", True)
    assert blocks(child) == {
        "title text": [
            "@emit(@super('title', 1), 'text', True)",
            "@emit(@super('title', 2), 'text', True)",
            "@emit(@block('code'), 'text', True)",
        ],
        "code script": ["@emit(a, 'script', True)", "@emit(b, 'script-string', True)", "@block('inner', 'script')"],
        "inner script": ["@emit(c, 'script', True)"],
        "link url": ["@emit(url, 'url', True, quote='\"')"],
    }
    assert child.block_contexts == {"title": "text", "code": "script", "link": "url", "row": "text", "inner": "script"}
    assert child.references == {"base.html", "m.html"}


def test_versions_of_blocks() -> None:
    chain = [lower(CHILD, "page.html"), lower(PARENT, "base.html")]
    versions = blocks_of(chain)
    assert [len(versions[name]) for name in ("title", "code", "inner", "link", "row")] == [2, 2, 1, 2, 1]
    assert versions["title"][0] is chain[0].blocks["title"]


def test_parent_in_a_branch() -> None:
    template = lower("{% if a %}{% extends b %}{% endif %}{{ c }}{% block d %}{% endblock %}", "page.html")
    assert lines(template.body) == ["@emit(c, 'text', True)", "@block('d', 'text')"]
    assert (lines([ast.Expr(template.extends or ast.Constant(0))]), template.extends_always) == (["b"], False)


def test_a_block_escapes_as_the_file_does() -> None:
    template = lower("{% autoescape false %}{% block a %}{{ b }}{% endblock %}{% endautoescape %}", "page.html")
    assert blocks(template) == {"a text": ["@emit(b, 'text', True)"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{% include 'a.html' %}", ["@include('a.html', 'text')"]),
        ("<script>{% include a + '.js' %}</script>", ["@include(a + '.js', 'script')"]),
        (
            "{% include ['a', b] ignore missing without context %}",
            ["@include(['a', b], 'text', with_context=False, ignore_missing=True)"],
        ),
        (
            "{% for x in a %}{% include x %}{% endfor %}{{ x }}",
            ["for x@1 in a:", "    @include(x@1, 'text', scope={'x': x@1})", "@emit(x, 'text', True)"],
        ),
        ("{% import 'm' as m with context %}", ["m = @import('m', with_context=True)"]),
        ("{% from 'm' import a, b as c %}", ["a = @import('m').a", "c = @import('m').b"]),
    ],
)
def test_other_files(text: str, expected: list[str]) -> None:
    assert lowered(text) == expected


def test_literal_references() -> None:
    text = "{% extends 'a' if x else 'b' %}{% block c %}{% include ['d', e] %}{% endblock %}"
    assert lower(text, "page.html").references == {"a", "b", "d"}
