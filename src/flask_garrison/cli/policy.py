"""``garrison policy``: what a policy needs, told from what was observed."""

from __future__ import annotations

import click

from .frame import Progress, deliver

FORMS = ("text", "json", "toml", "python")
NOTHING_READ = 3


@click.group(short_help="Suggest a policy from what was observed.")
def policy() -> None:
    """Work on the policy of an application."""


@policy.command(short_help="Suggest lines from the events of a time in observe mode.")
@click.argument("events", nargs=-1, required=True, metavar="EVENTS...")
@click.option(
    "--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Form of the report."
)
@click.option("--output", metavar="FILE", help="Write to a file instead of standard output.")
@click.pass_context
def suggest(context: click.Context, events: tuple[str, ...], form: str, output: str | None) -> None:
    """Read log files (gzip too; - is standard input) with events of flask_garrison.events.

    Prints which controls can go from observe to enforce, and each line that the policy may need, with its evidence.
    What a stranger could have caused is a comment in the toml and python forms, never a line.

    Ends with 0, 2 (bad usage, or a file cannot be read) or 3 (nothing in it could be read as an event).
    """
    from ..suggest import suggest as read
    from ..suggest.report import FORMS as WRITERS

    progress = Progress()
    try:
        suggestion = read(list(events), progress)
    finally:
        progress.clear()
    if not suggestion.counts.events:
        counts = suggestion.counts
        click.echo(f"No event in {counts.lines} lines ({counts.malformed} malformed): nothing can be said.", err=True)
        context.exit(NOTHING_READ)
    deliver(WRITERS[form](suggestion), output)
