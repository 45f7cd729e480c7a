"""How a run that found things ends: baseline, history, the report, and the exit status."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from .frame import deliver
from .options import Reporting, reporting, threshold

if TYPE_CHECKING:
    from ..findings import Report
    from ..report import Run


def finish(
    context: click.Context, report: Report, *, form: str, output: str | None, baseline: str | None, fail_on: str
) -> NoReturn:
    """Apply the baseline, write the report, keep the run in the history, and end with the exit status."""
    asked = reporting(context)
    report = _with_baseline(report, asked, baseline)
    now = datetime.now(UTC)
    run, history = _run(context, report, asked, now)
    if run.overdue:
        click.echo(run.overdue, err=True)
    deliver_report(report, form, output, fail_on=fail_on, run=run)
    if history is not None:
        from ..findings.history import append_run, run_of

        append_run(history, run_of(report, run.command, now))
    context.exit(report.exit_status(threshold(fail_on)))


def deliver_report(report: Report, form: str, output: str | None, *, fail_on: str, run: Run) -> None:
    """Write a report where it was asked for, in colour on a terminal that shows it."""
    from ..report import render
    from ..report.paint import colour_wanted
    from ..report.printable import no_commands

    colour = output is None and colour_wanted()
    width = shutil.get_terminal_size((100, 24)).columns if output is None else 100
    text = render(report, form, width=width, colour=colour, fail_on=threshold(fail_on), run=run)
    # A page goes into a file, whatever prints it; the other forms may stand in the log of a CI.
    deliver(text if form == "html" else no_commands(text), output, colour=colour)


def _with_baseline(report: Report, asked: Reporting, baseline: str | None) -> Report:
    from ..audit.baseline import apply_baseline, read_baseline, write_baseline
    from ..report.printable import number

    known = read_baseline(Path(baseline)) if baseline is not None else None
    if asked.write_baseline is not None:
        file = Path(asked.write_baseline)
        known = write_baseline(file, report, reason=str(asked.reason), until=asked.until, old=known)
        click.echo(f"{number(len(known.entries), 'known finding')} in {file}.", err=True)
    return report if known is None else apply_baseline(report, known, date.today())


def _run(context: click.Context, report: Report, asked: Reporting, now: datetime) -> tuple[Run, Path | None]:
    """Return what is known of this run and of those before, and the file that it is kept in."""
    from ..findings.history import like, overdue, read_history
    from ..report import Run

    command = context.info_name or ""
    file = _history_file(asked)
    if file is None:
        return Run(made=now, command=command), None
    runs, unread = read_history(file)
    if unread:
        words = "1 line is no run and was" if unread == 1 else f"{unread} lines are no runs and were"
        click.echo(f"{file}: {words} left out.", err=True)
    before = like(runs, command, report.target.name)
    said = overdue(before, now, asked.overdue_after)
    return Run(made=now, command=command, before=tuple(before), overdue=said, days=asked.overdue_after), file


def _history_file(asked: Reporting) -> Path | None:
    """Return the file that was named, or the one in the folder that a project has made for it."""
    from ..findings.history import FILE, FOLDER

    if asked.history is not None:
        return Path(asked.history)
    return Path(FOLDER, FILE) if Path(FOLDER).is_dir() else None
