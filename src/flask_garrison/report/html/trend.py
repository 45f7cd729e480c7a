"""The trend: what earlier runs said, as a sentence, a small drawing and a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...findings import Report
from ...findings.history import PastRun, run_of
from ..printable import number
from ..run import Run

WIDTH, HEIGHT = 320, 80
_MOST = 12


@dataclass(frozen=True, slots=True)
class Trend:
    """What is shown of earlier runs.

    Attributes:
        sentence: What changed since the run before; empty where there was none.
        line: Points of a drawing, as SVG writes them; empty where there are fewer than two.
        dots: The same, one by one.
        rows: Date, grade, points and findings of each run, the newest first.
    """

    sentence: str
    line: str
    dots: tuple[tuple[int, int], ...]
    rows: tuple[tuple[str, str, str, int], ...]


def trend_of(report: Report, run: Run) -> Trend:
    """Return the trend; without earlier runs there is none."""
    if not run.before or run.made is None:
        return Trend("", "", (), ())
    now = run_of(report, run.command, run.made)
    runs = [*run.before, now][-_MOST:]
    dots = _dots([one.points for one in runs if one.points is not None])
    rows = tuple((_day(one), one.overall or "none", _points(one), sum(one.by_severity.values())) for one in runs[::-1])
    return Trend(_sentence(run.before[-1], now), " ".join(f"{x},{y}" for x, y in dots), dots, rows)


def _sentence(before: PastRun, now: PastRun) -> str:
    old, new = set(before.fingerprints), set(now.fingerprints)
    if before.overall == now.overall:
        grade = f"the grade is still {now.overall or 'none'}"
    else:
        grade = f"the grade went from {before.overall or 'none'} to {now.overall or 'none'}"
    new_words = number(len(new - old), "new finding")
    return f"Since {_day(before)} {grade}: {new_words}, {len(old - new)} no longer seen, {len(old & new)} as before."


def _dots(points: Sequence[int]) -> tuple[tuple[int, int], ...]:
    if len(points) < 2:
        return ()
    step = (WIDTH - 20) / (len(points) - 1)
    return tuple((round(10 + index * step), round(HEIGHT - 10 - value * 0.6)) for index, value in enumerate(points))


def _day(run: PastRun) -> str:
    return run.time.strftime("%Y-%m-%d")


def _points(run: PastRun) -> str:
    return "" if run.points is None else str(run.points)
