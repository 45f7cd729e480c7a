"""What holds for every template: a guarded page is the bare page with nonces, and browsers' scripts are ours."""

from __future__ import annotations

import re

import pytest
from flask import Flask, render_template_string
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader

from flask_garrison import Garrison
from tests.guard.test_html import DOCUMENTS, independent

from .support import SECRET, get, nonce_of

_ADDED = re.compile(
    r'<head>(?=<script nonce="N")|( data-garrison="<script")? nonce="N"'
    r"| (?:nonce|data-garrison)=garrison-seal-1\.[0-9a-f]{32}"
)
LIBRARY = {
    "part": "<script>part()</script><form method=post>",
    "lib": "{% macro mac(x='') %}<script src=/{{ x }}.js></script>{{ caller() if caller }}{% endmacro %}",
}
HEAD = "{% from 'lib' import mac %}"
TEXTS = (
    "<script>|</script>|<script src=/a.js></script>|<script>a&&b</script>|<textarea>|</textarea>|<!--|-->|<p a='|'|>"
    "|\"|<p b=\"|<form method=post action='/'>|</form>|<link rel=preload href=a>|<title>|</title>|<style>|</style>"
    "|x <y|é|<script type=text/x>|<script async |<svg>|</svg>|\n  "
)
TEXT = st.sampled_from(TEXTS.split("|"))
# Without context, Jinja itself writes an include past the buffers of macros and filters; see test_weaver.
OUTPUT = st.sampled_from(["{{ q|safe }}", "{{ q }}", "{{ mac('m') }}", "{% include 'part' %}"])
LEAF = st.lists(TEXT | OUTPUT, min_size=1, max_size=6).map("".join)
STATEMENTS = [
    "@ $",
    "{% if yes %}@{% else %}${% endif %}",
    "{% if no %}@{% elif yes %}${% endif %}",
    "{% for i in [1, 2] %}@{% endfor %}$",
    "{% with a = 1 %}@{{ a }}{% endwith %}$",
    "{% call mac('c') %}@{% endcall %}$",
    "{% filter trim %}@{% endfilter %}$",
    "{% set s %}@{% endset %}{{ s }}$",
    "{% autoescape false %}@{% endautoescape %}$",
    "<script>@</script>$",
]


def _statement(form: str, first: str, second: str) -> str:
    return form.replace("@", first).replace("$", second)


TEMPLATES = st.recursive(
    LEAF, lambda body: st.builds(_statement, st.sampled_from(STATEMENTS), body, body), max_leaves=8
)
VALUES = st.sampled_from(["v", "</script><script>evil()</script>", "'", '"', "<!--", "<form method=post>", "<svg>"])


def _app() -> Flask:
    app = Flask("shop")
    app.secret_key = SECRET
    app.jinja_loader = DictLoader(LIBRARY)
    app.config.update(source="", value="")
    app.add_url_rule("/", "view", lambda: _render(app))
    return app


def _render(app: Flask) -> str:
    return render_template_string(HEAD + app.config["source"], q=app.config["value"], yes=True, no=False)


BARE, GUARDED = _app(), _app()
Garrison(GUARDED)


def both(source: str, value: str = "") -> tuple[str, str]:
    """Return the bare page, and the guarded one with its nonce written as ``N``."""
    for app in (BARE, GUARDED):
        app.config.update(source=source, value=value)
        app.jinja_env.cache.clear()  # type: ignore[union-attr]
    guarded = get(GUARDED, "/")
    assert guarded.status_code == 200
    return get(BARE, "/").text, guarded.text.replace(nonce_of(guarded), "N")


@settings(max_examples=400, deadline=None)
@given(TEMPLATES, VALUES)
def test_a_guarded_page_is_the_bare_one_with_nonces(source: str, value: str) -> None:
    bare, guarded = both(source, value)
    assert _ADDED.sub("", guarded) == bare


@settings(max_examples=300, deadline=None)
@given(TEMPLATES)
def test_what_a_variable_brings_never_gets_a_nonce(source: str) -> None:
    evil = "</script><script>evil()</script>"
    _, guarded = both(source, evil)
    assert '<script nonce="N">evil()' not in guarded


@settings(max_examples=400, deadline=None)
@given(DOCUMENTS)
def test_the_scripts_of_a_document_are_those_that_a_browser_sees(document: str) -> None:
    pytest.importorskip("html5lib")
    bare, guarded = both("{% raw %}" + document + "{% endraw %}")
    expected = [(name, data) for name, data in independent(bare) if name == "script"]
    found = [(name, data) for name, data in independent(guarded) if name == "script"]
    assert [data.pop("nonce", None) for _, data in found] == ["N"] * len(expected)
    assert found == expected
