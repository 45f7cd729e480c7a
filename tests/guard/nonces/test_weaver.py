"""What of a template is sealed: every construct with its exact output."""

from __future__ import annotations

import pytest
from flask import Flask

from flask_garrison import Policy

from .support import get, page, sealed, shop

STRICT = Policy.strict(hosts=["localhost"])

SEALED = [
    ("<script>go()</script>", "<script nonce=*>go()</script>"),
    ('<script src="/a.js"></script>', '<script nonce=* src="/a.js"></script>'),
    ("<SCRIPT SRC=/a.js></SCRIPT>", "<SCRIPT nonce=* SRC=/a.js></SCRIPT>"),
    ("<script/src=/a.js></script>", "<script nonce=* /src=/a.js></script>"),
    ("<link/rel=preload href=a>", "<link nonce=* /rel=preload href=a>"),
    ("<script\nsrc=/a.js\n></script >", "<script nonce=*\nsrc=/a.js\n></script >"),
    ("<script type=module>1</script>", "<script nonce=* type=module>1</script>"),
    ("<script type=importmap>{}</script>", "<script nonce=* type=importmap>{}</script>"),
    ('<script type="TEXT/JavaScript; x">1</script>', '<script nonce=* type="TEXT/JavaScript; x">1</script>'),
    ("<script type=speculationrules>{}</script>", "<script nonce=* type=speculationrules>{}</script>"),
    ("<link rel=preload as=script href=a>", "<link nonce=* rel=preload as=script href=a>"),
    ('<link href=a rel="x MODULEPRELOAD"/>', '<link nonce=* href=a rel="x MODULEPRELOAD"/>'),
    ("<form method=post>", "<form data-garrison=* method=post>"),
    ('<form method=" POST " action="{{ x }}">', '<form data-garrison=* method=" POST " action="X">'),
    ("<form method={{ 'post' }}>", "<form data-garrison=* method=post>"),
    ("<p>a < b</p><script>1</script>", "<p>a < b</p><script nonce=*>1</script>"),
    ("<script>if (a<b) x='<!--'</script>", "<script nonce=*>if (a<b) x='<!--'</script>"),
    ("<script>{{ x }}</script>", "<script nonce=*>X</script>"),
    ("<script>{% raw %}{{ x }}{% endraw %}</script>", "<script nonce=*>{{ x }}</script>"),
    ("<script src={{ x }}></script>", "<script nonce=* src=X></script>"),
    ("<script src='{{ x }}' {{ y|safe }}></script>", "<script nonce=* src='X' async></script>"),
    ("<script {% if x %}async {% endif %}src=a></script>", "<script nonce=* async src=a></script>"),
    ("<script {% if x %}src=a{% endif %}>1</script>", "<script nonce=* src=a>1</script>"),
    ("<script {% for a in 'xy' %}{{ a }}=1 {% endfor %}>1</script>", "<script nonce=* x=1 y=1 >1</script>"),
    ("<script {% if not x %}nonce=own{% endif %}>1</script>", "<script nonce=* >1</script>"),
    ("<script>{% if x %}a{% else %}b{% endif %}</script>", "<script nonce=*>a</script>"),
    ("{% if x %}<script>1</script>{% else %}<script>2</script>{% endif %}", "<script nonce=*>1</script>"),
    ("{% for a in 'xy' %}<script>{{ a }}</script>{% endfor %}", "<script nonce=*>x</script><script nonce=*>y</script>"),
    ("{% if x %}<!-- {% endif %} --><script>1</script>", "<!--  --><script nonce=*>1</script>"),
    ("{% set z %}<script>1</script>{% endset %}{{ z }}", "<script nonce=*>1</script>"),
    ("{% macro m() %}<script>1</script>{% endmacro %}{{ m() }}", "<script nonce=*>1</script>"),
    ("{% macro m() %}<b>{{ caller() }}{% endmacro %}{% call m() %}<script>1</script>{% endcall %}",
     "<b><script nonce=*>1</script>"),
    ("{% with a = 1 %}<script>{{ a }}</script>{% endwith %}", "<script nonce=*>1</script>"),
    ("{% autoescape false %}<script>{{ '<' }}</script>{% endautoescape %}", "<script nonce=*><</script>"),
    ("{% filter upper %}<p>{% endfilter %}<script>1</script>", "<P><script nonce=*>1</script>"),
    ("{% block b %}<script>1</script>{% endblock %}", "<script nonce=*>1</script>"),
    ("<script>{% block b %}a<b{% endblock %}</script>", "<script nonce=*>a<b</script>"),
    ("<title>{% block t %}T{% endblock %}</title><script>1</script>", "<title>T</title><script nonce=*>1</script>"),
    ("<noscript><form method=post></noscript>", "<noscript><form data-garrison=* method=post></noscript>"),
    ("<svg><title/><style/></svg><script>1</script>", "<svg><title/><style/></svg><script nonce=*>1</script>"),
    ("<a title='>'><script>1</script>", "<a title='>'><script nonce=*>1</script>"),
    ("<a {% if x %}b='>{% else %}b='{% endif %}'><script>1</script>", "<a b='>'><script nonce=*>1</script>"),
    ("<!doctype html><script>1</script>", "<!doctype html><script nonce=*>1</script>"),
    ("ä€😀<script>'ä€😀'</script>", "ä€😀<script nonce=*>'ä€😀'</script>"),
    # The end stands at another level: a marker that is good for one answer.
    ("{% if x %}<script>{% else %}<script async>{% endif %}1</script>", "<script nonce=*>1</script>"),
    ("<script>1{% if x %}</script>{% endif %}", "<script nonce=*>1</script>"),
    ("<script>ends elsewhere; '<form method=post>'", "<script nonce=*>ends elsewhere; '<form method=post>'"),
]  # fmt: skip

