"""What is collected into a value: macros, set, filter and call blocks."""

from __future__ import annotations

import pytest

from flask_garrison.audit.code.jinja import lower
from tests.audit.code.jinja.shorthand import lowered


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{% set x | trim | upper %}/users/{{ a }}{% endset %}<a href='{{ x }}'>",
            [
                "@@capture(True)",
                "def @capture.1():",
                "    @data('/users/')",
                "    @emit(a, 'captured', True)",
                "x = @filter.upper(@filter.trim(@capture.1()))",
                "@emit(x, 'url', True, quote=\"'\")",
            ],
        ),
        (
            "<script>{% filter indent(2) %}f('{{ a }}');{{ b }}{% endfilter %}{{ c }}</script>",
            [
                "@@capture(True)",
                "def @capture.1():",
                '    @data("f(\'")',
                "    @emit(a, 'script-string', True)",
                '    @data("\');")',
                "    @emit(b, 'captured', True)",
                "@emit(@filter.indent(@capture.1(), 2), 'script', False)",
                "@emit(c, 'script', True)",
            ],
        ),
        (
            "{% macro m(a, b='x') %}<a href=\"{{ a }}\">{{ b }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(c) }}",
            [
                "@@capture(True)",
                "def m(a, b='x', *varargs, **kwargs):",
                "    @data('<a href=\"')",
                "    @emit(a, 'url', True, quote='\"')",
                "    @data('\">')",
                "    @emit(b, 'captured', True)",
                "    @emit(varargs, 'captured', True)",
                "    @emit(kwargs, 'captured', True)",
                "@emit(m(c), 'text', True)",
            ],
        ),
        (
            "{% macro m() %}{{ caller(1) }}{% endmacro %}{% call(a) m() %}{{ a }}{% endcall %}",
            [
                "@@capture(True)",
                "def m(caller=@undefined()):",
                "    @emit(caller(1), 'captured', True)",
                "@@capture(True)",
                "def @caller.1(a):",
                "    @emit(a, 'captured', True)",
                "@emit(m(caller=@caller.1), 'text', False)",
            ],
        ),
        (
            "{% macro m(caller) %}{{ caller }}{% endmacro %}",
            ["@@capture(True)", "def m(caller):", "    @emit(caller, 'captured', True)"],
        ),
        (
            "{% macro empty() %}{% endmacro %}",
            ["@@capture(True)", "def empty():", "    pass"],
        ),
        (
            "{% autoescape false %}{% set x %}{{ a }}{% endset %}{% endautoescape %}",
            ["@@capture(False)", "def @capture.1():", "    @emit(a, 'captured', False)", "x = @capture.1()"],
        ),
        (
            "{% set a %}{{ b }}{% set b = 1 %}{{ b }}{% endset %}",
            [
                "@@capture(True)",
                "def @capture.1():",
                "    b@2 = b",
                "    @emit(b@2, 'captured', True)",
                "    b@2 = 1",
                "    @emit(b@2, 'captured', True)",
                "a = @capture.1()",
            ],
        ),
    ],
)
def test_capture(text: str, expected: list[str]) -> None:
    assert lowered(text) == expected


def test_macros_are_listed() -> None:
    template = lower("{% macro m(a) %}{{ a }}{% endmacro %}{% set x %}{{ m(1) }}{% endset %}", "page.html")
    assert list(template.macros) == ["m"]
    assert template.macros["m"] is template.body[0]


def test_what_is_collected_in_a_text_is_not_marked_safe() -> None:
    assert lowered("{% set x %}{{ a }}{% endset %}", "mail.txt")[0] == "@@capture(False)"
