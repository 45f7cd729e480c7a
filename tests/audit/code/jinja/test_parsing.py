"""Tags of unknown extensions, and templates that no application could use."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flask_garrison.audit.code.jinja import lower, needs
from flask_garrison.audit.files import UnreadableError
from tests.audit.code.jinja.shorthand import lowered


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("{% csrf %}{{ a }}", {"csrf"}),
        ("{% cache 60, key ~ 'x', if=1 : %}{{ a }}{% endcache %}", {"cache"}),
        ("{%- assets 'x', output='y' -%}<b>{{ a }}</b>{%- endassets -%}", {"assets"}),
        ("{% cache 1 %}{% cache 2 %}{{ a }}{% endcache %}{% endcache %}", {"cache"}),
        ("{% switch b %}{% case 1 %}{{ a }}{% endswitch %}", {"switch", "case"}),
        ("{% has x %}{% if b %}{% else %}{{ a }}{% endif %}{% else %}{% endhas %}", {"has", "else"}),
    ],
)
def test_unknown_tags_lose_nothing(text: str, tags: set[str]) -> None:
    assert "@emit(a, 'text', True)" in "\n".join(lowered(text))
    assert lower(text, "page.html").unknown_tags == tags


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{% if a %}", "Jinja cannot read it: line 1: Unexpected end of template."),
        ("\n{% endif %}", "Jinja cannot read it: line 2: Encountered unknown tag 'endif'."),
        ("{% else %}", "Jinja cannot read it: line 1: Encountered unknown tag 'else'."),
        ("{{ a b }}", "Jinja cannot read it: line 1: expected token 'end of print statement', got 'b'"),
        ("{{ " + "(" * 3000 + ")" * 3000 + " }}", "nested too deeply"),
        ("{{ a" + "|b" * 5000 + " }}", "nested too deeply"),
    ],
)
def test_unreadable(text: str, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        lower(text, "page.html")
    assert caught.value.reason.startswith(reason)


def test_nul_is_replaced() -> None:
    assert lowered("<\0a>{{ a }}") == ["@emit(a, 'text', True)"]


def test_needs() -> None:
    assert [needs(text) for text in ("a", "{# a #}", "{{ a }}", "{% if a %}")] == [False, False, True, True]
    assert lower("a", "a.html", block_contexts={"b": "text"}).block_contexts == {"b": "text"}


PIECES = st.sampled_from(
    ["<a href='", "'", '"', "<script>", "</script>", "`${ ", "<!--", "-->", ">", "<", " on", "x=", "/", "{{ a }}"]
)
TAGS = st.sampled_from(
    [
        ("{% if a %}", "{% endif %}"),
        ("{% for a in b %}", "{% else %}{{ a }}{% endfor %}"),
        ("{% filter trim %}", "{% endfilter %}"),
        ("{% set a %}", "{% endset %}"),
        ("{% macro a(b) %}", "{% endmacro %}"),
        ("{% call a() %}", "{% endcall %}"),
        ("{% autoescape a %}", "{% endautoescape %}"),
        ("{% with a = 1 %}", "{% endwith %}"),
        ("{% block a scoped %}", "{% endblock %}"),
        ("{% cache 1 %}", "{% endcache %}"),
        ("{% include a %}", ""),
        ("{% extends a %}", ""),
        ("{% for a in b recursive %}{{ loop(a) }}", "{% endfor %}"),
    ]
)
NESTS = st.recursive(
    PIECES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.tuples(TAGS, inner).map(lambda parts: parts[0][0] + parts[1] + parts[0][1]),
    ),
    max_leaves=15,
)


@settings(deadline=None)
@given(NESTS)
def test_nothing_crashes(text: str) -> None:
    lowered(text)


@given(st.text(alphabet="ab<>'\"=/ !-{#%", max_size=60))
def test_text_without_expressions_writes_nothing(text: str) -> None:
    if not needs(text):
        assert lowered(text) == []


@given(st.lists(PIECES.filter(lambda piece: "{" not in piece or piece == "`${ "), max_size=12).map("".join))
def test_markup_writes_nothing(text: str) -> None:
    assert lowered(text + "{% if a %}" + text + "{% endif %}") == []