LEFT_ALONE = [
    "<p>plain</p>",
    "<script nonce=own>1</script>",
    "<script type=text/template><script></script>",
    "<script type=application/json>{}</script>",
    "<script type={{ 'text/x-tpl' }}>1</script>",
    "<!-- <script>1</script> -->",
    "<textarea><script>1</script></textarea>",
    "<title><form method=post></title>",
    "<style><script></style>",
    "<xmp><script>1</script></xmp>",
    "<iframe><script>1</script></iframe>",
    "<noembed><script>1</script></noembed>",
    "<noframes><script>1</script></noframes>",
    "<plaintext><script>1</script>",
    "<a title='<script>1</script>'>",
    "<scripty>",
    "< script>1</script>",
    "<{{ 'script' }}>1</script>",
    "{{ '<script>1</script>'|safe }}",
    "{{ '<script>1</script>' }}",
    "<link rel=stylesheet href=a>",
    "<link rel=icon href=a>",
    "<style>a{}</style>",
    "<form>",
    "<form method=get action='{{ x }}'>",
    "<form method=dialog>",
    "<form action='{{ x }}'>",
    "<script src=a",
    "&lt;script&gt;",
]


@pytest.mark.parametrize(("template", "expected"), SEALED)
def test_sealed(template: str, expected: str) -> None:
    assert sealed(template, x="X", y="async") == expected
    # What is sealed is what verifies: the answer carries no marker any more.
    answer = get(shop({"a": template}, x="X", y="async"), "/a")
    assert page(answer) == _unsealed(expected)


def _unsealed(text: str) -> str:
    decoy = text.replace("<link nonce=*", '<link data-garrison="<script" nonce="N"')
    return decoy.replace(" data-garrison=*", "").replace("nonce=*", 'nonce="N"')


@pytest.mark.parametrize("template", LEFT_ALONE)
def test_left_alone(template: str) -> None:
    bare = Flask("bare")
    with bare.test_request_context():
        expected = bare.jinja_env.from_string(template).render(x="X")
    assert sealed(template, x="X") == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<style>a{}</style>", "<style nonce=*>a{}</style>"),
        ("<style>{{ x }}</style>", "<style nonce=*>X</style>"),
        ("<link rel=stylesheet href={{ x }}>", "<link nonce=* rel=stylesheet href=X>"),
    ],
)
def test_styles_are_sealed_where_the_policy_asks(template: str, expected: str) -> None:
    assert sealed(template, STRICT, x="X") == expected


