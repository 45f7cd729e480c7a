"""Commands that a later version brings: they are named, say so, and end with status 2."""

from __future__ import annotations

import click

from .options import NOT_IN_THIS_VERSION

LATER = {
    "pentest": "Attack the application.",
    "monitor": "Watch events, incidents and blocks.",
    "train": "Learn in labs on your own machine.",
    "db": "Inspect and harden the database.",
    "tls": "Inspect HTTPS, get and renew certificates.",
    "deps": "Inspect third-party packages.",
    "access": "Show who may do what.",
    "passwords": "Inspect and upgrade stored password hashes.",
}


def later_commands() -> list[click.Command]:
    """Return one command for each name; whatever follows the name, it answers the same."""
    return [_command(name, words) for name, words in LATER.items()]


def _command(name: str, words: str) -> click.Command:
    def refuse() -> None:
        raise click.UsageError(f"garrison {name}: {NOT_IN_THIS_VERSION}.")

    settings = {"ignore_unknown_options": True, "allow_extra_args": True}
    text = f"({NOT_IN_THIS_VERSION}) {words}"
    return click.Command(name, callback=refuse, help=text, short_help=text, context_settings=settings)
