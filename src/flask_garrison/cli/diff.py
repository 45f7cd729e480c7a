"""``garrison diff``: what changed between two reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .frame import deliver
from .options import fail_on_option, format_option, output_option, threshold

if TYPE_CHECKING:
    from ..findings import Report


@click.command(short_help="Compare two reports.")
@click.argument("old", metavar="OLD.json")
@click.argument("new", metavar="NEW.json")
@output_option
@format_option("markdown")
@fail_on_option
@click.pass_context
def diff(context: click.Context, old: str, new: str, form: str, output: str | None, fail_on: str) -> None:
    """Show what is new, fixed and unchanged between two reports, written with --format json.

    Findings are compared by fingerprint, so moved lines change nothing. What the new run did not look for is neither
    fixed nor unchanged: it is listed apart.

    Ends with 0, 1 (new findings at or above --fail-on) or 2 (bad usage, or a report cannot be read).
    """
    from ..findings.comparison import compare
    from ..report.comparison import render_comparison
    from ..report.paint import colour_wanted
    from ..report.printable import no_commands

    comparison = compare(_read(old), _read(new))
    colour = output is None and colour_wanted()
    deliver(no_commands(render_comparison(comparison, form, colour=colour)), output, colour=colour)
    context.exit(comparison.exit_status(threshold(fail_on)))


def _read(name: str) -> Report:
    """Read a report.

    Raises:
        ReportError: where the file cannot be read, or holds none.
    """
    from ..findings import ReportError, report_from

    try:
        return report_from(json.loads(Path(name).read_text("utf-8")))
    except OSError as error:
        raise ReportError(f"{name}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ReportError(f"{name}: this is no JSON: {error}") from error
    except ReportError as error:
        raise ReportError(f"{name}: {error}") from error
