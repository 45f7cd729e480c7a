"""What all commands share: how they end, and how a report leaves the process.

Exit statuses are a contract: 1 means *findings* and nothing else, so every other way to end has another number.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from .._version import __version__
from ..errors import GarrisonError

UNUSABLE = 2
INTERRUPTED = 130
"""128 + SIGINT, as shells count."""
PIPE_CLOSED = 141
"""128 + SIGPIPE: whoever read the output went away."""


class Frame(click.Group):
    """A group that lists its commands in their order and never ends with a status that means something else."""

    def __init__(self, *, commands: Sequence[click.Command], **attributes: Any) -> None:
        super().__init__(commands=commands, **attributes)
        click.version_option(__version__, prog_name="Flask-Garrison", package_name="flask-garrison")(self)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order in which the commands were given."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn what went wrong into words and an exit status."""
        try:
            return super().invoke(ctx)
        except GarrisonError as error:
            _say(f"Error: {error}")
            ctx.exit(UNUSABLE)
        except BrokenPipeError:
            _let_go_of_stdout()
            ctx.exit(PIPE_CLOSED)
        except KeyboardInterrupt:
            click.echo("\nInterrupted; nothing was reported.", err=True)
            ctx.exit(INTERRUPTED)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:
            # A defect of Garrison must not look like findings (1) nor like a clean run.
            _say(traceback.format_exc().rstrip())
            click.echo("Error: that is a defect of Flask-Garrison; please report it.", err=True)
            ctx.exit(UNUSABLE)


def deliver(text: str, output: str | None = None, *, colour: bool = False) -> None:
    """Write a report to a file, or to standard output in whatever encoding that has.

    Raises:
        GarrisonError: where that cannot be written; what nobody can read is not a result.
    """
    try:
        if output is None:
            _print(text, colour)
        else:
            Path(output).write_text(text, "utf-8", errors="backslashreplace")
    except BrokenPipeError:
        raise
    except OSError as error:
        _let_go_of_stdout()
        raise GarrisonError(f"{output or 'standard output'}: {error.strerror}") from error


def _say(words: str) -> None:
    from ..report.printable import printable_error

    click.echo(printable_error(words), err=True)


def _print(text: str, colour: bool) -> None:
    if sys.stdout is None:
        raise GarrisonError("standard output is closed, so the report cannot be written; there is --output FILE.")
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=False, color=colour)


class Progress:
    """One line on standard error that says what is being done, where that is a terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()

    def __call__(self, words: str) -> None:
        """Replace the line."""
        if self._shown:
            click.echo(f"\r\x1b[K{words} ...", nl=False, err=True)

    def clear(self) -> None:
        """Remove the line."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def _let_go_of_stdout() -> None:
    """Keep Python from complaining, at its end, that it cannot flush what nobody takes."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
