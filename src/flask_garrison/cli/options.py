"""Options that several commands take.

A command that reports findings is decorated with :func:`report_options`, takes ``form, output, baseline, fail_on``, and
hands them with its report to :func:`.reporting.finish`, which ends the run. Before it begins anything slow it calls
nothing: a baseline or history that cannot be read is refused while the options are read. What else belongs to reports
(``--write-baseline``, ``--reason``, ``--until``, ``--history``, ``--overdue-after``) is read there as well, so it adds
no parameter.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from ..findings import Severity
from ..findings.history import OVERDUE_AFTER

Command = TypeVar("Command", bound=Callable[..., Any])

NOT_IN_THIS_VERSION = "not in this version"
_THRESHOLDS = [severity.label for severity in Severity if severity is not Severity.INFO]
_KEY = "flask_garrison.reporting"


@dataclass
class Reporting:
    """What was asked for besides the form of the report.

    Attributes:
        write_baseline: File to write the findings of this run to as known.
        reason: Why, for each of them.
        until: The last day on which they are.
        history: File with the runs before.
        overdue_after: Days between two runs.
    """

    write_baseline: str | None = None
    reason: str | None = None
    until: date | None = None
    history: str | None = None
    overdue_after: int = OVERDUE_AFTER


def reporting(context: click.Context) -> Reporting:
    """Return what was asked for in this run."""
    asked: Reporting = context.meta.setdefault(_KEY, Reporting())
    return asked


def format_option(*more: str) -> Callable[[Command], Command]:
    """Add ``--format``: text, json, and those that the command can write besides."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json", *more]),
        default="text",
        show_default=True,
        help="Form of the report.",
    )


def fail_on_option(command: Command) -> Command:
    """Add ``--fail-on``."""
    return click.option(
        "--fail-on",
        type=click.Choice([*_THRESHOLDS, "never"]),
        default="medium",
        show_default=True,
        help="Least severity of a finding that ends the run with status 1.",
    )(command)


def output_option(command: Command) -> Command:
    """Add ``--output``."""
    return click.option("--output", metavar="FILE", help="Write the report to a file instead of standard output.")(
        command
    )


def report_options(command: Command) -> Command:
    """Add the options of every command that reports findings."""
    from ..report import FORMATS

    @functools.wraps(command)
    def checked(*arguments: Any, **named: Any) -> Any:
        _refuse_half_asked(reporting(click.get_current_context()))
        return command(*arguments, **named)

    result: Any = checked
    for option in (
        *_kept_options(),
        click.option(
            "--baseline",
            metavar="FILE",
            callback=_readable_baseline,
            help="Findings that are known: they are listed apart and do not decide how the run ends.",
        ),
        output_option,
        format_option(*FORMATS[2:]),
        fail_on_option,
    ):
        result = option(result)
    return cast(Command, result)


def threshold(fail_on: str) -> Severity | None:
    """Return the severity of ``--fail-on``, or ``None`` for ``never``."""
    return None if fail_on == "never" else Severity[fail_on.upper()]


def _kept_options() -> list[Callable[[Command], Command]]:
    """Return the options that land in :class:`Reporting`, the last of the help first."""
    return [
        _kept(
            "--overdue-after",
            metavar="DAYS",
            type=click.IntRange(1, 3650),
            default=OVERDUE_AFTER,
            show_default=True,
            help="Say so where the last run in the history is older.",
        ),
        _kept(
            "--history",
            metavar="FILE",
            help="Append this run to a file and show the trend; .garrison/history.jsonl where that folder exists.",
        ),
        _kept("--until", metavar="DATE", help="Last day of what --write-baseline writes, such as 2027-01-31."),
        _kept("--reason", metavar="WORDS", help="Why what --write-baseline writes is lived with."),
        _kept("--write-baseline", metavar="FILE", help="Write the findings of this run as known; needs --reason."),
    ]


def _kept(name: str, **settings: Any) -> Callable[[Command], Command]:
    return click.option(name, expose_value=False, callback=_keep, **settings)


def _keep(context: click.Context, option: click.Parameter, value: Any) -> None:
    if option.name == "until" and value is not None:
        value = _date(value)
    if option.name == "history" and value is not None and Path(value).is_dir():
        raise click.BadParameter(f"{value} is a folder; name a file.", context, option)
    setattr(reporting(context), str(option.name), value)


def _refuse_half_asked(asked: Reporting) -> None:
    """Refuse options that mean nothing without each other, before anything slow begins."""
    if asked.write_baseline is None and (asked.reason is not None or asked.until is not None):
        raise click.UsageError("--reason and --until belong to --write-baseline FILE.")
    if asked.write_baseline is not None and not (asked.reason or "").strip():
        raise click.UsageError('--write-baseline needs --reason "...": why these findings are lived with.')


def _date(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise click.BadParameter(f"{words!r} is no date such as 2027-01-31.") from error


def _readable_baseline(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    """Refuse a baseline that cannot be read before anything slow begins."""
    if value is not None:
        from ..audit.baseline import read_baseline

        read_baseline(Path(value))
    return value
