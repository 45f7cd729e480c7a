"""``garrison demo``: a small app attacked bare, then guarded."""

from __future__ import annotations

import click


@click.command(short_help="Attack a small app as it is, then with the one line added.")
@click.option("--no-serve", is_flag=True, help="End after the comparison instead of serving the guarded app.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Port of 127.0.0.1 to serve on; a free one by default."
)
@click.option("--no-browser", is_flag=True, help="Do without Chromium even where there is one.")
@click.option("--no-check", is_flag=True, help="Leave out `garrison check` of both apps and its pages.")
@click.pass_context
def demo(context: click.Context, no_serve: bool, port: int, no_browser: bool, no_check: bool) -> None:
    """Attack a small vulnerable app as it is, then with Garrison(app), check both, and show them side by side."""
    from ..demo import run

    context.exit(run(serve=not no_serve, port=port, browser=not no_browser, check=not no_check) or 0)
