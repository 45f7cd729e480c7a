"""The option ``--asvs``, which may stand alone or say how much is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class WithAsvs(click.Command):
    """A command that takes ``--asvs`` and ``--asvs=full``.

    An option whose value may be left out would take the next argument, the target, for its value.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give ``--asvs`` its value where it has none."""
        end = args.index("--") if "--" in args else len(args)
        given = ["--asvs=table" if word == "--asvs" else word for word in args[:end]]
        return super().parse_args(ctx, [*given, *args[end:]])


def asvs_option(command: Command) -> Command:
    """Add ``--asvs``."""
    return click.option(
        "--asvs",
        type=click.Choice(["table", "full"]),
        metavar="[=full]",
        help="Give a verdict on each requirement of OWASP ASVS 5.0, levels 1 and 2: met, not met, not applicable, or "
        "the question that a person must answer. Text shows a table; with =full each requirement.",
    )(command)
