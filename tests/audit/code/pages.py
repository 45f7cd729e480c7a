"""Applications with templates, whose lines say by a comment where a page shows what it must not."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent, indent

from tests.audit.code.support import inspected

HEAD = """\
import html, json
import bleach, markdown, nh3
from flask import (
    Flask, Response, abort, jsonify, make_response, render_template, render_template_string, request, send_file,
    stream_with_context, url_for,
)
from markupsafe import Markup, escape
app = Flask(__name__)
"""
RULES = {
    "reflected": "inputs.reflected-xss",
    "stored": "inputs.stored-xss",
    "template": "inputs.template-xss",
    "markup": "inputs.unsafe-markup",
}
Marks = set[tuple[str, int, str]]


def in_project(files: Mapping[str, str]) -> None:
    """Assert that findings stand where comments name them: ``# reflected``, or ``{# template #}`` in templates."""
    whole = {name: (HEAD if name == "app.py" else "") + dedent(text) for name, text in files.items()}
    inspection = inspected(whole)
    assert [entry.reason for entry in inspection.outcome.not_checked] == []
    words = {rule: word for word, rule in RULES.items()}
    is_there = {
        (_name(whole, finding.path or ""), finding.line or 0, words[finding.rule])
        for finding in inspection.outcome.findings
        if finding.rule in words
    }
    wrong = [f"not reported: {_shown(whole, one)}" for one in sorted(_marked(whole) - is_there)]
    wrong += [f"reported: {_shown(whole, one)}" for one in sorted(is_there - _marked(whole))]
    assert not wrong, "\n".join(wrong)


def _marked(files: Mapping[str, str]) -> Marks:
    return {
        (name, number, word)
        for name, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        for word in RULES
        if line.endswith((f"# {word}", f"{{# {word} #}}"))
    }


def _name(files: Mapping[str, str], path: str) -> str:
    return next((name for name in sorted(files, key=len, reverse=True) if path.endswith(f"/{name}")), path)


def _shown(files: Mapping[str, str], one: tuple[str, int, str]) -> str:
    name, line, word = one
    lines = files[name].splitlines() if name in files else []
    return f"{word} {name}:{line} {lines[line - 1].strip() if line <= len(lines) else ''}"


def in_view(body: str, before: str = "", **templates: str) -> None:
    """Assert it of one view, in which ``q`` is a client's text, and of the template ``page.html`` and others."""
    view = '@app.route("/")\ndef view():\n    q = request.args["q"]\n' + indent(dedent(body).strip("\n"), "    ")
    files = {f"templates/{name.replace('__', '/')}.html": dedent(text).strip("\n") for name, text in templates.items()}
    in_project({"app.py": f"{dedent(before)}\n{view}\n", **files})


def in_page(
    text: str, body: str = 'return render_template("page.html", x=q, safe="a", n=int(request.args["n"]))'
) -> None:
    """Assert it of one template, which is given ``x``, a client's text."""
    in_view(body, page=text)
