"""One audit, from a target to its report."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

from flask import Flask

from ..errors import TargetError
from ..findings import Report, Target
from ..target.project import find_project
from .conclusion import conclude, refuse_unknown_rules, timed
from .inspected import Inspected
from .inspection import Progress, inspect_app, inspect_path
from .since.changes import changes_since

ANSWERS_ELSEWHERE = "The answers of the running application: garrison check."


def audit_path(
    root: Path,
    *,
    progress: Progress = lambda words: None,
    today: date | None = None,
    since: str | None = None,
) -> Report:
    """Audit what lies below a folder, or one file, without running any of it.

    Args:
        root: The folder or file.
        progress: Told what is being done.
        today: Decides which entries of ``garrison.toml`` have expired.
        since: A revision of git; only findings in what has changed since it parted are reported.

    Raises:
        TargetError: where there is no such path, ``garrison.toml`` is wrong, or git knows no such revision.
    """
    started = time.perf_counter()
    if not root.exists():
        raise TargetError(f"{str(root)!r}: there is no such file or folder.")
    project = find_project(root)
    refuse_unknown_rules(project)
    changes = None if since is None else changes_since(since, root)
    target = Target(kind="path", name=str(root))
    report = conclude(target, inspect_path(root, progress), project, today=today, since=changes)
    return timed(report, time.perf_counter() - started)


def audit_app(
    app: Flask,
    name: str,
    *,
    server_config: Path | None = None,
    progress: Progress = lambda words: None,
    today: date | None = None,
) -> Report:
    """Audit an application: its configuration, what its policy allows, its templates and those of its blueprints.

    Args:
        server_config: gunicorn's configuration file, or ``None``.

    Raises:
        TargetError: where ``garrison.toml`` is wrong.
    """
    started = time.perf_counter()
    project = find_project(Path.cwd())
    refuse_unknown_rules(project)
    inspected = Inspected(app, project.folder, os.environ, server_config)
    later = (ANSWERS_ELSEWHERE,)
    target = Target(kind="app", name=name)
    report = conclude(target, inspect_app(inspected, progress), project, later=later, today=today)
    return timed(report, time.perf_counter() - started)
