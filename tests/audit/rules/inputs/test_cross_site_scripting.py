"""What a client sends, shown where a browser runs it: in answers, in templates, and marked as HTML."""

from __future__ import annotations

import pytest

from flask_garrison.findings import Confidence, Finding, Severity
from tests.audit.code.pages import HEAD
from tests.audit.code.support import found

VIEW = '@app.route("/<name>")\ndef view(name):\n    q = request.args["q"]\n'
LINE = HEAD.count("\n") + 4


def of(rule: str, body: str, **templates: str) -> list[Finding]:
    files = {"app.py": f"{HEAD}{VIEW}    {body}\n"}
    files.update({f"templates/{name}.html": text for name, text in templates.items()})
    return found(files, rule)


def seen(findings: list[Finding]) -> list[tuple[int | None, str, Severity, Confidence]]:
    return [(one.line, one.title, one.severity, one.confidence) for one in findings]


def test_a_page_that_contains_what_was_sent() -> None:
    assert seen(of("inputs.reflected-xss", 'return f"<p>{q}</p>"')) == [
        (
            LINE,
            "the answer contains request.args['q'] unescaped, between tags",
            Severity.HIGH,
            Confidence.HIGH,
        )
    ]
    assert of("inputs.reflected-xss", 'return f"<p>{escape(q)}</p>"') == []


def test_the_path_goes_from_the_request_to_the_answer() -> None:
    (finding,) = of("inputs.reflected-xss", 'return "<p>" + q.strip() + "</p>"')
    steps = finding.evidence[0].data["steps"]
    assert "request.args['q']" in steps[0]["summary"]
    assert steps[-1]["line"] == LINE


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("return f'<a href=\"{escape(q)}\">a</a>'", "as the beginning of a link, where javascript: runs"),
        ("return f'<p title={escape(q)}>a</p>'", "in an attribute without quotes"),
        ("return f'<script>var a = {escape(q)}</script>'", "in a script"),
        ("return f'<p onclick=\"a({escape(q)})\">a</p>'", "in an event handler"),
    ],
)
def test_the_title_says_where_escaping_does_not_help(body: str, where: str) -> None:
    (finding,) = of("inputs.reflected-xss", body)
    assert finding.title.endswith(where)


def test_what_was_stored_is_another_rule() -> None:
    stored = 'import sqlite3; row = sqlite3.connect("a").execute("SELECT a FROM b").fetchone()\n    '
    body = f'{stored}return f"<p>{{row[0]}}</p>"'
    assert seen(of("inputs.stored-xss", body)) == [
        (LINE + 1, "the answer contains a stored row unescaped, between tags", Severity.HIGH, Confidence.MEDIUM)
    ]
    assert of("inputs.reflected-xss", body) == []
    assert of("inputs.stored-xss", f'{stored}return f"<p>{{escape(row[0])}}</p>"') == []
    assert of("inputs.stored-xss", f"{stored}return jsonify(row[0])") == []


def test_a_template_that_marks_what_was_sent() -> None:
    body = 'return render_template("page.html", x=q)'
    (finding,) = of("inputs.template-xss", body, page="<p>\n{{ x|safe }}</p>")
    assert (finding.path or "").endswith("templates/page.html")
    assert seen([finding]) == [
        (2, "the template shows request.args['q'] unescaped between tags", Severity.HIGH, Confidence.HIGH)
    ]
    assert of("inputs.template-xss", body, page="<p>\n{{ x }}</p>") == []


def test_a_template_that_shows_it_without_quotes() -> None:
    body = 'return render_template("page.html", x=q)'
    (finding,) = of("inputs.template-xss", body, page="<p title={{ x }}>a</p>")
    assert finding.title == "the template shows request.args['q'] in an attribute without quotes"
    assert of("inputs.template-xss", body, page='<p title="{{ x }}">a</p>') == []


def test_a_text_that_is_marked_as_html() -> None:
    assert seen(of("inputs.unsafe-markup", 'return render_template("page.html", x=Markup(f"<b>{q}</b>"))')) == [
        (LINE, "request.args['q'] is marked as HTML unescaped", Severity.HIGH, Confidence.HIGH)
    ]
    assert of("inputs.unsafe-markup", 'return render_template("page.html", x=Markup("<b>{}</b>").format(q))') == []
    assert of("inputs.unsafe-markup", 'return render_template("page.html", x=Markup(bleach.clean(q)))') == []


def test_one_weakness_is_named_once() -> None:
    body = 'return render_template("page.html", x=Markup(f"<b>{q}</b>"))'
    assert of("inputs.template-xss", body, page="{{ x }}") == []
    assert len(of("inputs.unsafe-markup", body, page="{{ x }}")) == 1


def test_a_path_argument_counts_and_a_number_does_not() -> None:
    assert len(of("inputs.reflected-xss", 'return f"<p>{name}</p>"')) == 1
    code = f'{HEAD}@app.route("/<int:name>")\ndef view(name):\n    return f"<p>{{name}}</p>"\n'
    assert found(code, "inputs.reflected-xss") == []
