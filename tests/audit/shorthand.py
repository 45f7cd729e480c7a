"""What a rule says, as short as a test can compare it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask

from flask_garrison.audit.catalogue import rule_named
from flask_garrison.audit.rule import Match, Unchecked
from tests.audit.support import KEY, of_app


def titles(rule: str, app: Flask, **options: Any) -> list[str] | None:
    """Return each finding as ``severity: title`` and what was not checked as ``? what: reason``; ``None`` as it is."""
    said = of_app(rule, app, **options)
    return None if said is None else [shown(rule, one) for one in said]


def shown(rule: str, one: Match | Unchecked) -> str:
    """Return one of what a rule said."""
    if isinstance(one, Unchecked):
        return f"? {one.what}: {one.reason}"
    severity = rule_named(rule).severity if one.severity is None else one.severity
    return f"{severity.label}: {one.title}"


def project(folder: Path, **config: Any) -> Flask:
    """Return an application whose code lies in ``folder``."""
    app = Flask("shop", root_path=str(folder), instance_path=str(folder / "instance"))
    app.config.update({"SECRET_KEY": KEY, **config})
    return app


def written(folder: Path, **files: str) -> Path:
    """Write files into a folder, ``__`` in their names for a dot, and return it."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, "utf-8")
    return folder
