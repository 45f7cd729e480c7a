"""``python -m tests.accuracy``, with a stand-in for the analyser."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from flask_garrison.findings import Confidence, Severity
from tests.accuracy import __main__ as command
from tests.accuracy.cases import Case, cases
from tests.accuracy.measure import Found, Outcome, Verdict
from tests.accuracy.page import page

FOUND = Found("inputs.path-traversal", "a file", Severity.HIGH, Confidence.HIGH, (("app.py", 2),))


def nothing_found(chosen: Sequence[Case], **_: Any) -> list[Verdict]:
    return [Verdict(case, Outcome.MISSED if case.weak else Outcome.QUIET, stray=(FOUND,)) for case in chosen]


def all_fail(chosen: Sequence[Case], **_: Any) -> list[Verdict]:
    return [Verdict(case, Outcome.FAILED, not_checked=("Traceback of weak-picture",)) for case in chosen]


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(command, "measure", nothing_found)
    monkeypatch.setattr(command, "PAGE", tmp_path / "accuracy.md")


def test_one_class_of_the_seen_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--class", "ssrf", "--seen", "--jobs", "1"]) == 0
    out = capsys.readouterr().out
    rows = [line.split()[1] for line in out.splitlines() if line.startswith("| ")]
    assert [row for row in rows if row.strip("-")] == ["cases", "seen", "class", "ssrf", "all"]
    assert "weak-" not in out


def test_missed_names_no_unseen_case(capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["--missed", "--class", "ssrf"])
    out = capsys.readouterr().out
    assert "seen/ssrf/weak-" in out
    assert "stray: app.py:2: inputs.path-traversal (high, confidence high): a file" in out
    assert "unseen/" not in out


def test_unseen_cases_are_named_by_a_flag_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["--missed", "--class", "ssrf", "--show-unseen"])
    assert "\nunseen/ssrf/weak-" in capsys.readouterr().out


def test_a_failure_is_counted_and_says_nothing_of_the_case(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "measure", all_fail)
    number = len(cases(kinds=["ssrf"]))
    assert command.main(["--class", "ssrf"]) == 1
    said = capsys.readouterr()
    assert f"the analyser failed on {number} cases" in said.err
    assert "weak-picture" not in said.out + said.err


def test_the_page_is_written_of_all_cases(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["--write"])
    text = (tmp_path / "accuracy.md").read_text("utf-8")
    assert capsys.readouterr().out.strip() in text
    assert "python -m tests.accuracy --write" in text
    assert text.index("### Seen") < text.index("### Unseen")


@pytest.mark.parametrize("more", [["--seen"], ["--class", "ssrf"]])
def test_the_page_is_not_written_of_some(more: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        command.main(["--write", *more])
    assert "--write needs all cases" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_rules_that_do_not_exist_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(command, "unknown_rules", lambda: ["inputs.sssrf"])
    command.main(["--write"])
    assert "no such rules yet: inputs.sssrf" in capsys.readouterr().err
    assert "Not built yet: `inputs.sssrf`." in (tmp_path / "accuracy.md").read_text("utf-8")
    assert "Not built yet" not in page([])


def test_it_runs_as_a_module() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-m", "tests.accuracy", "--help"], cwd=root, capture_output=True, check=True)
    assert b"--show-unseen" in done.stdout
