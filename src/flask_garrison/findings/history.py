"""The history of runs: one line of JSON for each, appended to a file that the project keeps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .._version import __version__
from ..errors import GarrisonError
from .report import Report

FOLDER = ".garrison"
FILE = "history.jsonl"
OVERDUE_AFTER = 30
"""Days between two runs, where nothing else is asked for."""


class HistoryError(GarrisonError):
    """The file with the history cannot be read or written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastRun:
    """What is kept of one run.

    Attributes:
        time: When it ended, UTC.
        command: ``audit`` or ``check``.
        target: As the user wrote it.
        overall: The grade, or ``None``.
        points: Of 100, or ``None``.
        chapters: The grade of each chapter that has one.
        by_severity: How many findings of each severity, known ones left out.
        fingerprints: Of the findings, known ones included.
        not_checked: How many things could not be looked at.
        version: Of Flask-Garrison.
    """

    time: datetime
    command: str
    target: str
    overall: str | None
    points: int | None
    chapters: Mapping[str, str]
    by_severity: Mapping[str, int]
    fingerprints: tuple[str, ...]
    not_checked: int
    version: str

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form, keys in a fixed order."""
        return {
            "time": self.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "command": self.command,
            "target": self.target,
            "overall": self.overall,
            "points": self.points,
            "chapters": dict(self.chapters),
            "by_severity": dict(self.by_severity),
            "fingerprints": list(self.fingerprints),
            "not_checked": self.not_checked,
            "version": self.version,
        }


def run_of(report: Report, command: str, time: datetime) -> PastRun:
    """Return what is kept of a run that ended at ``time``."""
    grades = report.grades
    known = [entry.finding for entry in report.known]
    return PastRun(
        time=time.astimezone(UTC).replace(microsecond=0),
        command=command,
        target=report.target.name,
        overall=grades.overall,
        points=grades.points,
        chapters={slug: chapter.grade for slug, chapter in grades.chapters.items() if chapter.grade},
        by_severity=report.by_severity(),
        fingerprints=tuple(sorted(finding.fingerprint for finding in (*report.findings, *known))),
        not_checked=len(report.not_checked),
        version=__version__,
    )


def read_history(file: Path) -> tuple[list[PastRun], int]:
    """Return the runs of a file, the oldest first, and how many lines could not be read; no file is no run.

    Raises:
        HistoryError: where the file is there and cannot be opened.
    """
    try:
        lines = file.read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return [], 0
    except OSError as error:
        raise HistoryError(f"{file}: {error.strerror}") from error
    runs = [_run_from(line) for line in lines if line.strip()]
    read = sorted((run for run in runs if run is not None), key=lambda run: run.time)
    return read, len(runs) - len(read)


def append_run(file: Path, run: PastRun) -> None:
    """Append one run; the folder is made where it is missing.

    Raises:
        HistoryError: where that cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # One write in append mode: two runs at the same time do not mix their lines.
        with file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(run.as_dict()) + "\n")
    except OSError as error:
        raise HistoryError(f"{file}: {error.strerror}") from error


def like(runs: Iterable[PastRun], command: str, target: str) -> list[PastRun]:
    """Return the runs of the same command on the same target."""
    return [run for run in runs if (run.command, run.target) == (command, target)]


def overdue(runs: list[PastRun], now: datetime, days: int) -> str:
    """Return a sentence where the last of these runs is older than ``days``; else an empty string."""
    if not runs:
        return ""
    age = (now - runs[-1].time).days
    if age <= days:
        return ""
    last = runs[-1]
    return f"Overdue: the {last.command} of {last.target} before this one was {age} days ago, more than {days}."


def _run_from(line: str) -> PastRun | None:
    try:
        data = json.loads(line)
        return PastRun(
            time=datetime.fromisoformat(data["time"]).astimezone(UTC),
            command=str(data["command"]),
            target=str(data["target"]),
            overall=_optional(str, data["overall"]),
            points=_optional(int, data["points"]),
            chapters={str(slug): str(grade) for slug, grade in data["chapters"].items()},
            by_severity={str(label): int(count) for label, count in data["by_severity"].items()},
            fingerprints=tuple(map(str, data["fingerprints"])),
            not_checked=int(data["not_checked"]),
            version=str(data["version"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None


def _optional(kind: Any, value: Any) -> Any:
    return None if value is None else kind(value)
