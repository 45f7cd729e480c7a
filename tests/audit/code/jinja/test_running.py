"""Lowered templates mean what Jinja means: both render the same."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, select_autoescape

from tests.audit.code.jinja.running import written

VALUES: dict[str, Any] = {"a": "<a>", "b": [1, 2], "c": [], "d": [["x"], ["y", "<"]], "e": 0, "f": "p.html"}


def rendered(sources: dict[str, str], name: str = "page.html", **variables: Any) -> str:
    """Return what Jinja renders."""
    extensions = ["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    environment = Environment(loader=DictLoader(sources), autoescape=select_autoescape(), extensions=extensions)
    environment.install_null_translations()
    return environment.get_template(name).render(**variables)


@pytest.mark.parametrize(
    "text",
    [
        "{{ a }}{{ a|safe }}{{ missing }}{{ 'x' if e }}{{ a ~ 'x' }}{{ ('<'|safe) ~ a }}",
        "{% if e %}{{ a }}{% elif b %}{{ b[0] }}{% else %}{{ f }}{% endif %}",
        "{% for a in b %}{{ a }}{% endfor %}{{ a }}",
        "{% for x in c %}{{ x }}{% else %}{{ a }}{% endfor %}",
        "{% for x in d %}{% for x in x %}{{ x }}{% endfor %}{{ x }}{% endfor %}{{ x }}",
        "{% for x in b if x > 1 %}{{ x }}{% endfor %}",
        "{% for x in b %}{% if x > 1 %}{% break %}{% endif %}{{ x }}{% endfor %}",
        "{% for x in d recursive %}{% if x is string %}{{ x }}{% else %}{{ loop(x) }}{% endif %}{% endfor %}",
        "{% set a = 1 %}{% for x in b %}{{ a }}{% set a = x %}{{ a }}{% endfor %}{{ a }}",
        "{% with a=1, e=a %}{{ a }}{{ e }}{% endwith %}{{ a }}{{ e }}",
        "{% with a=1 %}{% set a = 2 %}{{ a }}{% endwith %}{{ a }}",
        "{% set x %}<b>{{ a }}</b>{% endset %}{{ x }}{% set x | upper %}{{ a }}{% endset %}{{ x }}",
        "{% filter upper %}<b>{{ a }}</b>{{ 'x' }}{% endfilter %}",
        "{% autoescape false %}{{ a }}{% set a = 1 %}{{ a }}{% endautoescape %}{{ a }}",
        "{% macro m(x, y=a) %}<i>{{ x }}{{ y }}</i>{% endmacro %}{{ m(a) }}{{ m(1, 2) }}",
        "{% macro m() %}{{ varargs[0] }}{{ kwargs['k'] }}{% endmacro %}{{ m(a, k=f) }}",
        "{% macro m(x) %}[{{ caller(x) }}]{% endmacro %}{% call(y) m(a) %}<u>{{ y }}{{ e }}</u>{% endcall %}",
        "{% set n = namespace(v=1) %}{% for x in b %}{% set n.v = n.v + x %}{% endfor %}{{ n.v }}",
        "{% do b.append(3) %}{{ b }}",
        "{% trans x=a %}{{ x }}{% endtrans %}{% trans n=e %}{{ n }}{% pluralize n %}{{ n }}{{ n }}{% endtrans %}",
    ],
)
def test_same(text: str) -> None:
    variables = VALUES | {"b": [1, 2]}
    scope = {"namespace": Namespace, "@test.string": lambda value: isinstance(value, str)}
    assert written({"page.html": text}, **variables, **scope) == rendered(
        {"page.html": text}, **variables | {"b": [1, 2]}
    )


class Namespace:
    """What ``namespace()`` of Jinja makes."""

    def __init__(self, **values: Any) -> None:
        vars(self).update(values)


PARENTS = {
    "p.html": "{% block one %}{{ a }}{% endblock %}"
    "{% for x in b %}{% block two scoped %}{{ x }}{% endblock %}{% endfor %}",
    "q.html": "{% extends 'p.html' %}{% block one %}{{ super() }}{{ e }}"
    "{% block three %}{{ f }}{% endblock %}{% endblock %}",
    "m.html": "{% macro m(x) %}<i>{{ x }}</i>{% endmacro %}",
    "i.html": "{{ a }}{{ x }}",
    "i.txt": "{{ a }}",
}


@pytest.mark.parametrize(
    "text",
    [
        "{% extends 'p.html' %}{{ a }}",
        "{% extends f %}{% block one %}{{ super() }}{{ super() }}{% endblock %}{% block two %}{{ a }}{% endblock %}",
        "{% extends 'q.html' %}{% block one %}{{ super() }}{{ super.super() }}{% endblock %}",
        "{% extends 'q.html' %}{% block three %}{{ a }}{{ self.two() }}{% endblock %}",
        "{% extends 'p.html' %}{% set a = 5 %}{% import 'm.html' as t %}"
        "{% block one %}{{ a }}{{ t.m(a) }}{% endblock %}",
        "{% extends 'p.html' %}{% macro m(x) %}{{ x }}{{ a }}{% endmacro %}{% block two %}{{ m(x) }}{% endblock %}",
        "{% from 'm.html' import m as w %}{{ w(a) }}",
        "{% for x in b %}{% include 'i.html' %}{% include 'i.txt' without context %}{% endfor %}{{ x }}",
        "{% include ['none.html', 'i.txt'] %}{% include 'none.html' ignore missing %}",
    ],
)
def test_same_of_several_files(text: str) -> None:
    sources = PARENTS | {"page.html": text}
    assert written(sources, **VALUES) == rendered(sources, **VALUES)


NAMES = st.sampled_from(["a", "b", "e", "x"])
EXPRESSIONS = st.one_of(
    NAMES, st.just("(1 if 1)"), NAMES.map(lambda name: f"({name} ~ '<')"), NAMES.map("({} if e)".format)
)
WRAPPINGS = st.sampled_from(
    [
        "{%% if %s %%}%s{%% endif %%}",
        "{%% for x in [%s, 2] %%}%s{%% endfor %%}",
        "{%% for e in [%s] if e %%}%s{%% endfor %%}",
        "{%% for e in ([%s] if b else []) %%}%s{%% else %%}{{ a }}{%% endfor %%}",
        "{%% with e = %s %%}%s{%% endwith %%}",
        "{%% filter upper %%}{{ %s }}%s{%% endfilter %%}",
        "{%% autoescape false %%}{{ %s }}%s{%% endautoescape %%}",
        "{%% with z = 1 %%}{%% set e = %s %%}%s{%% endwith %%}",
        "{%% set x %%}{{ %s }}%s{%% endset %%}{{ x }}",
        "{%% macro m(e) %%}{{ %s }}%s{%% endmacro %%}{{ m(1) }}{{ m(a) }}",
        "{%% macro m() %%}{{ %s }}{{ caller(1) }}{%% endmacro %%}{%% call(e) m() %%}{{ a }}%s{%% endcall %%}",
        "{{ %s }}%s",
    ]
)


def nests(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.tuples(WRAPPINGS, EXPRESSIONS, inner).map(lambda parts: parts[0] % parts[1:]),
    )


TEMPLATES = st.recursive(EXPRESSIONS.map("{{{{ {} }}}}".format), nests, max_leaves=12)


@settings(max_examples=150, deadline=None)
@given(TEMPLATES)
def test_random_nests_render_the_same(text: str) -> None:
    sources = {"page.html": text}
    assert written(sources, a="<", b="", e=1) == rendered(sources, a="<", b="", e=1)
