"""Jinja's expressions as Python's."""

from __future__ import annotations

import ast

import pytest

from flask_garrison.audit.code.jinja import lower
from tests.audit.code.jinja.shorthand import lowered


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("a", "a"),
        ("a.b.c", "a.b.c"),
        ("a['b']", "a['b']"),
        ("a.0", "a[0]"),
        ("a[1:b]", "a[1:b]"),
        ("a[::2]", "a[::2]"),
        ("a[1, 2]", "a[1, 2]"),
        ("a.get('x', 1)", "a.get('x', 1)"),
        ("f(a, *b, c=1, **d)", "f(a, *b, c=1, **d)"),
        ("[a, 1, none, true]", "[a, 1, None, True]"),
        ("{'a': b}", "{'a': b}"),
        ("(a, b)", "(a, b)"),
        ("a + b - c * d / e // f % g ** h", "a + b - c * d / e // f % g ** h"),
        ("-a", "-a"),
        ("not a and b or c", "not a and b or c"),
        ("a == b", "a == b"),
        ("a < b <= c", "a < b <= c"),
        ("a not in b", "a not in b"),
        ("a ~ '/' ~ b", "@concat(a, '/', b)"),
        ("a if b else c", "a if b else c"),
        ("a if b", "a if b else @undefined()"),
        ("a|e", "@filter.e(a)"),
        ("a|default('x', true)|upper", "@filter.upper(@filter.default(a, 'x', True))"),
        ("a|map(attribute='x')|join(', ')", "@filter.join(@filter.map(a, attribute='x'), ', ')"),
        ("a|my.own(*b, **c)", "@filter.my.own(a, *b, **c)"),
        ("a is defined", "@test.defined(a)"),
        ("a is not defined", "not @test.defined(a)"),
        ("a is undefined", "not @test.defined(a)"),
        ("a is not undefined", "@test.defined(a)"),
        ("a is none", "a is None"),
        ("a is not none", "a is not None"),
        ("a is true", "a is True"),
        ("a is in b", "a in b"),
        ("a is not in b", "a not in b"),
        ("a is sameas b", "a is b"),
        ("a is eq b", "a == b"),
        ("a is ge(3)", "a >= 3"),
        ("a is not lt 3", "not a < 3"),
        ("a is divisibleby 3", "@test.divisibleby(a, 3)"),
        ("_('Hello %(name)s', name=a)", "_('Hello %(name)s', name=a)"),
        ("self.title()", "@block('title')"),
        ("super()", "super()"),
    ],
)
def test_expression(expression: str, expected: str) -> None:
    assert lowered(f"{{{{ {expression} }}}}") == [f"@emit({expected}, 'text', True)"]


def test_lines_are_those_of_the_template() -> None:
    (statement,) = lower("a\n\n{{ b(\n  c.d) }}", "page.html").body
    found = {node.id: node.lineno for node in ast.walk(statement) if isinstance(node, ast.Name)}
    assert found == {"@emit": 3, "b": 3, "c": 4}


def test_every_node_has_a_place() -> None:
    text = "{% for a in b if a %}{{ a|x(1, k=2) }}{% endfor %}{% macro m(a, b=1) %}{{ a[1:2] }}{% endmacro %}"
    for statement in lower(text, "page.html").body:
        for node in ast.walk(statement):
            if isinstance(node, ast.expr | ast.stmt | ast.keyword | ast.arg):
                assert (node.lineno, node.col_offset) == (1, 0)
