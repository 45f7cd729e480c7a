"""What tests of repairs share: a file with findings, and what becomes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask_garrison.audit.fixes.run import Change, changes_for, write
from flask_garrison.findings import Confidence, Evidence, Finding, Severity


def found(rule: str, path: Path, line: int, column: int | None = None) -> Finding:
    """Return a finding as the analyser makes it."""
    step: dict[str, Any] = {"path": str(path), "line": line, "code": "x", "summary": "x"}
    if column is not None:
        step["column"] = column
    return Finding(
        rule=rule,
        control="x.y",
        title="Something",
        severity=Severity.HIGH,
        confidence=Confidence.HIGH,
        subject="x",
        fix="",
        path=str(path),
        line=line,
        evidence=(Evidence("path", "x", {"steps": [step]}),),
    )


def changes(path: Path, rule: str, *lines: int) -> list[Change]:
    """Return what would change for findings of one rule on these lines; none given: on every line."""
    wanted = lines or range(1, len(path.read_bytes().splitlines()) + 1)
    return changes_for([found(rule, path, line) for line in wanted], path.parent)


def fixed(folder: Path, rule: str, source: str | bytes, *lines: int) -> str:
    """Return a file after its repair; a second run must find nothing left to do."""
    path = folder / "app.py"
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    for change in changes(path, rule, *lines):
        write(change)
    assert changes(path, rule, *lines) == []
    return path.read_bytes().decode("utf-8" if not isinstance(source, bytes) else "latin-1")
