"""How far a long run has come, for whoever can show it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable


@runtime_checkable
class Counting(Protocol):
    """What is told, besides words, how much is done."""

    def count(self, done: int, total: int, words: str) -> None:
        """Take how many of how many are done, and what is being done, such as a file's name."""


def counted(progress: Callable[[str], None], done: int, total: int, words: str) -> None:
    """Tell how much is done; one that takes words alone is told only at the beginning.

    Args:
        progress: Whatever is called with words while something is done.
    """
    if isinstance(progress, Counting):
        progress.count(done, total, words)
    elif not done:
        progress(words)
