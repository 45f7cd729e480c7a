"""The audit as a whole: exact findings, what was not checked, order, and applications."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask import Blueprint, Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flask_garrison.audit import audit_app, audit_path
from flask_garrison.errors import TargetError
from flask_garrison.findings import Report

PAGE = """{% extends "base.html" %}
{# <a onclick="no"> #}
{% block body %}
<button class="buy"
        onclick="buy({{ item.id }})">Buy</button>
{%- if user -%}

  <a href="javascript:leave()" style="color: red">Leave</a>
{% endif %}
{% raw %}
<a onclick="{{ go }}">Go</a>
{% endraw %}
<script>document.write("<a onclick='no'>")</script>
<textarea><a onclick="no"></textarea>
<!-- <a onclick="no"> -->
{% endblock %}
"""
APP = """
from flask import Flask, render_template
app = Flask(__name__)
@app.route("/")
def shop():
    return render_template("page.html")
"""


def put(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / "templates" / f"{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def places(report: Report) -> list[tuple[str, str | None, int | None]]:
    return [(finding.rule, finding.path, finding.line) for finding in report.findings]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_findings_of_a_page(tmp_path: Path) -> None:
    (put(tmp_path, page=PAGE) / "app.py").write_text(APP)
    report = audit_path(Path("."))
    path = "templates/page.html"
    assert places(report) == [
        ("headers.inline-event-handler", path, 4),
        ("headers.javascript-url", path, 8),
        ("headers.style-attribute", path, 8),
        ("headers.inline-event-handler", path, 11),
    ]
    assert report.looked_at == {"templates": 1, "files": 1, "lines": 6}
    assert report.not_checked == ()


def test_finding_shows_its_tag_and_the_exact_line_for_the_policy(tmp_path: Path) -> None:
    (put(tmp_path, page=PAGE) / "app.py").write_text(APP)
    finding = audit_path(Path(".")).findings[0]
    assert finding.title == "Inline event handler onclick"
    code = '<button class="buy" onclick="buy({{ item.id }})">'
    assert finding.evidence[0].summary == code
    assert finding.evidence[0].data == {"steps": [{"path": "templates/page.html", "line": 4, "code": code}]}
    assert 'Policy(allow_insecure_inline_handlers=["shop"])' in finding.fix
    assert "addEventListener" in finding.fix


def test_unknown_endpoint_is_a_placeholder_with_words(tmp_path: Path) -> None:
    fix = audit_path(put(tmp_path, page=PAGE)).findings[0].fix
    assert 'allow_insecure_inline_handlers=["<endpoint>"]' in fix
    assert "name of each view that renders this template" in fix


def test_fingerprints_do_not_depend_on_lines_or_on_the_folder(tmp_path: Path) -> None:
    one = audit_path(put(tmp_path / "one", page=PAGE))
    two = audit_path(put(tmp_path / "two", page=PAGE.replace("{# <a", "\n\n{# <a")))
    assert [item.fingerprint for item in one.findings] == [item.fingerprint for item in two.findings]
    assert [item.line for item in one.findings] != [item.line for item in two.findings]


def test_same_tag_twice_has_two_fingerprints(tmp_path: Path) -> None:
    report = audit_path(put(tmp_path, a="<a onclick=x>\n<a onclick=x>"))
    assert len({finding.fingerprint for finding in report.findings}) == 2


def test_two_runs_give_the_same_report(tmp_path: Path) -> None:
    put(tmp_path, **{f"p{number}": PAGE for number in range(20)}, bad="{{")
    assert audit_path(tmp_path).as_dict() == audit_path(tmp_path).as_dict()


def test_unreadable_templates_are_named(tmp_path: Path) -> None:
    root = put(tmp_path, good="<a>", syntax="{% if %}") / "templates"
    (root / "latin.html").write_bytes(b"caf\xe9")
    (root / "giant.html").write_bytes(b" " * (2 * 1024 * 1024 + 1))
    (root / "loop").symlink_to(".")
    os.mkfifo(root / "pipe.html")
    report = audit_path(Path("."))
    assert [entry.what for entry in report.not_checked] == [
        f"templates/{name}" for name in ("giant.html", "latin.html", "loop", "pipe.html", "syntax.html")
    ]
    assert all(entry.reason and entry.how_to_include for entry in report.not_checked)
    assert report.looked_at == {"templates": 1}
    assert report.exit_status(None) == 3


@pytest.mark.parametrize(
    "unit",
    [
        "<a ",
        "<a onclick=x ",
        "x=1 y ",
        "<!--",
        "<script>",
        "</script",
        '<a href="',
        "on{{ a }}%d=x ",
        "{{ x }}",
        "\n<b>",
    ],
)
def test_giants_take_no_more_than_linear_time_and_memory(tmp_path: Path, unit: str) -> None:
    """Whatever repeats, a big file of it is read; quadratic code would take minutes or all memory here."""
    count = 100_000 // len(unit)
    source = "<a " + "".join(unit % number if "%d" in unit else unit for number in range(count))
    report = audit_path(put(tmp_path, a=source))
    assert report.looked_at == {"templates": 1}
    assert all(len(finding.evidence[0].summary) <= 500 for finding in report.findings)


def test_pipe_as_target_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    assert [entry.reason for entry in audit_path(Path("pipe.html")).not_checked] == ["not a regular file"]


def test_one_file_as_target(tmp_path: Path) -> None:
    (put(tmp_path, page=PAGE) / "templates" / "app.py").write_text(APP)
    report = audit_path(Path("templates/page.html"))
    assert len(report.findings) == 4
    assert report.looked_at == {"templates": 1}


def test_nothing_to_look_at_is_said(tmp_path: Path) -> None:
    report = audit_path(tmp_path)
    assert report.looked_at == {"templates": 0}
    assert report.exit_status(None) == 0


def test_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match="no such file"):
        audit_path(tmp_path / "gone")


def test_progress_is_told(tmp_path: Path) -> None:
    said: list[str] = []
    audit_path(put(tmp_path, page=PAGE), progress=said.append)
    assert "reading 1 templates" in said


def test_application_with_a_blueprint(tmp_path: Path) -> None:
    for folder in ("app/templates", "shop/pages", "shop/templates"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.html").write_text("<a onclick=x>")
    app = Flask("x", root_path=str(tmp_path / "app"))
    app.config["TRUSTED_HOSTS"] = ["shop.example"]
    app.register_blueprint(Blueprint("shop", "x", root_path=str(tmp_path / "shop"), template_folder="pages"))
    app.register_blueprint(Blueprint("none", "x", root_path=str(tmp_path / "shop")))
    report = audit_app(app, "x:app")
    paths = [finding.path for finding in report.findings if finding.rule == "headers.inline-event-handler"]
    assert paths == ["app/templates/a.html", "shop/pages/a.html"]
    assert report.target.as_dict() == {"kind": "app", "name": "x:app"}


def test_application_without_templates(tmp_path: Path) -> None:
    assert audit_app(Flask("x", root_path=str(tmp_path)), "x").looked_at == {"templates": 0, "routes": 1}


markup = st.lists(
    st.one_of(
        st.text(max_size=5),
        st.sampled_from(
            ["<a ", "onclick=", '"', "'", ">", "<script>", "</script>", "{{", "}}", "{%", "%}", "{#", "#}"]
        ),
        st.sampled_from([" if x ", " else ", " endif ", " raw ", " endraw ", "-", "javascript:", "style=", "&colon;"]),
    )
).map("".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(markup)
def test_whatever_stands_in_a_template_it_is_read_or_named(tmp_path: Path, source: str) -> None:
    (tmp_path / "a.html").write_text(source, "utf-8", errors="surrogatepass", newline="")
    report = audit_path(tmp_path)
    assert report.looked_at["templates"] + len(report.not_checked) == 1
    assert not any("inside the reader" in entry.reason for entry in report.not_checked)
    assert all(finding.line is not None and finding.line >= 1 for finding in report.findings)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary())
def test_whatever_bytes_stand_in_a_template_they_are_read_or_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.html").write_bytes(content)
    report = audit_path(tmp_path)
    assert report.looked_at["templates"] + len(report.not_checked) == 1
