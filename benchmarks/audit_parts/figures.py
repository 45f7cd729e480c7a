"""From runs to figures: medians, ratios within a round, and whether what was promised holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from .apps import Source
from .rounds import Cell, Cells
from .tools import COLD, WARM

AT_LEAST, AT_MOST = "at least", "at most"
LARGE = 100_000
"""Lines from which on an application counts as large."""
MEMORY_LINES = 160_000
MEMORY_MB = 250.0
MB = 1_000_000
BANDIT, GARRISON, LIMIT = "bandit", "garrison", "parse"


@dataclass(frozen=True)
class Figures:
    """One tool in one state over one application.

    Attributes:
        cpu: Seconds, the median.
        wall: Seconds, the median.
        speed: Lines a CPU second.
        to_bandit: How many times as fast as bandit, the median over rounds; None if bandit failed.
        of_limit: Share of the speed of ``ast.parse`` alone; None if that failed.
        to_cold: How many times as fast as the same tool when cold.
    """

    cpu: float
    wall: float
    speed: float
    to_bandit: float | None
    of_limit: float | None
    to_cold: float | None


def figures_of(cells: Cells, name: str, state: str, lines: int) -> Figures | None:
    """Return the figures of a tool in a state; None if it failed or was not run."""
    cell = cells.get((name, state))
    if cell is None or not cell.usages:
        return None
    cpu = median(usage.cpu for usage in cell.usages)
    return Figures(
        cpu,
        median(usage.wall for usage in cell.usages),
        lines / cpu,
        _times(cells.get((BANDIT, COLD)), cell),
        _times(cells.get((LIMIT, COLD)), cell),
        _times(cells.get((name, COLD)), cell),
    )


def _times(other: Cell | None, cell: Cell) -> float | None:
    """Return the other's time as a multiple of this one's, within a round, in the typical round."""
    if other is None or not other.usages:
        return None
    return median(theirs.cpu / own.cpu for theirs, own in zip(other.usages, cell.usages, strict=False))


@dataclass(frozen=True)
class Verdict:
    """What was promised, and what was measured; None if it could not be.

    Attributes:
        bound: Whether the promise is the least or the most.
    """

    what: str
    measured: float | None
    bound: str
    promised: float
    unit: str

    @property
    def words(self) -> str:
        """Say whether it holds."""
        if self.measured is None:
            return "**not measured**"
        holds = self.measured >= self.promised if self.bound == AT_LEAST else self.measured <= self.promised
        return "holds" if holds else "**broken**"


def verdicts_of(measured: Mapping[str, tuple[Source, Cells]]) -> list[Verdict]:
    """Return every promise on speed and memory, for each application that it is about."""
    every = [verdict for source, cells in measured.values() for verdict in _of_app(source, cells)]
    return [_typical(measured), *every]


def _typical(measured: Mapping[str, tuple[Source, Cells]]) -> Verdict:
    found = (figures_of(cells, GARRISON, COLD, source.lines) for source, cells in measured.values())
    ratios = [one.to_bandit for one in found if one and one.to_bandit is not None]
    # Typical of all of them, or of none: one that failed may be the slow one.
    typical = median(ratios) if len(ratios) == len(measured) else None
    return Verdict("cold, to bandit, the typical application", typical, AT_LEAST, 2.0, "x")


def _of_app(source: Source, cells: Cells) -> Iterable[Verdict]:
    title = source.app.title
    cold = figures_of(cells, GARRISON, COLD, source.lines)
    yield Verdict(f"{title}: cold, to bandit", cold.to_bandit if cold else None, AT_LEAST, 1.0, "x")
    warm = figures_of(cells, GARRISON, WARM, source.lines)
    yield Verdict(f"{title}: warm, to cold", warm.to_cold if warm else None, AT_LEAST, 20.0, "x")
    if source.lines >= LARGE:
        share = cold.wall / cold.cpu if cold else None
        yield Verdict(f"{title}: clock to CPU, cold, on two cores or more", share, AT_MOST, 0.8, "x")
    if source.lines >= MEMORY_LINES:
        peak = cells[GARRISON, COLD].peak if cold else None
        yield Verdict(f"{title}: memory, cold", peak and peak / MB, AT_MOST, MEMORY_MB, "MB")
