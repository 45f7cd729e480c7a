"""``garrison check``: run an application in a process apart, audit it, and judge what it answers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .asvs import WithAsvs, asvs_option
from .frame import Progress
from .options import report_options
from .reporting import finish

if TYPE_CHECKING:
    from ..findings import Report

_ALLOW = "network|loopback|database|mail|commands"
_SECONDS = 120.0
_LONGEST = 86_400.0


def _number(context: click.Context, parameter: click.Parameter, value: float) -> float:
    """Refuse ``nan``, which is in every range: each comparison with it is false."""
    if value != value:
        raise click.BadParameter("nan is no number of seconds.")
    return value


@click.command(cls=WithAsvs, short_help="Audit an application, and judge its answers to a request for every route.")
@click.argument("target", required=False)
@click.option("--app", metavar="MODULE:APP", help="The application, as for `flask --app`.")
@click.option(
    "--user",
    "users",
    multiple=True,
    metavar="NAME:@VARIABLE:ROLE",
    help="Ask every route as this user too; the environment variable holds the password. NAME:PASSWORD:ROLE works, "
    "but stays in the history of the shell. Repeatable.",
)
@click.option(
    "--server-config",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="gunicorn's configuration file, to be audited too.",
)
@click.option(
    "--allow",
    multiple=True,
    metavar=_ALLOW,
    help="What the application may do beyond itself; nothing by default. Repeatable.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=1, max=_LONGEST),
    callback=_number,
    default=_SECONDS,
    show_default=True,
    help="How long the whole run may take.",
)
@asvs_option
@report_options
@click.pass_context
def check(
    context: click.Context,
    target: str | None,
    app: str | None,
    users: tuple[str, ...],
    server_config: Path | None,
    allow: tuple[str, ...],
    timeout: float,
    asvs: str | None,
    form: str,
    output: str | None,
    baseline: str | None,
    fail_on: str,
) -> None:
    """Audit TARGET, an application written module:app, and ask it for every route and every kind of status.

    The application runs in a process apart, on copies of its databases and files, and without a network.
    Called as `flask garrison check`, TARGET may be left out.

    Ends with 0 (clean), 1 (findings at or above --fail-on), 2 (bad usage, or the application cannot be run) or 3
    (something could not be checked and garrison.toml does not accept it).
    """
    from ..check import check_app
    from ..target.harness import Limits
    from ..target.users import user_from_option

    progress = Progress()
    try:
        report: Report = check_app(
            _named(context, target, app),
            users=[user_from_option(value) for value in users],
            server_config=server_config,
            allow=allow,
            limits=Limits(seconds=timeout),
            asvs=asvs,
            progress=progress,
        )
    finally:
        progress.clear()
    finish(context, report, form=form, output=output, baseline=baseline, fail_on=fail_on)


def _named(context: click.Context, target: str | None, app: str | None) -> str | None:
    """Return the name of the application; ``None`` where Flask is to look for it."""
    from ..target import resolve

    if target is not None and app is not None:
        raise click.UsageError("Give a target or --app, not both.")
    if target is not None and isinstance(resolve(target), Path):
        raise click.UsageError(
            f"{target} is a path. To run an application, name it: `garrison check module:app`, or "
            f"`garrison check --app {_module_of(target)}`. To read a path without running anything: "
            f"`garrison audit {target}`."
        )
    return target or app or _of_flask(context)


def _module_of(target: str) -> str:
    return target if target.endswith(".py") else "module"


def _of_flask(context: click.Context) -> str | None:
    """Return the name that ``flask`` was given or the environment has, when nothing else names an application."""
    from flask.cli import ScriptInfo

    info = context.find_object(ScriptInfo)
    name = (info.app_import_path if info is not None else None) or os.environ.get("FLASK_APP")
    if name is None and info is None:
        raise click.UsageError("Name what to check: an application as module:app.")
    if name is None and info is not None and info.create_app is not None:
        raise click.UsageError("This command line makes its application itself; name it: --app module:app.")
    return name
