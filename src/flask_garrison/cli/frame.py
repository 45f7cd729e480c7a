"""What all commands share: how they end, and how a report leaves the process.

Exit statuses are a contract: 1 means *findings* and nothing else, so every other way to end has another number.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
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
_BAR = 30
"""Characters of a bar."""
_LEAST = 8
"""Columns for words that are worth showing."""
_BETWEEN = 0.1
"""Seconds between two bars: a terminal takes longer to show one than a file to be read."""


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
    """One line on standard error that says what is being done, where that is a terminal; a bar where it is counted."""

    def __init__(self) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._last = 0.0

    def __call__(self, words: str) -> None:
        """Replace the line."""
        if self._shown:
            self._show(f"{words} ...")

    def count(self, done: int, total: int, words: str) -> None:
        """Replace the line by a bar, unless the last one has hardly been seen yet.

        Args:
            done: How many are done.
            total: How many there are.
            words: What is being done, such as a file's name.
        """
        now = time.monotonic()
        if self._shown and (now - self._last >= _BETWEEN or done >= total):
            self._last = now
            self._show(bar(done, total, words, self._width()))

    def _show(self, line: str) -> None:
        from ..report.printable import printable

        # Names of files come from the project: nothing in them may act on the terminal, or begin another line.
        click.echo(f"\r\x1b[K{printable(line)[: self._width()]}", nl=False, err=True)

    def _width(self) -> int:
        return max(shutil.get_terminal_size((100, 24)).columns - 1, 20)

    def clear(self) -> None:
        """Remove the line."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def bar(done: int, total: int, words: str, width: int) -> str:
    """Return a bar with counts and words, of ``width`` columns at most; words lose their beginning first."""
    total = max(total, 1)
    done = min(max(done, 0), total)
    filled = done * _BAR // total
    head = f"[{'#' * filled}{'.' * (_BAR - filled)}] {done:>{len(str(total))}} of {total}"
    room = width - len(head) - 2
    if room < _LEAST or not words:
        return head[:width]
    return f"{head}  {words if len(words) <= room else f'...{words[3 - room :]}'}"


def _let_go_of_stdout() -> None:
    """Keep Python from complaining, at its end, that it cannot flush what nobody takes."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
