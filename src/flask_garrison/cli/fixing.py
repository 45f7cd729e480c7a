"""``garrison audit --fix``: shows what a machine can repair, and writes it where somebody says so.

Everything of it goes to standard error, for standard output carries the report alone.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ..audit.fixes.run import Change
    from ..findings import Finding, Report


def offer_fixes(report: Report, root: Path, baseline: str | None, *, yes: bool) -> bool:
    """Show the repairs for the findings of a report, ask, and write; return whether something was written.

    Args:
        root: What was audited; nothing outside is touched.
        baseline: What it knows is lived with, and is not repaired.
        yes: Whether to write without a question.

    Raises:
        GarrisonError: where a file cannot be written.
    """
    from ..audit.fixes.run import changes_for, difference
    from ..report.printable import printable_block

    changes = changes_for(_open(report, baseline), root)
    if not changes:
        click.echo("Nothing here can be repaired by a machine.", err=True)
        return False
    for change in changes:
        click.echo(printable_block(difference(change)), err=True, nl=False)
    if not yes and not _agreed(changes):
        return False
    _write(changes)
    return True


def _open(report: Report, baseline: str | None) -> Sequence[Finding]:
    if baseline is None:
        return report.findings
    from ..audit.baseline import apply_baseline, read_baseline

    return apply_baseline(report, read_baseline(Path(baseline)), date.today()).findings


def _agreed(changes: Sequence[Change]) -> bool:
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        click.echo("Nothing was written; --fix --yes writes it.", err=True)
        return False
    return click.confirm(f"Write {_counted(changes)}?", default=False, err=True)


def _write(changes: Sequence[Change]) -> None:
    from ..audit.fixes.run import write

    for change in changes:
        write(change)
    click.echo(f"Wrote {_counted(changes)}. The report is of what is left.", err=True)


def _counted(changes: Sequence[Change]) -> str:
    from ..report.printable import number

    count = sum(change.count for change in changes)
    return f"{number(count, 'repair')} in {number(len(changes), 'file')}"
