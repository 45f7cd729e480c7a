"""``garrison init``: files that a project needs once."""

from __future__ import annotations

import os
from pathlib import Path

import click

from ..errors import GarrisonError


@click.group(short_help="Write configuration for CI and hooks.")
def init() -> None:
    """Write files that a project needs once."""


@init.command(short_help="Write a GitHub workflow and a pre-commit hook.")
@click.argument("target", required=False)
@click.option("--force", is_flag=True, help="Write over files that are there already.")
def ci(target: str | None, force: bool) -> None:
    """Write .github/workflows/garrison.yml, which checks TARGET (module:app), and .pre-commit-config.yaml.

    The workflow runs at pull requests, at pushes and weekly, with no more rights than it needs. A file that is there
    already stays as it is, and what should stand in it is printed.
    """
    from ..target.project import find_project
    from .ci import ci_files

    target = target or os.environ.get("FLASK_APP")
    if not target:
        raise click.UsageError("Name the application to check, as module:app or module:create_app.")
    folder = Path.cwd()
    secrets = [user.variable for user in find_project(folder).users if user.variable]
    kept = [file for file in ci_files(folder, target, secrets) if not _written(folder / file.path, file.text, force)]
    for file in kept:
        click.echo(f"\n{file.path} is there already. This belongs into it (or --force):\n\n{file.text}")


def _written(path: Path, text: str, force: bool) -> bool:
    """Write a file unless there is another one, and return whether it stands there now."""
    try:
        if path.exists() and path.read_text("utf-8") == text:
            click.echo(f"{_shown(path)} is as it should be.")
            return True
        if path.exists() and not force:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    except OSError as error:
        raise GarrisonError(f"{_shown(path)}: {error.strerror}") from error
    click.echo(f"{_shown(path)} written.")
    return True


def _shown(path: Path) -> str:
    return path.relative_to(Path.cwd()).as_posix()
