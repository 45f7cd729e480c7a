"""From the way in which a child ended to words for the user."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterable, Sequence
from pathlib import Path

from ...errors import TargetError
from .outcome import Attempt, Limits
from .where import is_machinery, is_own, place

_FRAME = re.compile(r'^  File "(?P<file>.*)", line (?P<line>\d+) in (?P<name>.*)$')
_MOST_FRAMES = 12
_MOST_PRINTED = 20
_LONGEST = 200
"""Characters of a line."""


def subject(name: str | None) -> str:
    """Return how the application is called in an error."""
    return f"The application {name!r}" if name else "The application"


def when(phase: str) -> str:
    """Return during what it happened."""
    return "while it was loaded" if phase == "loading" else "while it was checked"


def served(name: str | None, words: str) -> TargetError:
    """A server started at import."""
    return TargetError(
        f"{subject(name)} starts a server while it is loaded: {words}.\n"
        "Put that below `if __name__ == '__main__':`, or name a module that only makes the application."
    )


def too_slow(name: str | None, phase: str, limits: Limits, stacks: Path, bound: str = "") -> TargetError:
    """The time limit."""
    frames = [frame for frame in main_thread(stacks) if not is_machinery(frame[0])]
    own = next((frame for frame in frames if is_own(frame[0])), None)
    words = f"{subject(name)} did not come to an end within {limits.seconds:g} seconds {when(phase)}"
    if own:
        words += f": its main thread stood at {place(*own, os.getcwd())}"
    if bound and phase == "loading":
        words += f". It had bound {bound} and seems to serve"
    shown = "\n".join(f"  {place(*frame, os.getcwd())}" for frame in frames[:_MOST_FRAMES])
    return TargetError(f"{words}." + (f"\nInnermost call first:\n{shown}" if shown else ""))


def too_large(name: str | None, phase: str, limits: Limits, words: str = "") -> TargetError:
    """The memory limit."""
    trace = f" Its own traceback:\n\n{words}" if words else ""
    return TargetError(f"{subject(name)} needed more than {limits.memory_mb} MB of memory {when(phase)}.{trace}")


def ended(name: str | None, phase: str, status: int, exit_at: str, printed: str) -> TargetError:
    """The process ended without a result."""
    if status < 0:
        how = f"was ended by the signal {_signal(-status)}"
    else:
        how = f"ended the process with status {status}" + (f" at {exit_at}" if exit_at else "")
    return TargetError(f"{subject(name)} {how} {when(phase)}.{_last_lines(printed)}")


def with_refusals(words: str, refused: Sequence[Attempt]) -> str:
    """Add what it was refused: that may be why it failed."""
    if not refused:
        return words
    return words + "\n\nRefused before that:\n" + "\n".join(f"  {attempt.words}" for attempt in refused[:_MOST_FRAMES])


def main_thread(stacks: Path) -> list[tuple[str, int, str]]:
    """Return file, line and function of each call of the main thread, innermost first."""
    try:
        text = stacks.read_text("utf-8", "replace")
    except OSError:
        return []
    # The newest thread comes first, so the main thread is the last one.
    return [frame for line in text.rpartition("(most recent call first):")[2].splitlines() for frame in _frame(line)]


def _frame(line: str) -> Iterable[tuple[str, int, str]]:
    found = _FRAME.match(line)
    if found:
        yield found["file"], int(found["line"]), found["name"]


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _last_lines(printed: str) -> str:
    lines = [line[:_LONGEST] for line in printed.rstrip().splitlines()[-_MOST_PRINTED:]]
    return " It printed last:\n" + "\n".join(f"  {line}" for line in lines) if lines else ""
