"""A path from a client's value to where it does harm, step by step, in every form."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from flask_garrison.audit.conclusion import conclude
from flask_garrison.audit.engine import Outcome
from flask_garrison.audit.inspection import Inspection
from flask_garrison.findings import Evidence, Finding, Known, Report, Target
from flask_garrison.findings.reading import report_from
from flask_garrison.report import render
from flask_garrison.target.project import find_project
from tests.report.support import ATTACKS, CLEAN, PATH

SCHEMA = Path("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")


def step(line: int, words: str, code: str, column: int = 1, path: str = "shop.py") -> dict[str, Any]:
    summary = f"{path}:{line}: {words}: {code}"
    return {"path": path, "line": line, "column": column, "code": code, "summary": summary}


STEPS = [
    step(4, "request.args['q']", "request.args['q']", 9),
    step(5, "calls find", "find(name)", 5),
    step(9, "reaches", "db.execute(name)", 12),
]


def flowing(steps: list[dict[str, Any]], **more: Any) -> Finding:
    return replace(
        PATH,
        title="A client's text reaches execute()",
        path="shop.py",
        line=9,
        evidence=(Evidence("path", steps[-1]["summary"], {"steps": steps}),),
        **more,
    )


FLOW = flowing(STEPS)
REPORT = replace(CLEAN, findings=(FLOW,))


def test_text() -> None:
    text = render(REPORT, "text", width=80)
    assert (
        "       9  A client's text reaches execute(): db.execute(name)\n"
        "           1. shop.py:4: request.args['q']\n"
        "           2. shop.py:5: calls find: find(name)\n"
        "           3. shop.py:9: reaches: db.execute(name)\n"
    ) in text


def test_text_of_one_step_is_not_said_twice() -> None:
    text = render(replace(CLEAN, findings=(flowing(STEPS[-1:]),)), "text")
    assert "       9  A client's text reaches execute(): db.execute(name)\n" in text
    assert "1. shop.py" not in text


@pytest.mark.parametrize("words", ATTACKS, ids=lambda words: repr(words[:20]))
def test_text_of_steps_stays_in_its_lines(words: str) -> None:
    steps = [step(4, "from", words, path=words), step(9, "reaches", words)]
    lines = render(replace(CLEAN, findings=(flowing(steps),)), "text", width=80).splitlines()
    assert all(len(line) <= 80 for line in lines if "reaches" in line or "from" in line)
    assert not any("\x1b" in line or "\u202e" in line or "\x00" in line for line in lines)


def test_markdown() -> None:
    assert (
        "  1. <code>shop.py&#58;4</code> <code>request.args&#91;'q'&#93;</code>\n"
        "  2. <code>shop.py&#58;5</code> <code>calls find&#58; find&#40;name&#41;</code>\n"
        "  3. <code>shop.py&#58;9</code> <code>reaches&#58; db.execute&#40;name&#41;</code>\n"
    ) in render(REPORT, "markdown")


def test_html() -> None:
    page = render(REPORT, "html")
    assert '<summary class="small">The way there, in 3 steps</summary>' in page
    assert '<li><code class="place">shop.py:5</code> <code>calls find: find(name)</code></li>' in page
    assert page.count("db.execute(name)") == 1


def test_sarif(node_modules: Path) -> None:
    log = json.loads(render(REPORT, "sarif"))
    jsonschema.Draft4Validator(json.loads((node_modules / SCHEMA).read_text("utf-8"))).validate(log)
    (run,) = log["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    (result,) = run["results"]
    locations = [one["location"] for one in result["codeFlows"][0]["threadFlows"][0]["locations"]]
    assert [one["physicalLocation"]["region"] for one in locations] == [
        {"startLine": 4, "startColumn": 9},
        {"startLine": 5, "startColumn": 5},
        {"startLine": 9, "startColumn": 12},
    ]
    assert [one["message"]["text"] for one in locations] == [
        "request.args['q']",
        "calls find: find(name)",
        "reaches: db.execute(name)",
    ]
    assert result["locations"][0]["physicalLocation"]["region"] == {"startLine": 9, "startColumn": 12}


def test_columns_are_counted_in_utf16(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    line = "ä = '😀'; run(q)"
    Path("shop.py").write_text(f"# é\r\n{line}\nrun(q)\n", newline="")
    column = len(line[: line.index("run")].encode()) + 1
    finding = flowing([step(2, "a", "run(q)", column), step(3, "b", "run(q)", 1), step(9, "c", "x", 7)])
    inspection = Inspection(Outcome([finding], [], {finding.rule}))
    report = conclude(Target(kind="path", name="."), inspection, find_project(tmp_path))
    steps = report.findings[0].evidence[0].data["steps"]
    assert [one["column"] for one in steps] == [11, 1, 7]


ASIDE = replace(
    CLEAN, suppressed=(Known(FLOW, "# nosec B608", None), Known(replace(FLOW, line=8), "old", "2027-01-31"))
)


def test_what_comments_set_aside_is_listed_everywhere(node_modules: Path) -> None:
    assert (
        "Set aside by a comment in the source\n"
        "  inputs.some-path  shop.py:9: # nosec B608\n"
        "  inputs.some-path  shop.py:8: until 2027-01-31, old\n"
    ) in render(ASIDE, "text")
    assert "Set aside by a comment in the source (2)</summary>" in render(ASIDE, "markdown")
    page = render(ASIDE, "html")
    assert '<a href="#suppressed">Set aside (2)</a>' in page
    assert "Reason: # nosec B608</p>" in page
    assert "set aside by a comment: shop.py:9: A client's text reaches execute()" in render(ASIDE, "junit")
    log = json.loads(render(ASIDE, "sarif"))
    jsonschema.Draft4Validator(json.loads((node_modules / SCHEMA).read_text("utf-8"))).validate(log)
    results = log["runs"][0]["results"]
    assert [one["suppressions"][0]["kind"] for one in results] == ["inSource", "inSource"]
    assert results[1]["suppressions"][0]["justification"] == "until 2027-01-31, old"


def test_what_comments_set_aside_comes_back_from_json() -> None:
    read: Report = report_from(json.loads(render(ASIDE, "json")))
    assert [(entry.reason, entry.until) for entry in read.suppressed] == [("# nosec B608", None), ("old", "2027-01-31")]
