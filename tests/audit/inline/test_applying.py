"""Comments in the source set findings aside, are listed, and are findings themselves where they are wrong."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from flask_garrison.audit.conclusion import conclude
from flask_garrison.audit.engine import Outcome
from flask_garrison.audit.inspection import Inspection
from flask_garrison.findings import Confidence, Finding, NotChecked, Report, Severity, Target
from flask_garrison.findings.comparison import compare
from flask_garrison.target.project import find_project

RULE, OTHER = "database.sql-injection", "inputs.command-injection"
TAG = "headers.inline-event-handler"
TODAY = date(2030, 1, 1)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(line: int, rule: str = RULE, path: str = "app.py", cwe: tuple[int, ...] = (89,)) -> Finding:
    return Finding(
        rule=rule,
        control="x.y",
        title="Something",
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        subject="s",
        fix="",
        path=path,
        line=line,
        cwe=cwe,
    )


def audited(source: str, *findings: Finding, name: str = "app.py", not_checked: tuple[NotChecked, ...] = ()) -> Report:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(source)
    outcome = Outcome(list(findings), list(not_checked), {RULE, OTHER, TAG})
    inspection = Inspection(outcome, Counter(), (Path.cwd(),))
    return conclude(Target(kind="path", name="."), inspection, find_project(Path.cwd()), today=TODAY)


def kept(report: Report) -> list[tuple[str, int | None]]:
    return [(finding.rule, finding.line) for finding in report.findings]


def aside(report: Report) -> list[tuple[int | None, str, str | None]]:
    return [(entry.finding.line, entry.reason, entry.until) for entry in report.suppressed]


COMMENT = f"# garrison: ignore[{RULE}] fixed text"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (f"run(a)  {COMMENT}\n", 1),
        (f"run(  {COMMENT}\n    a,\n    b,\n)\n", 3),
        (f"run(\n    a,\n    b,\n)  {COMMENT}\n", 1),
        (f"x = '''\n'''; run(a)  {COMMENT}\n", 2),
        (f"@app.route('/')\n@guard  {COMMENT}\ndef f(\n    a,\n):\n    pass\n", 4),
        (f"if run(a):  {COMMENT}\n    pass\n", 1),
        (f"type A = int\nrun(f'{{a['b']}}')  {COMMENT}\n", 2),
    ],
)
def test_a_comment_on_any_line_of_the_statement(source: str, line: int) -> None:
    report = audited(source, found(line))
    assert kept(report) == []
    assert aside(report) == [(line, "fixed text", None)]
    assert report.as_dict()["summary"]["suppressed"][0]["reason"] == "fixed text"
    assert report.exit_status(Severity.LOW) == 0
    assert report.grades.chapters["database"].grade != "F"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (f"{COMMENT}\nrun(a)\n", 2),
        (f"run(a)\nrun(b)  {COMMENT}\n", 1),
        (f"run(a, '{COMMENT}')\n", 1),
        (f"def f():  {COMMENT}\n    run(a)\n", 2),
        (f"if x:\n    run(a)\nelse:  {COMMENT}\n    run(b)\n", 2),
    ],
)
def test_a_comment_elsewhere_is_about_something_else(source: str, line: int) -> None:
    report = audited(source, found(line))
    assert (RULE, line) in kept(report)
    assert aside(report) == []


def test_one_rule_named_and_not_the_other() -> None:
    report = audited(f"run(a)  {COMMENT}\n", found(1), found(1, OTHER, cwe=(78,)))
    assert kept(report) == [(OTHER, 1)]


def test_a_second_finding_of_the_same_kind_is_not_hidden() -> None:
    report = audited(f"run(a)  {COMMENT}\nrun(a)\n", found(1), found(2))
    assert kept(report) == [(RULE, 2)]
    assert len({report.findings[0].fingerprint, report.suppressed[0].finding.fingerprint}) == 2


@pytest.mark.parametrize(
    ("comment", "rule", "title"),
    [
        (
            f"ignore[{RULE}]",
            "assessment.unreasoned-suppression",
            f"# garrison: ignore without a reason: {RULE} in app.py",
        ),
        (
            "ignore[database.sql-injections] x",
            "assessment.unreadable-suppression",
            "# garrison: ignore in app.py cannot be followed: There is no rule 'database.sql-injections'. "
            f"Did you mean {RULE!r}?",
        ),
        ("ignore x", "assessment.unreadable-suppression", None),
        (
            f"ignore[{RULE}] x until=2029-12-31",
            "assessment.expired-suppression",
            f"Expired # garrison: ignore: {RULE} in app.py",
        ),
    ],
)
def test_what_is_wrong_hides_nothing_and_is_a_finding(comment: str, rule: str, title: str | None) -> None:
    report = audited(f"\nrun(a)  # garrison: {comment}\n", found(2))
    assert sorted(kept(report)) == sorted([(RULE, 2), (rule, 2)])
    assert title is None or title in [finding.title for finding in report.findings]


def test_until_its_last_day() -> None:
    report = audited(f"run(a)  # garrison: ignore[{RULE}] x until=2030-01-01\n", found(1))
    assert (kept(report), aside(report)) == ([], [(1, "x", "2030-01-01")])


def test_an_unused_comment_is_a_finding() -> None:
    report = audited(f"run(a)  # garrison: ignore[{RULE}, {OTHER}] x\n", found(1))
    assert kept(report) == [("assessment.unused-suppression", 1)]
    assert report.findings[0].title == f"Unused # garrison: ignore: {OTHER} in app.py"


@pytest.mark.parametrize(
    ("name", "rule"),
    [("tests/test_app.py", RULE), ("app.py", "access.missing-limit"), ("app.py", TAG), ("templates/a.html", RULE)],
)
def test_it_is_not_unused_where_its_rule_did_not_look(name: str, rule: str) -> None:
    comment = f"garrison: ignore[{rule}] x"
    source = f"{{# {comment} #}}" if name.endswith("html") else f"run(a)  # {comment}\n"
    assert "assessment.unused-suppression" not in [rule for rule, _ in kept(audited(source, name=name))]


@pytest.mark.parametrize("what", ["app.py", "app.py:7"])
def test_it_is_not_unused_where_not_everything_was_looked_at(what: str) -> None:
    entry = NotChecked(what=what, reason="x", how_to_include="")
    assert kept(audited(f"run(a)  {COMMENT}\n", not_checked=(entry,))) == []


def test_a_comment_about_what_garrison_toml_ignores_is_not_unused() -> None:
    Path("garrison.toml").write_text(f"[[ignore]]\nrule = '{RULE}'\npath = '*'\nreason = 'r'\n")
    report = audited(f"run(a)  {COMMENT}\n", found(1))
    assert (kept(report), aside(report), report.ignored) == ([], [], 1)


@pytest.mark.parametrize("comment", ["# nosec", "# nosec B608", "# noqa: S608", "# noqa: E501,S608 # x"])
def test_comments_to_others_are_honoured_and_listed(comment: str) -> None:
    report = audited(f"run(\n    a,\n)  {comment}\n", found(1))
    assert (kept(report), aside(report)) == ([], [(1, comment, None)])


@pytest.mark.parametrize("comment", ["# nosec B602", "# noqa: S602", "# noqa", "# noqa: E501", "'# nosec'"])
def test_comments_to_others_that_are_about_something_else(comment: str) -> None:
    assert kept(audited(f"run(a)  {comment}\n", found(1))) == [(RULE, 1)]


def test_comments_to_others_count_for_rules_of_code_alone() -> None:
    assert kept(audited("run(a)  # nosec\n", found(1, "access.secret-key-in-source"))) == [
        ("access.secret-key-in-source", 1)
    ]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("<a onclick=x> {# %s #}", 1),
        ("{# %s #}\n<a onclick=x>", 2),
        ("{#- %s\n  in words -#}\n<a onclick=x>", 3),
    ],
)
def test_in_templates(source: str, line: int) -> None:
    comment = f"garrison: ignore[{TAG}] old page"
    report = audited(source % comment, found(line, TAG, "templates/a.html"), name="templates/a.html")
    assert kept(report) == []
    assert aside(report)[0][1].startswith("old page")


@pytest.mark.parametrize(
    "source", ["{# %s #}\n\n<a>", "{%% raw %%}{# %s #}{%% endraw %%}\n\n<a>", "<!-- %s -->\n\n<a>"]
)
def test_elsewhere_in_templates(source: str) -> None:
    comment = f"garrison: ignore[{TAG}] old page"
    report = audited(source % comment, found(3, TAG, "templates/a.html"), name="templates/a.html")
    assert (TAG, 3) in kept(report)


def test_what_is_set_aside_is_not_fixed() -> None:
    before = audited("run(a)\n", found(1))
    after = audited(f"run(a)  {COMMENT}\n", found(1))
    assert compare(before, after).fixed == ()


def test_a_file_that_cannot_be_read_hides_nothing() -> None:
    Path("app.py").write_bytes(b"\xff # nosec\n")
    outcome = Outcome([found(1)], [], {RULE})
    inspection = Inspection(outcome, Counter(), (Path.cwd(),))
    report = conclude(Target(kind="path", name="."), inspection, find_project(Path.cwd()), today=TODAY)
    assert kept(report) == [(RULE, 1)]
