"""Forms of reports, baseline and history as a user runs them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from tests.cli.test_audit import MEDIUM, run


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project with one finding of medium severity and go there."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(MEDIUM)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_form_is_written_and_ends_with_the_same_status(project: Path) -> None:
    outputs = {}
    for form in ("sarif", "junit", "markdown", "html"):
        done = run("audit", ".", "--format", form)
        assert (done.returncode, done.stderr) == (1, "")
        outputs[form] = done.stdout
    assert json.loads(outputs["sarif"])["runs"][0]["invocations"][0]["exitCode"] == 1
    assert fromstring(outputs["junit"]).get("failures") == "1"  # noqa: S314
    assert outputs["markdown"].startswith("## Flask-Garrison: grade ")
    assert outputs["html"].startswith("<!doctype html>")


def test_baseline_from_the_first_run_to_the_last(project: Path) -> None:
    written = run("audit", ".", "--write-baseline", "known.toml", "--reason", "next sprint", "--until", "2099-01-31")
    assert (written.returncode, written.stderr) == (0, "1 known finding in known.toml.\n")
    done = run("audit", ".", "--baseline", "known.toml")
    assert done.returncode == 0
    assert "Known\n  headers.javascript-url  templates/page.html:1: until 2099-01-31, next sprint\n" in done.stdout
    (project / "templates" / "page.html").write_text(MEDIUM + "\n<a href='javascript:{{ other }}'>")
    assert run("audit", ".", "--baseline", "known.toml").returncode == 1
    (project / "templates" / "page.html").write_text("<p>")
    done = run("audit", ".", "--baseline", "known.toml", "--fail-on", "low")
    assert done.returncode == 1
    assert "assessment.unused-suppression" in done.stdout


def test_an_expired_baseline_hides_nothing(project: Path) -> None:
    run("audit", ".", "--write-baseline", "known.toml", "--reason", "x", "--until", "2020-01-31")
    done = run("audit", ".", "--baseline", "known.toml")
    assert done.returncode == 1
    assert "headers.javascript-url" in done.stdout
    assert "assessment.expired-suppression" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--baseline", "gone.toml"], "gone.toml"),
        (["--baseline", "bad.toml"], "bad.toml:1: [[known]] needs fingerprint"),
        (["--reason", "x"], "--reason and --until belong to --write-baseline"),
        (["--until", "2099-01-31"], "--reason and --until belong to --write-baseline"),
        (["--write-baseline", "b.toml"], '--write-baseline needs --reason "..."'),
        (["--write-baseline", "b.toml", "--reason", " "], '--write-baseline needs --reason "..."'),
        (["--write-baseline", "b.toml", "--reason", "x", "--until", "soon"], "'soon' is no date such as 2027-01-31"),
        (["--write-baseline", "/no/where", "--reason", "x"], "/no/where: No such file"),
        (["--history", "templates"], "templates is a folder; name a file"),
        (["--overdue-after", "0"], "0 is not in the range"),
    ],
)
def test_bad_usage_ends_with_2_and_words(project: Path, arguments: list[str], words: str) -> None:
    (project / "bad.toml").write_text("[[known]]\n")
    done = run("audit", ".", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "b.toml").exists()


def test_runs_are_kept_where_it_is_asked_for(project: Path) -> None:
    run("audit", ".")
    assert not (project / ".garrison").exists()
    (project / ".garrison").mkdir()
    run("audit", ".")
    run("audit", ".", "--history", "other/runs.jsonl")
    for file in (project / ".garrison" / "history.jsonl", project / "other" / "runs.jsonl"):
        (entry,) = map(json.loads, file.read_text().splitlines())
        assert (entry["command"], entry["target"], entry["overall"]) == ("audit", ".", "B")


def test_an_overdue_run_is_said_in_one_line_and_in_the_page(project: Path) -> None:
    run("audit", ".", "--history", "runs.jsonl")
    entry = json.loads((project / "runs.jsonl").read_text())
    entry["time"] = (datetime.now(UTC) - timedelta(days=45)).isoformat()
    (project / "runs.jsonl").write_text(json.dumps(entry) + "\nno run\n")
    done = run("audit", ".", "--history", "runs.jsonl", "--format", "html")
    said = "Overdue: the audit of . before this one was 45 days ago, more than 30."
    assert done.stderr == f"runs.jsonl: 1 line is no run and was left out.\n{said}\n"
    assert said in done.stdout
    assert "0 new findings, 0 no longer seen, 1 as before." in done.stdout
    assert run("audit", ".", "--history", "runs.jsonl").stderr.startswith("runs.jsonl: 1 line")
    assert "Overdue" not in run("audit", ".", "--history", "runs.jsonl", "--overdue-after", "60").stderr


def test_a_history_that_cannot_be_written_ends_with_2(project: Path) -> None:
    done = run("audit", ".", "--history", "/dev/null/runs.jsonl")
    assert done.returncode == 2
    assert "/dev/null/runs.jsonl: Not a directory" in done.stderr
