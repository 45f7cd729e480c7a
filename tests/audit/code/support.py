"""What tests of the code analyser share: a project of a few files, and what is found in it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from flask_garrison.audit.code import inspect_code
from flask_garrison.audit.inspection import Inspection
from flask_garrison.findings import Finding


def inspected(files: Mapping[str, str]) -> Inspection:
    """Return the inspection of a project of these files, by path."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), "utf-8")
        return inspect_code(Path(folder))


def found(files: Mapping[str, str] | str, rule: str) -> list[Finding]:
    """Return the findings of one rule in a project, or in a single ``app.py``."""
    whole = {"app.py": files} if isinstance(files, str) else files
    return [finding for finding in inspected(whole).outcome.findings if finding.rule == rule]


def findings_in(files: Mapping[str, str] | str, rule: str) -> list[tuple[int | None, str]]:
    """Return line and title of the findings of one rule."""
    return sorted((finding.line, finding.title) for finding in found(files, rule))


def marked(code: str) -> list[int]:
    """Return the lines that end with ``# found``, from 1."""
    return [number for number, line in enumerate(code.splitlines(), 1) if line.rstrip().endswith("# found")]
