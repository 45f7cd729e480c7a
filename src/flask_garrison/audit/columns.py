"""Columns as editors and SARIF count them: Python's tree counts bytes of UTF-8, reports count UTF-16 code units."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..findings import Evidence, Finding
from .files import UnreadableError, read_bytes
from .templates.reading import is_template

_LINE_END = re.compile(r"\r\n|\r|\n")
_MOST_BYTES = 64 * 2**20


def with_columns(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings whose paths give columns in UTF-16 code units, from 1."""
    lines: dict[str, list[str]] = {}
    return [_of_finding(finding, lines) for finding in findings]


def _of_finding(finding: Finding, lines: dict[str, list[str]]) -> Finding:
    evidence = tuple(_of_evidence(item, lines) for item in finding.evidence)
    return finding if evidence == finding.evidence else replace(finding, evidence=evidence)


def _of_evidence(evidence: Evidence, lines: dict[str, list[str]]) -> Evidence:
    steps = evidence.data.get("steps")
    if evidence.kind != "path" or not isinstance(steps, list):
        return evidence
    return replace(evidence, data={**evidence.data, "steps": [_of_step(step, lines) for step in steps]})


def _of_step(step: Mapping[str, Any], lines: dict[str, list[str]]) -> Mapping[str, Any]:
    path, line, column = step.get("path"), step.get("line"), step.get("column")
    if not isinstance(path, str) or not isinstance(line, int) or not isinstance(column, int):
        return step
    if path not in lines:
        lines[path] = _lines(Path(path))
    words = lines[path][line - 1] if 0 < line <= len(lines[path]) else ""
    if words.isascii():
        return step
    before = words.encode()[: column - 1].decode("utf-8", "ignore")
    return {**step, "column": len(before.encode("utf-16-le")) // 2 + 1}


def _lines(path: Path) -> list[str]:
    """Return the lines of a file of code; nothing where bytes and characters are the same, or it cannot be read."""
    if is_template(path):
        return []
    try:
        data = read_bytes(path, _MOST_BYTES)
        if data.isascii():
            return []
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return _LINE_END.split(data.decode(encoding))
    except (UnreadableError, SyntaxError, ValueError, LookupError):
        return []
