"""Template sources that a client writes."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.audit.code.snippets import in_view, lines_of
from tests.audit.code.support import found

RULE = "inputs.template-injection"
IMPORTS = (
    "import html, jinja2, string\nfrom flask import render_template_string, render_template\n"
    "from jinja2 import Environment\nfrom jinja2.sandbox import SandboxedEnvironment\nfrom mako.template import "
    "Template"
)

WEAK = [
    "render_template_string(q)",
    "render_template_string('<p>%s</p>' % q, name='x')",
    "render_template_string('<p>' + html.escape(q) + '</p>')",
    "Environment().from_string(f'Hello {q}').render()",
    "jinja2.Template('Hello ' + q).render()",
    "app.jinja_env.from_string(q)",
    "Template(q).render()",
    "source = '<p>@</p>'.replace('@', q)\nrender_template_string(source)",
]
SAFE = [
    "render_template_string('<p>{{ name }}</p>', name=q)",
    "render_template('page.html', name=q)",
    "Environment().from_string('Hello {{ name }}').render(name=q)",
    "string.Template(q).safe_substitute(name='x')",
    "render_template_string({'a': '<p>{{ x }}</p>'}[q], x=q)",
    "render_template_string('<p>%d</p>' % int(q))",
    "Template(filename='page.mako').render(name=q)",
    "Colour.from_string(q)",
]


@pytest.mark.parametrize("body", WEAK)
def test_a_clients_template_is_found(body: str) -> None:
    assert len(lines_of(RULE, body, imports=IMPORTS)) == 1


@pytest.mark.parametrize("body", SAFE)
def test_variables_of_constant_templates_are_not(body: str) -> None:
    assert lines_of(RULE, body, imports=IMPORTS) == []


def test_the_finding_says_what_renders() -> None:
    (finding,) = found(in_view("render_template_string(q)", imports=IMPORTS), RULE)
    assert finding.title == "render_template_string() is given a template that a client's text is part of"
    assert (finding.severity, finding.confidence) == (Severity.CRITICAL, Confidence.HIGH)


def test_in_a_sandbox_it_is_less() -> None:
    (finding,) = found(in_view("SandboxedEnvironment().from_string(q)", imports=IMPORTS), RULE)
    assert finding.severity is Severity.MEDIUM


def test_an_unknown_environment_of_a_module_that_makes_sandboxes_alone_is_a_sandbox() -> None:
    code = """
    from flask import Flask, request
    from jinja2.sandbox import SandboxedEnvironment
    from elsewhere import processor_of
    app = Flask(__name__)

    def made():
        return SandboxedEnvironment()

    @app.post("/")
    def index():
        return {"text": processor_of(made).env.from_string(request.form["text"]).render()}
    """
    assert [finding.severity.name for finding in found(code, "inputs.template-injection")] == ["MEDIUM"]
