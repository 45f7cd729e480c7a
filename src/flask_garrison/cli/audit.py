"""``garrison audit``: read a project, run none of it, report."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .fixing import offer_fixes
from .frame import Progress, deliver
from .options import report_options
from .reporting import finish

if TYPE_CHECKING:
    from flask.cli import ScriptInfo

    from ..findings import Report


@click.command(short_help="Inspect a project without sending it a request.")
@click.argument("target", required=False)
@click.option("--app", metavar="MODULE:APP", help="The application to import, as for `flask --app`.")
@click.option(
    "--server-config",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="gunicorn's configuration file, to be audited with the application.",
)
@click.option(
    "--since",
    metavar="REV",
    help="Report only what concerns lines and functions that have changed since a revision of git.",
)
@click.option("--fix", is_flag=True, help="Show the repairs that a machine can make, and ask whether to write them.")
@click.option("--yes", is_flag=True, help="With --fix: write them without asking.")
@click.option("--explain", metavar="RULE", help="Print the page of a rule and end.")
@report_options
@click.pass_context
def audit(
    context: click.Context,
    target: str | None,
    app: str | None,
    server_config: Path | None,
    since: str | None,
    fix: bool,
    yes: bool,
    explain: str | None,
    form: str,
    output: str | None,
    baseline: str | None,
    fail_on: str,
) -> None:
    """Inspect TARGET: a folder or file, or an application written module:app.

    A path is only read. An application is imported, and its templates and those of its blueprints are read; called as
    `flask garrison audit`, TARGET may be left out.

    Ends with 0 (clean), 1 (findings at or above --fail-on), 2 (bad usage, or the target cannot be loaded) or 3
    (something could not be checked and garrison.toml does not accept it).
    """
    if explain is not None:
        from .rules import explained

        deliver(explained(explain), output)
        return
    if yes and not fix:
        raise click.UsageError("--yes belongs to --fix.")
    report = _report(context, target, app, server_config, since, fix=fix)
    if fix and offer_fixes(report, _path(target), baseline, yes=yes):
        report = _report(context, target, app, server_config, since, fix=fix)
    finish(context, report, form=form, output=output, baseline=baseline, fail_on=fail_on)


def _report(
    context: click.Context,
    target: str | None,
    app: str | None,
    server_config: Path | None,
    since: str | None,
    *,
    fix: bool,
) -> Report:
    """Audit what was named, with a line on how far it is."""
    progress = Progress()
    try:
        return _audited(context, target, app, server_config, since, progress, fix=fix)
    finally:
        progress.clear()


def _path(target: str | None) -> Path:
    return Path(target or ".")


def _audited(
    context: click.Context,
    target: str | None,
    app: str | None,
    server_config: Path | None,
    since: str | None,
    progress: Progress,
    *,
    fix: bool,
) -> Report:
    from ..audit import audit_app, audit_path
    from ..target import load_app, resolve

    if target is not None and app is not None:
        raise click.UsageError("Give a target or --app, not both.")
    place = resolve(target) if target is not None else app or os.environ.get("FLASK_APP")
    if isinstance(place, Path):
        if server_config is not None:
            raise click.UsageError("--server-config goes with an application, not with a path.")
        return audit_path(place, progress=progress, since=since)
    if since is not None or fix:
        raise click.UsageError(
            f"{'--since' if since is not None else '--fix'} goes with a path, such as `garrison audit .`."
        )
    info = _flask_info(context)
    if place is None and info is None:
        raise click.UsageError("Name what to audit: a path, or an application as module:app.")
    progress("importing the application")
    name = place or "the application of flask"
    return audit_app(load_app(place, info), name, server_config=server_config, progress=progress)


def _flask_info(context: click.Context) -> ScriptInfo | None:
    """Return what ``flask`` knows of the application, when called as ``flask garrison``."""
    from flask.cli import ScriptInfo as Info

    return context.find_object(Info)
