"""What an expression calls."""

from __future__ import annotations

import pytest
from jinja2 import Environment, nodes

from flask_garrison.guard.nonces.expressions import dotted_name, may_render

RENDERERS = frozenset(("macro", "lib", "caller"))


def expression(source: str) -> nodes.Node:
    output = Environment(autoescape=True).parse("{{ " + source + " }}").body[0]
    assert isinstance(output, nodes.Output)
    return output.nodes[0]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("a()", "a"),
        ("a.b(1)", "a.b"),
        ("a.b.c", "a.b.c"),
        ("a.b()|safe|indent(2)", "a.b"),
        ("a['b']()", ""),
        ("a().b()", ""),
        ("1", ""),
        ("a ~ b()", ""),
    ],
)
def test_names(source: str, name: str) -> None:
    assert dotted_name(expression(source)) == name


@pytest.mark.parametrize(
    "source", ["macro()", "lib.x(1)", "caller()|e", "f(macro())", "x ~ macro()", "lib['x']()", "macro()()"]
)
def test_renders(source: str) -> None:
    assert may_render(expression(source), RENDERERS)


@pytest.mark.parametrize("source", ["url_for('x')", "macro", "x.macro()", "_('hello')", "'macro()'", "x|tojson"])
def test_does_not_render(source: str) -> None:
    assert not may_render(expression(source), RENDERERS)
