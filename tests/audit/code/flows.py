"""Flows as tests write them: a program whose lines say by a comment where a client's text arrives.

``# found`` stands at a call that must be reported with confidence, ``# perhaps`` at one that must be reported as
uncertain; at every other line there must be nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import dedent, indent

from flask_garrison.findings import Confidence
from tests.audit.code.support import inspected

RULE = "database.sql-injection"
PRELUDE = """\
import sqlite3
from flask import Flask, request
app = Flask(__name__)
db = sqlite3.connect("app.db")
"""
Marks = set[tuple[str, int, str]]


def marked(files: Mapping[str, str]) -> Marks:
    """Return what comments say: file, line and ``found`` or ``perhaps``."""
    return {
        (name, number, word)
        for name, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        for word in ("found", "perhaps")
        if line.endswith(f"# {word}")
    }


def reported(files: Mapping[str, str]) -> Marks:
    """Return what is reported, in the same form; and assert that nothing failed or was cut."""
    inspection = inspected(files)
    assert [entry.reason for entry in inspection.outcome.not_checked] == []
    return {
        (_name(files, finding.path or ""), finding.line or 0, _word(finding.confidence))
        for finding in inspection.outcome.findings
        if finding.rule == RULE
    }


def _name(files: Mapping[str, str], path: str) -> str:
    return next((name for name in sorted(files, key=len, reverse=True) if path.endswith(f"/{name}")), path)


def _word(confidence: Confidence) -> str:
    return "perhaps" if confidence == Confidence.LOW else "found"


def in_files(files: Mapping[str, str]) -> None:
    """Assert that a project's findings stand exactly where its comments say; ``app.py`` begins with the prelude."""
    whole = {name: (PRELUDE if name == "app.py" else "") + dedent(text) for name, text in files.items()}
    is_there, should_be = reported(whole), marked(whole)
    wrong = [f"not reported: {_shown(whole, one)}" for one in sorted(should_be - is_there)]
    wrong += [f"reported: {_shown(whole, one)}" for one in sorted(is_there - should_be)]
    assert not wrong, "\n".join(wrong)


def _shown(files: Mapping[str, str], one: tuple[str, int, str]) -> str:
    name, line, word = one
    return f"{word} {name}:{line} {files[name].splitlines()[line - 1].strip()}"


def in_app(text: str) -> None:
    """Assert it of one file."""
    in_files({"app.py": text})


def in_view(body: str, before: str = "") -> None:
    """Assert it of the body of one view, in which ``q`` is a client's text; ``before`` stands in front of the view."""
    view = '@app.route("/")\ndef view():\n    q = request.args["q"]\n' + indent(dedent(body).strip("\n"), "    ")
    in_files({"app.py": f"{dedent(before)}\n{view}\n"})
