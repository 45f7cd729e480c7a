"""The files that ``garrison init ci`` writes: a workflow for GitHub Actions and a hook for pre-commit."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from ..._version import __version__

WORKFLOW = Path(".github/workflows/garrison.yml")
HOOK = Path(".pre-commit-config.yaml")


class File(NamedTuple):
    """One file to write.

    Attributes:
        path: Relative to the project's folder.
        text: Its content.
    """

    path: Path
    text: str


def ci_files(folder: Path, target: str, secrets: Sequence[str] = ()) -> tuple[File, ...]:
    """Return the files for a project.

    Args:
        folder: The project's; what lies there decides how it is installed.
        target: The application, as ``garrison check`` takes it.
        secrets: Environment variables with passwords that ``garrison.toml`` names.
    """
    return File(WORKFLOW, _workflow(folder, target, secrets)), File(HOOK, _template("pre-commit.yaml"))


def _workflow(folder: Path, target: str, secrets: Sequence[str]) -> str:
    # Replaced one by one: the file is full of braces that GitHub reads.
    text = _template("garrison.yml")
    for name, value in (
        ('"{target}"', "".join([json.dumps(target), *map(_secret, secrets)])),
        ("{install}", _installing(folder)),
        ("{version}", __version__),
        ("{python}", ".".join(map(str, sys.version_info[:2]))),
    ):
        text = text.replace(name, value)
    return text


def _secret(variable: str) -> str:
    """Return the line that hands a secret of the repository to a step."""
    return f"\n          {variable}: ${{{{ secrets.{variable} }}}}"


def _installing(folder: Path) -> str:
    """Return the command that installs the project, as far as its files tell."""
    if (folder / "requirements.txt").is_file():
        return "python -m pip install -r requirements.txt"
    if (folder / "pyproject.toml").is_file():
        return "python -m pip install ."
    return "python -m pip install flask"


def _template(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")
