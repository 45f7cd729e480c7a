"""``garrison diff`` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_audit import LOW, MEDIUM, run


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make two reports: one with a finding of low severity, one with a finding of medium severity besides."""
    (tmp_path / "templates").mkdir()
    monkeypatch.chdir(tmp_path)
    for name, page in (("old.json", LOW), ("new.json", f"\n{LOW}{MEDIUM}")):
        (tmp_path / "templates" / "page.html").write_text(page)
        run("audit", ".", "--format", "json", "--output", name)
    return tmp_path


def test_new_findings_fail(reports: Path) -> None:
    done = run("diff", "old.json", "new.json")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("New (1)\n  medium  headers.javascript-url  templates/page.html:2: <a href=")
    assert "1 new finding, 0 fixed, 1 unchanged. Grade " in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["old.json", "new.json", "--fail-on", "high"], 0),
        (["old.json", "new.json", "--fail-on", "never"], 0),
        (["old.json", "old.json"], 0),
        (["new.json", "old.json", "--fail-on", "low"], 0),
    ],
)
def test_what_does_not_fail(reports: Path, arguments: list[str], status: int) -> None:
    assert run("diff", *arguments).returncode == status


def test_fixed(reports: Path) -> None:
    assert run("diff", "new.json", "old.json").stdout.startswith("Fixed (1)\n")


def test_forms_and_output(reports: Path) -> None:
    assert [len(json.loads(run("diff", "old.json", "new.json", "--format", "json").stdout)["added"])] == [1]
    run("diff", "old.json", "new.json", "--format", "markdown", "--output", "diff.md")
    assert (reports / "diff.md").read_text().startswith("## Flask-Garrison: 1 new finding, ")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "bad.json: No such file or directory"),
        (b"", "bad.json: this is no JSON"),
        (b"\xff\xfe", "bad.json: this is no JSON"),
        (b"[" * 100_000, "bad.json: this is no JSON"),
        (b"{}", "bad.json: This is no report of Flask-Garrison"),
        (b'{"schema": 1}', "bad.json: The report cannot be read: KeyError"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_what_cannot_be_read_ends_with_2(reports: Path, content: bytes | None, words: str, first: bool) -> None:
    if content is not None:
        (reports / "bad.json").write_bytes(content)
    done = run("diff", *(("bad.json", "old.json") if first else ("old.json", "bad.json")))
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
