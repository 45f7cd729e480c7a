"""What the environment escapes is asked of it, for every template that its loaders know."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template
from jinja2 import ChainableUndefined, DictLoader, FunctionLoader, StrictUndefined

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match, Unchecked
from flask_garrison.findings import Severity
from tests.audit.support import KEY, make, of_app

OFF = "inputs.autoescape-off"
NAMES = "inputs.template-not-escaped"
UNDEFINED = "inputs.chainable-undefined"


def with_templates(folder: Path, **files: str) -> Flask:
    (folder / "templates").mkdir()
    for name, text in files.items():
        (folder / "templates" / name.replace("__", ".")).write_text(text, encoding="utf-8")
    app = Flask("shop", root_path=str(folder))
    app.secret_key = KEY
    return app


def said(rule: str, app: Flask) -> list[tuple[str, Severity | None]]:
    return [(one.title, one.severity) for one in of_app(rule, app) or [] if isinstance(one, Match)]


def test_escaping_that_is_off_is_found() -> None:
    app = make()
    app.jinja_env.autoescape = False
    assert said(OFF, app) == [("values in .html, .htm, .xhtml, .xml, .svg templates are not escaped", None)]


def test_an_ending_that_was_forgotten_is_found() -> None:
    app = make()
    app.jinja_env.autoescape = lambda name: name is None or name.endswith((".html", ".htm", ".xhtml", ".xml"))
    assert said(OFF, app) == [("values in .svg templates are not escaped", None)]


def test_strings_that_are_not_escaped_are_found() -> None:
    app = make()
    app.jinja_env.autoescape = lambda name: bool(name)
    assert said(OFF, app) == [("values in templates from strings are not escaped", Severity.MEDIUM)]


@pytest.mark.parametrize("autoescape", [None, True])
def test_flasks_own_choice_and_more_are_none(autoescape: Any) -> None:
    app = make()
    if autoescape is not None:
        app.jinja_env.autoescape = autoescape
    assert said(OFF, app) == []


def test_a_template_whose_name_switches_escaping_off_is_found_and_true(tmp_path: Path) -> None:
    app = with_templates(tmp_path, page__html__j2="<h1>Shop</h1>\n<p>{{ name }}</p>")
    app.add_url_rule("/", "page", lambda: render_template("page.html.j2", name="<script>"))
    assert b"<p><script></p>" in app.test_client().get("/").data
    (match,) = of_app(NAMES, app) or []
    assert isinstance(match, Match)
    assert (match.title, match.line) == ("page.html.j2 is not escaped", 2)
    assert match.path == str(tmp_path / "templates" / "page.html.j2")
    assert match.evidence[0].summary == "autoescape('page.html.j2') is False; line 2 shows a value"


def test_templates_that_are_escaped_make_no_html_or_show_nothing_are_none(tmp_path: Path) -> None:
    app = with_templates(
        tmp_path,
        page__html="<p>{{ name }}</p>",
        mail__txt="Dear <p> {{ name }}",
        plain__j2="Dear {{ name }}",
        fixed__j2="<p>Shop</p>{# {{ nothing }} #}",
        block__j2="{% autoescape true %}<p>{{ name }}</p>{% endautoescape %}",
    )
    assert of_app(NAMES, app) == []


def test_the_application_may_choose_to_escape_more(tmp_path: Path) -> None:
    app = with_templates(tmp_path, page__j2="<p>{{ name }}</p>")
    app.jinja_env.autoescape = True
    assert of_app(NAMES, app) == []


def test_garrison_does_not_escape_for_the_application(tmp_path: Path) -> None:
    app = with_templates(tmp_path, page__j2="<p>{{ name }}</p>")
    Garrison(app, hosts=["shop.example"])
    assert said(NAMES, app) == [("page.j2 is not escaped", None)]


def test_a_template_that_is_no_text_is_not_checked(tmp_path: Path) -> None:
    app = with_templates(tmp_path)
    (tmp_path / "templates" / "logo.j2").write_bytes(b"\xff\xfe<p>{{ name }}")
    (unchecked,) = of_app(NAMES, app) or []
    assert isinstance(unchecked, Unchecked) and unchecked.what == "the template logo.j2"


def test_a_loader_that_lists_nothing_is_not_checked() -> None:
    app = make()
    app.jinja_env.loader = FunctionLoader(lambda name: "")
    (unchecked,) = of_app(NAMES, app) or []
    assert isinstance(unchecked, Unchecked) and unchecked.what == "the templates of the loader"


def test_templates_in_memory_are_read_as_well() -> None:
    app = make()
    app.jinja_env.loader = DictLoader({"page.tpl": "<p>{{ name }}"})
    assert said(NAMES, app) == [("page.tpl is not escaped", None)]


def test_names_that_vanish_silently_are_found() -> None:
    app = make()
    assert said(UNDEFINED, app) == []
    app.jinja_env.undefined = ChainableUndefined
    assert said(UNDEFINED, app) == [("missing values in templates are ChainableUndefined", None)]
    app.jinja_env.undefined = StrictUndefined
    assert said(UNDEFINED, app) == []


def test_what_templates_show_without_html_of_anybody_is_none(tmp_path: Path) -> None:
    app = with_templates(
        tmp_path,
        form__j2='<form action="{{ url_for(\'home\') }}"><input name="csrf_token" value="{{ csrf_token() }}"></form>',
        escaped__j2="<p>{{ name | e }}</p><p>{{- names|length -}}</p>",
        base__j2="<body>{{ super() }}</body>",
    )
    assert said(NAMES, app) == []


@pytest.mark.parametrize(
    "output", ["{{ url_for('home') ~ name }}", "{{ name | upper }}", "{{ name|e|safe }}", "{{ url_fork(name) }}"]
)
def test_what_follows_them_is_found_where_it_stands(tmp_path: Path, output: str) -> None:
    app = with_templates(tmp_path, page__j2=f"<a href=\"{{{{ url_for('home') }}}}\">\n<p>{output}</p>")
    (match,) = of_app(NAMES, app) or []
    assert isinstance(match, Match) and match.line == 2
