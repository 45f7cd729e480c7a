"""Compiled templates: captured regions change nothing but the tags."""

from __future__ import annotations

import pytest

from .support import get, page, sealed, shop


def test_includes_without_context_keep_their_place_in_a_region() -> None:
    app = shop({"part": "2"})
    template = (
        "1<script>{% include 'part' without context %}3{% include 'none' ignore missing without context %}</script>"
    )
    assert sealed(template, app=app) == "1<script nonce=*>23</script>"


INHERITANCE = {
    "base.html": "<head>{% block head %}<script>b</script>{% endblock %}</head>{% block body required %}{% endblock %}"
    "<script>{% block js %}base(){% endblock %}</script>",
    "child.html": "{% extends 'base.html' %}<script>dropped</script>{% block head %}{{ super() }}<script>c</script>"
    "{% endblock %}{% block body %}<form method=post>{% endblock %}{% block js %}a<b;{{ super() }}{% endblock %}",
    "maybe.html": "{% if up %}{% extends 'base.html' %}{% endif %}<script>{{ 'kept' }}</script><script>k</script>"
    "{% block body %}x{% endblock %}",
}


def test_inheritance() -> None:
    expected = (
        '<head><script nonce="N">b</script><script nonce="N">c</script></head><form method=post>'
        '<script nonce="N">a<b;base()</script>'
    )
    assert page(get(shop(INHERITANCE), "/child.html")) == expected


@pytest.mark.parametrize(
    ("up", "expected"),
    [
        (True, '<head><script nonce="N">b</script></head>x<script nonce="N">base()</script>'),
        (False, '<script nonce="N">kept</script><script nonce="N">k</script>x'),
    ],
)
def test_inheritance_that_is_decided_late(up: bool, expected: str) -> None:
    assert page(get(shop(INHERITANCE, up=up), "/maybe.html")) == expected


def test_variables_set_inside_a_region_are_seen_outside() -> None:
    template = (
        "<script>{% set a = 1 %}{% import 'lib' as l %}{% macro m() %}M{% endmacro %}</script>"
        "{{ a }}{{ l.p() }}{{ m() }}"
    )
    app = shop(
        {
            "lib": "{% macro p() %}P{% endmacro %}",
            "top": template,
            "use": "{% from 'top' import a, m %}{{ a }}{{ m() }}",
        }
    )
    assert page(get(app, "/top")) == '<script nonce="N"></script>1PM'
    assert page(get(app, "/use")) == "1M"
