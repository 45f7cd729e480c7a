"""Output, conditions, loops, names, escaping."""

from __future__ import annotations

import pytest

from tests.audit.code.jinja.shorthand import lowered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("text {# comment #} {{ 'constant' }}{% raw %}{{ a }}{% endraw %}", []),
        ("{% if a %}text{% endif %}{% for x in a %}text{% endfor %}", []),
        ("{% if a() %}text{% endif %}{% for x in a() %}text{% endfor %}", ["a()", "a()"]),
        ("{% print a, b %}", ["@emit(a, 'text', True)", "@emit(b, 'text', True)"]),
        (
            "{% if a %}{{ a }}{% elif b %}x{% else %}{{ c }}{% endif %}",
            [
                "if a:",
                "    @emit(a, 'text', True)",
                "elif b:",
                "    pass",
                "else:",
                "    @emit(c, 'text', True)",
            ],
        ),
        (
            "{% for k, v in a.items() if v %}{{ loop.index }}{{ k }}{% else %}{{ b }}{% endfor %}",
            [
                "for k, v in a.items():",
                "    if v:",
                "        loop = @loop(a.items())",
                "        @emit(loop.index, 'text', True)",
                "        @emit(k, 'text', True)",
                "if @empty(a.items(), True):",
                "    @emit(b, 'text', True)",
            ],
        ),
        (
            "{% for x in a recursive %}{{ x }}{{ loop(x.children) }}{% endfor %}",
            [
                "def @recurse.1(@items):",
                "    for x in @items:",
                "        loop = @loop(@items)",
                "        @emit(x, 'text', True)",
                "        @recurse.1(x.children)",
                "@recurse.1(a)",
            ],
        ),
        (
            "{% for x in a %}{% if x %}{% continue %}{% endif %}{% break %}{% endfor %}",
            ["for x in a:", "    if x:", "        continue", "    break"],
        ),
        ("{% set a, b = c, 1 %}{% set n.x = a %}", ["a, b = (c, 1)", "n.x = a"]),
        ("{% do a.append(b) %}", ["a.append(b)"]),
        ("{% with a=b, c=a %}{{ c }}{% endwith %}", ["a@1 = b", "c = a", "@emit(c, 'text', True)"]),
        (
            "{% for x in a %}{% set y = x %}{{ y }}{% endfor %}{{ y }}",
            ["for x in a:", "    y@1 = x", "    @emit(y@1, 'text', True)", "@emit(y, 'text', True)"],
        ),
        (
            "{% for x in a %}{% if x %}{% set y = x %}{% endif %}{{ y }}{% endfor %}",
            ["for x in a:", "    y@1 = y", "    if x:", "        y@1 = x", "    @emit(y@1, 'text', True)"],
        ),
        (
            "{% for x in a %}{{ x }}{% for y in x %}{{ loop.last }}{% endfor %}{{ loop.last }}{% endfor %}",
            [
                "for x in a:",
                "    loop = @loop(a)",
                "    @emit(x, 'text', True)",
                "    for y in x:",
                "        loop@1 = @loop(x)",
                "        @emit(loop@1.last, 'text', True)",
                "    @emit(loop.last, 'text', True)",
            ],
        ),
        (
            "{% autoescape false %}{{ a }}{% autoescape b %}{{ a }}{% endautoescape %}{% endautoescape %}{{ a }}",
            ["@emit(a, 'text', False)", "@emit(a, 'text', None)", "@emit(a, 'text', True)"],
        ),
        (
            "{% trans who=a.name %}Hello {{ who }} <a href='{{ link }}'>100%</a>{% endtrans %}",
            ["@emit(a.name, 'text', True)", "@emit(link, 'url', True, quote=\"'\")"],
        ),
        (
            "{% trans n=a|length %}{{ n }} item of {{ b }}{% pluralize %}{{ n }} items{% endtrans %}",
            [
                "if @filter.length(a) == 1:",
                "    @emit(@filter.length(a), 'text', True)",
                "    @emit(b, 'text', True)",
                "else:",
                "    @emit(@filter.length(a), 'text', True)",
            ],
        ),
        ("{% trans 'month' %}May {{ a }}{% endtrans %}", ["@emit(a, 'text', True)"]),
        ("{% trans %}Plain{% endtrans %}{% trans n=a %}one{% pluralize %}many{% endtrans %}", []),
    ],
)
def test_statement(text: str, expected: list[str]) -> None:
    assert lowered(text) == expected