MACRO = "{% macro m() %}<script>1</script>{% endmacro %}"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("<textarea>{{ m() }}</textarea>", "<textarea><script>1</script></textarea>"),
        ("<!-- {{ m() }} -->", "<!-- <script>1</script> -->"),
        ("<p title='{{ m() }}'>", "<p title='<script>1</script>'>"),
        ("<script>'{{ m() }}'</script>", "<script nonce=*>'<script>1</script>'</script>"),
        ("<script type=text/template>{{ m() }}</script>", "<script type=text/template><script>1</script></script>"),
        ("<script type=text/template>{% if 1 %}{{ m() }}{% endif %}", "<script type=text/template><script>1</script>"),
        ("<textarea>{% include 'part' %}</textarea>{% include 'part' %}",
         "<textarea><script>2</script></textarea><script nonce=*>2</script>"),
        ("<textarea>{% include 'part' without context %}</textarea>", "<textarea><script>2</script></textarea>"),
        ("<textarea>{% block b %}{% include 'part' %}{% endblock %}</textarea>",
         "<textarea><script>2</script></textarea>"),
        ("<textarea>{% call w() %}{{ m() }}{% endcall %}</textarea>", "<textarea>[<script>1</script>]</textarea>"),
        ("<textarea>{{ part.p() }}</textarea>{{ part.p() }}", "<textarea><form method=post></textarea>"
         "<form data-garrison=* method=post>"),
        ("<textarea>{{ p() }}</textarea>", "<textarea><form method=post></textarea>"),
    ],
)  # fmt: skip
def test_nothing_is_sealed_where_it_becomes_text(template: str, expected: str) -> None:
    app = shop({"part": "<script>2</script>", "lib": "{% macro p() %}<form method=post>{% endmacro %}"})
    head = "{% import 'lib' as part %}{% from 'lib' import p %}{% macro w() %}[{{ caller() }}]{% endmacro %}"
    assert sealed(head + MACRO + template, app=app) == expected


def test_a_failing_macro_ends_the_silence() -> None:
    template = MACRO + "{% macro f() %}{{ 1 // 0 }}{% endmacro %}<textarea>{{ f() }}</textarea>"
    app = shop({"bad": template, "good": MACRO + "{{ m() }}"})
    assert get(app, "/bad").status_code == 500
    assert page(get(app, "/good")) == '<script nonce="N">1</script>'


@pytest.mark.parametrize(
    "name", ["a.html", "a.HTM", "a.xhtml", "a", "dir.txt/a", "a.html.j2", "a.jinja2", "a.html.tpl"]
)
def test_html_templates_by_name(name: str) -> None:
    assert page(get(shop({name: "<script>1</script>"}), f"/{name}")) == '<script nonce="N">1</script>'


@pytest.mark.parametrize(
    "name",
    ["a.txt", "a.xml", "a.js", "a.css", "a.json", "a.md", "a.eml", "a.svg", "a.txt.j2", "dir.html/a.js", "a.csv.jinja"],
)
def test_other_templates_are_left_alone(name: str) -> None:
    assert get(shop({name: "<script>1</script>"}), f"/{name}").text == "<script>1</script>"


def test_a_loop_that_is_left_inside_a_script() -> None:
    app = shop()
    app.jinja_env.add_extension("jinja2.ext.loopcontrols")
    template = "{% for a in 'xy' %}<script>{{ a }}{% if a == 'y' %}{% break %}{% endif %}</script>{% endfor %}"
    assert sealed(template, app=app) == "<script nonce=*>x</script><script nonce=*>y"


def test_translations_and_do() -> None:
    app = shop()
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.install_null_translations()  # type: ignore[attr-defined]
    template = "{% set l = [] %}<script>{% do l.append(1) %}{% trans n=1 %}Hi {{ n }}{% endtrans %}</script>{{ l }}"
    assert sealed(template, app=app) == "<script nonce=*>Hi 1</script>[1]"


def test_calls_named_by_the_policy_count_as_the_authors() -> None:
    from markupsafe import Markup

    class Assets:
        def load(self) -> Markup:
            return Markup("x<script src=a></script><link rel=preload href=b><script>1</script><form method=post>")

    policy = Policy(nonce_calls=("assets.load",))
    expected = (
        "x<script nonce=* src=a></script><link nonce=* rel=preload href=b>"
        "<script nonce=*>1</script><form data-garrison=* method=post>"
    )
    assert sealed("{{ assets.load()|safe }}", policy, assets=Assets()) == expected
    assert sealed("<textarea>{{ assets.load() }}", policy, assets=Assets()) == f"<textarea>{Assets().load()}"
    assert sealed("{{ assets.load }}", policy, assets={"load": Assets().load()}) == expected
    assert sealed("{{ assets.load() }}", assets=Assets()) == str(Assets().load())


@pytest.mark.parametrize(
    "template",
    ["{% if x %}<script {% else %}<script async {% endif %}>1</script>", "<script {% if x %}>1</script>{% endif %}"],
)
def test_a_tag_that_is_split_between_branches_is_named(template: str, caplog: pytest.LogCaptureFixture) -> None:
    app = shop({"cart.html": f"\n{template}"}, x=True)
    assert get(app, "/cart.html").text == "\n<script >1</script>"
    assert "cart.html, near line" in caplog.text
    assert 'nonce="{{ csp_nonce() }}"' in caplog.text
