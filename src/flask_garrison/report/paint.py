"""Colour for terminals, or none."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Paint:
    """Paints words where ``on`` is true, and leaves them alone else."""

    on: bool

    def colour(self, words: str, name: str) -> str:
        """Return words in a colour that click knows."""
        return click.style(words, fg=name) if self.on else words

    def bold(self, words: str) -> str:
        """Return bold words."""
        return click.style(words, bold=True) if self.on else words

    def dim(self, words: str) -> str:
        """Return words that step back."""
        return click.style(words, dim=True) if self.on else words


def colour_wanted() -> bool:
    """Return whether standard output is a terminal that shows colours, and nobody set ``NO_COLOR`` (no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and sys.stdout is not None and sys.stdout.isatty()
