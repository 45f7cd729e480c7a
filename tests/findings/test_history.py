"""The history of runs: appended, read back, and what is overdue."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flask_garrison.findings.history import HistoryError, append_run, like, overdue, read_history, run_of
from tests.report.support import CLEAN, MADE, REPORT

NOW = run_of(REPORT, "check", MADE)


def test_runs_come_back_the_oldest_first(tmp_path: Path) -> None:
    file = tmp_path / ".garrison" / "history.jsonl"
    older = run_of(CLEAN, "audit", MADE - timedelta(days=3))
    for run in (NOW, older):
        append_run(file, run)
    assert read_history(file) == ([older, NOW], 0)


def test_a_run_keeps_counts_and_no_words() -> None:
    document = NOW.as_dict()
    assert {key: document[key] for key in ("time", "command", "target", "overall", "points", "not_checked")} == {
        "time": "2026-11-24T12:00:00Z",
        "command": "check",
        "target": "shop:app",
        "overall": "C",
        "points": 65,
        "not_checked": 2,
    }
    assert document["chapters"] == {"inputs": "B", "access": "C", "headers": "C"}
    assert document["by_severity"] == {"critical": 0, "high": 1, "medium": 2, "low": 2, "info": 0}
    assert len(document["fingerprints"]) == 6
    assert "onclick" not in str(document)


def test_no_file_is_no_run(tmp_path: Path) -> None:
    assert read_history(tmp_path / "none") == ([], 0)


@given(st.text())
def test_lines_that_are_no_runs_are_counted(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("history") / "history.jsonl"
    file.write_text(f"null\n[]\n{{}}\n{'[' * 5000}\n{text}\n", "utf-8", errors="replace")
    append_run(file, NOW)
    runs, unread = read_history(file)
    assert runs == [NOW]
    assert unread >= 4


@pytest.mark.parametrize("act", [lambda path: read_history(path), lambda path: append_run(path, NOW)])
def test_a_folder_is_an_error(tmp_path: Path, act: object) -> None:
    with pytest.raises(HistoryError, match="Is a directory"):
        act(tmp_path)  # type: ignore[operator]


def test_only_runs_of_the_same_command_and_target_are_alike() -> None:
    assert like([NOW, run_of(CLEAN, "check", MADE)], "check", "shop:app") == [NOW]
    assert like([NOW], "audit", "shop:app") == []


@pytest.mark.parametrize(("days", "said"), [(30, ""), (31, "31 days ago, more than 30.")])
def test_overdue(days: int, said: str) -> None:
    words = overdue([NOW], MADE + timedelta(days=days), 30)
    assert words.endswith(said) and bool(words) == bool(said)
    assert overdue([], MADE, 30) == ""
