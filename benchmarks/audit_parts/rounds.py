"""All tools in turn over one application, round after round: what slows the machine in a round slows all of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from real_apps.environments import Say

from .apps import Source
from .edits import edited, with_comment, with_statement
from .measure import Usage, run
from .tools import COLD, COMMENT, FUNCTION, Outcome, Place, Tool

SECONDS = 1200
"""A run that takes longer is ended, and named as failed."""


@dataclass
class Cell:
    """All runs of one tool in one state over one application.

    Attributes:
        usages: One a round.
        peak: Bytes, of a run of its own; None if that failed.
        outcome: Of the last run, or of the first that failed.
    """

    usages: list[Usage] = field(default_factory=list)
    peak: int | None = None
    outcome: Outcome = field(default_factory=Outcome)


Cells = dict[tuple[str, str], Cell]
"""By name of the tool and state."""


def measure(
    source: Source, tools: Sequence[Tool], commands: Mapping[str, Path], scratch: Path, rounds: int, say: Say
) -> Cells:
    """Run every tool over an application, once for its memory and then in rounds for its time.

    Args:
        commands: The folder of commands of each tool, by its name.
        scratch: For what the tools write.
    """
    cells: Cells = {(tool.name, state): Cell() for tool in tools for state in tool.states}
    for number in range(rounds + 1):
        for tool in tools:
            place = Place(source, scratch / tool.name, commands[tool.name])
            # The first round also brings the files into the machine's memory, for all alike.
            _through_states(tool, place, cells, memory=number == 0, say=say)
    return cells


def _through_states(tool: Tool, place: Place, cells: Cells, *, memory: bool, say: Say) -> None:
    shutil.rmtree(place.scratch, ignore_errors=True)
    place.cache.mkdir(parents=True)
    for state in tool.states:
        cell = cells[tool.name, state]
        if cell.outcome.error:
            return
        with changed(place.source, state):
            place.output.unlink(missing_ok=True)
            argv, env = tool.argv(place), tool.env(place)
            usage = run(argv, place.scratch, env, place.printed, seconds=SECONDS, memory=memory)
        cell.outcome = tool.outcome(usage, place)
        say(f"{place.source.app.name}: {tool.name}, {state}: {_words(usage, cell.outcome)}")
        if memory:
            cell.peak = usage.peak
        elif not cell.outcome.error:
            cell.usages.append(usage)
        if state == COLD and len(tool.states) > 1 and not any(place.cache.iterdir()):
            say(f"{place.source.app.name}: {tool.name} kept nothing in its cache: it is never warm")


def _words(usage: Usage, outcome: Outcome) -> str:
    if outcome.error:
        return f"FAILED, {outcome.error}"
    peak = f", {usage.peak / 1e6:.0f} MB" if usage.peak else ""
    return f"{usage.cpu:.2f} s of CPU, {usage.wall:.2f} s{peak}"


@contextmanager
def changed(source: Source, state: str) -> Iterator[None]:
    """Let one file be changed as the state says, until the block ends."""
    text = source.changed.read_text()
    edit = {COMMENT: with_comment, FUNCTION: with_statement}.get(state)
    with edited(source.changed, edit(text)) if edit else nullcontext():
        yield
