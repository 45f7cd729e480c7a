"""Options that several commands take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from ..findings import Severity

Command = TypeVar("Command", bound=Callable[..., Any])

NOT_IN_THIS_VERSION = "not in this version"
_THRESHOLDS = [severity.label for severity in Severity if severity is not Severity.INFO]


def format_option(*later: str) -> Callable[[Command], Command]:
    """Add ``--format``: text, json, and those that a later version brings."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", *later]),
        default="text",
        show_default=True,
        callback=lambda _context, _option, value: _available(f"--format {value}", value, later),
        help=f"Form of the report{'; ' + ', '.join(later) + f': {NOT_IN_THIS_VERSION}' if later else ''}.",
    )


def report_options(command: Command) -> Command:
    """Add the options of every command that reports findings."""
    from ..report import LATER_FORMATS

    for option in (
        click.option(
            "--fail-on",
            type=click.Choice([*_THRESHOLDS, "never"]),
            default="medium",
            show_default=True,
            help="Least severity of a finding that ends the run with status 1.",
        ),
        click.option("--baseline", metavar="FILE", callback=_refuse_baseline, help=f"({NOT_IN_THIS_VERSION})"),
        click.option("--output", metavar="FILE", help="Write the report to a file instead of standard output."),
        format_option(*LATER_FORMATS),
    ):
        command = option(command)
    return command


def threshold(fail_on: str) -> Severity | None:
    """Return the severity of ``--fail-on``, or ``None`` for ``never``."""
    return None if fail_on == "never" else Severity[fail_on.upper()]


def _refuse_baseline(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    return value if value is None else _available("--baseline", value, (value,))


def _available(name: str, value: str, later: tuple[str, ...]) -> str:
    if value in later:
        raise click.UsageError(f"{name}: {NOT_IN_THIS_VERSION}.")
    return value
