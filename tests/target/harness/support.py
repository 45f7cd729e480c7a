"""What the tests of the harness share: an application written to a folder, and run in a child."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from typing import Any

from flask_garrison.target.harness import Limits, Outcome, run_app

JOB = "flask_garrison.target.harness.selfcheck:answer"
HEAD = """
from flask import Flask, request
app = Flask(__name__)
"""
LIMITS = Limits(seconds=30)


def write(folder: Path, source: str, head: str = HEAD) -> None:
    """Write the application ``shop.py``."""
    (folder / "shop.py").write_text(head + dedent(source))


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """Go to a folder and come back."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def run(folder: Path, source: str, *paths: str, name: str = "shop", limits: Limits = LIMITS, **options: Any) -> Outcome:
    """Write an application, run it in a child with ``folder`` as working directory, and request ``paths``."""
    write(folder, source, options.pop("head", HEAD))
    with inside(folder):
        return run_app(name, JOB, {"paths": paths}, limits=limits, **options)


def answers(folder: Path, source: str, *paths: str, **options: Any) -> list[Any]:
    """Return status and text of each answer."""
    found: list[Any] = run(folder, source, *paths, **options).result["answers"]
    return found


def said(outcome: Outcome) -> list[str]:
    """Return the lines that the application printed."""
    return outcome.printed.splitlines()


def tree(folder: Path) -> dict[str, object]:
    """Return everything below a folder: bytes of files, targets of links, and permissions."""
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = os.readlink(path)
        else:
            found[name] = (path.stat().st_mode, None if path.is_dir() else path.read_bytes())
    return found
