"""Where in a document an expression stands."""

from __future__ import annotations

import pytest

from flask_garrison.audit.code.jinja import contexts as places
from flask_garrison.audit.code.jinja.position import position_at
from tests.audit.code.jinja.shorthand import contexts

D, S, U = '"', "'", ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>{{ a }}</p>{{ b }}", [("text", None), ("text", None)]),
        ("a < {{ a }} > b", [("text", None)]),
        ("<p title=\"x {{ a }}\" class='{{ b }}' id={{ c }} lang=x{{ d }}>", [
            ("attribute", D), ("attribute-single", S), ("attribute-unquoted", U), ("attribute-unquoted", U)]),
        ("<p {{ a }} {{ b }}=1 x{{ c }}='' hidden {{ d }}>", [("attribute-name", None)] * 4),
        ("<{{ a }}><h{{ b }}></h{{ c }}><!DOCTYPE {{ d }}>", [("tag-name", None)] * 4),
        ("<a href='{{ a }}'>", [("url", S)]),
        ("<a href={{ a }}>", [("url", U)]),
        ("<a href='/users/{{ a }}?x={{ b }}#{{ c }}'>", [("url-part", S)] * 3),
        ("<a href=/users/{{ a }}>", [("attribute-unquoted", U)]),
        ("<a href='https://{{ a }}/{{ b }}'>", [("url-host", S), ("url-part", S)]),
        ("<a href='//{{ a }}'><a href='https://a.{{ b }}'>", [("url-host", S), ("url-host", S)]),
        ("<a href='{{ a }}://{{ b }}/{{ c }}'>", [("url", S), ("url-host", S), ("url-part", S)]),
        ("<a href=' {{ a }}'>", [("url", S)]),
        ("<a href='{{ '/x/' }}{{ a }}'>", [("url-part", S)]),
        ("<a href='Java&#115;cript:{{ a }}'><a href='java\nscript:f(\"{{ a }}\")'>", [("url-javascript", S)] * 2),
        ("<a href='mailto:{{ a }}'><a href='?q={{ a }}'>", [("url-part", S)] * 2),
        ("<form action='{{ a }}'><button formaction='{{ b }}'>", [("url", S)] * 2),
        ("<iframe src='{{ a }}'></iframe><embed src='{{ b }}'><object data='{{ c }}'>", [("url", S)] * 3),
        ("<svg><use xlink:href='{{ a }}'></svg><area href='{{ b }}'>", [("url", S)] * 2),
        ("<p data='{{ a }}' data-url='{{ b }}'>", [("attribute-single", S)] * 2),
        ("<script src='{{ a }}'></script><script src='https://{{ b }}'></script>", [("url-code", S)] * 2),
        ("<script src='https://cdn.example/{{ a }}'></script>", [("url-part", S)]),
        ("<base href='{{ a }}'><link rel=stylesheet href='{{ b }}'><link href='{{ c }}'>", [("url-code", S)] * 3),
        ("<link rel='icon' href='{{ a }}'><link rel=canonical href='{{ b }}'>", [("url-media", S)] * 2),
        ("<img src='{{ a }}' srcset='{{ b }} 2x'><video poster='{{ c }}'><source src='{{ d }}'>",
         [("url-media", S)] * 4),
        ("<meta http-equiv='Refresh' content='0;url={{ a }}'>", [("url", S)]),
        ("<meta content='5; URL=https://{{ a }}' http-equiv=refresh>", [("url-host", S)]),
        ("<meta name=description content='1, {{ a }}'><meta content='{{ b }}'>", [("attribute-single", S)] * 2),
        ("<p onclick='{{ a }}' @click='{{ b }}' x-data='{{ c }}' v-if='{{ d }}' ng-x='{{ e }}'>", [("event", S)] * 5),
        ("<p onclick=\"f('{{ a }}', {{ b }})\" onload=f(&quot;{{ c }}&quot;)>",
         [("event-string", D), ("event", D), ("event-string", U)]),
        ("<p style='color: {{ a }}'><iframe srcdoc='{{ b }}'></iframe>", [("style-attribute", S), ("srcdoc", S)]),
        ("<style>a { color: {{ a }} }</style>{{ b }}", [("style", None), ("text", None)]),
        ("<script>{{ a }}</script><script type=module>{{ b }}</script>", [("script", None)] * 2),
        ("<script>a = '{{ a }}' + \"{{ b }}\" + `{{ c }}${ {{ d }} }{{ e }}`;</script>", [
            ("script-string", None), ("script-string", None), ("script-template", None), ("script", None),
            ("script-template", None)]),
        ("<script type='application/ld+json'>{\"a\": \"{{ a }}\"}</script>", [("script-json", None)]),
        ("<script type='text/x-handlebars'><b>{{ a }}</b></script>", [("text", None)]),
        ("<script>if (a</script>{{ a }}", [("text", None)]),
        ("<!-- {{ a }} -->{{ b }}", [("comment", None), ("text", None)]),
        ("<title>{{ a }}</title><textarea><b>{{ b }}</textarea>", [("rcdata", None)] * 2),
        # branches start alike, and meet at the riskiest of their likeliest ends
        ("<a href='{% if x %}/a/{% else %}{{ a }}{% endif %}'>{{ b }}", [("url", S), ("text", None)]),
        ("<a href='{% if x %}/a/{% endif %}{{ a }}'>", [("url", S)]),
        ("<a href='{% if x %}http{% else %}https{% endif %}://{{ a }}'>", [("url-host", S)]),
        ("{% if x %}<!--{% endif %}{{ a }}", [("text", None)]),
        ("<p {% if x %}class='{{ a }}'{% else %}id='{{ b }}'{% endif %} {{ c }}>{{ d }}",
         [("attribute-single", S), ("attribute-single", S), ("attribute-name", None), ("text", None)]),
        ("<script>x = [{% for x in a %}'{{ x }}',{% endfor %}{{ b }}]</script>", [
            ("script-string", None), ("script", None)]),
        ("<a {% cache 5 %}href='{{ a }}'{% endcache %}>{{ b }}", [("url", S), ("text", None)]),
    ],
)  # fmt: skip
def test_place(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert contexts(text) == expected


@pytest.mark.parametrize(
    ("name", "context", "escaped"),
    [
        ("a.html", "text", True),
        ("a.htm", "text", True),
        ("a.xhtml", "text", True),
        ("a.svg", "text", True),
        (None, "text", True),
        ("a", "text", False),
        ("a.jinja2", "text", False),
        ("a.html.j2", "text", False),
        ("a.HTML", "text", False),
        ("mail/a.txt", "plain", False),
        ("a.conf.j2", "plain", False),
        ("a.js", "javascript", False),
        ("a.js.html", "text", True),
        ("a.json", "json", False),
        ("a.css", "css", False),
        ("feed.xml", "xml", True),
        ("a.sql", "sql", False),
    ],
)
def test_kind_of_file(name: str | None, context: str, escaped: bool) -> None:
    assert places.of_name(name) == context
    assert places.autoescaped(name) is escaped
    assert contexts("{{ a }}", name) == [(context, None)]


@pytest.mark.parametrize("context", sorted(places.OPENINGS))
def test_an_opening_leads_where_it_says(context: str) -> None:
    assert position_at(context).where().context == context


def test_an_included_file_starts_where_it_is_included() -> None:
    assert contexts("{{ a }}' + '{{ b }}", "a.html", context="script")[0] == ("script", None)
    assert contexts("<b>{{ a }}", "a.html", context="plain") == [("plain", None)]
    assert contexts("<b title='{{ a }}'>", "a.txt", context="text") == [("attribute-single", "'")]


def test_every_context_is_explained() -> None:
    named = {value for key, value in vars(places).items() if key.isupper() and isinstance(value, str)}
    assert set(places.OPENINGS) | {"plain", "javascript", "json", "css", "xml", "sql", "captured"} == named
