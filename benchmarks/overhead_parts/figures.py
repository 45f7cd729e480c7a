"""From samples to figures: medians of rounds, compared round by round."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median, quantiles

from .rounds import Samples
from .starts import Starts

SHARE_BUDGET = 0.5
"""Garrison adds at most half of what the four add."""
IMPORT_BUDGET = 1.10
START_BUDGET = 1.5
MEMORY_BUDGET = 15.0
"""MB, of 1,000,000 bytes."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one side costs on one workload.

    Attributes:
        microseconds: A request.
        ratio: To bare Flask's, median over rounds.
        quartiles: Of the ratio over rounds.
        added: Microseconds above bare Flask's, median over rounds.
        share: ``added`` relative to what the four together add.
    """

    microseconds: float
    ratio: float
    quartiles: tuple[float, float]
    added: float
    share: float


@dataclass(frozen=True, slots=True)
class Start:
    """What a fresh process of one subject costs at one stage; ratios are to bare Flask's, median over rounds."""

    cpu: float
    clock: float
    cpu_ratio: float
    clock_ratio: float
    memory_added: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """One budget: what was measured, what was allowed."""

    what: str
    measured: float
    budget: float
    unit: str = ""

    @property
    def holds(self) -> bool:
        """Whether the budget holds."""
        return self.measured <= self.budget


def costs_of(samples: Samples) -> dict[str, dict[str, Cost]]:
    """Return workload to side to cost."""
    return {workload: _costs(sides) for workload, sides in samples.items()}


def _costs(sides: dict[str, list[float]]) -> dict[str, Cost]:
    bare = sides["bare"]
    added = {
        side: _median_of(own - base for own, base in zip(times, bare, strict=True)) for side, times in sides.items()
    }
    return {side: _cost(times, bare, added[side], added["four"]) for side, times in sides.items()}


def _cost(times: list[float], bare: list[float], added: float, added_by_four: float) -> Cost:
    ratios = [own / base for own, base in zip(times, bare, strict=True)]
    low, _, high = quantiles(ratios, n=4) if len(ratios) > 1 else (ratios * 3)
    share = added / added_by_four if added_by_four else 0.0
    return Cost(median(times) / 1e3, median(ratios), (low, high), added / 1e3, share)


def starts_of(starts: Starts) -> dict[str, dict[str, Start]]:
    """Return stage to subject to start."""
    return {
        stage: {subject: _start(own, subjects["bare"]) for subject, own in subjects.items()}
        for stage, subjects in starts.items()
    }


def _start(own: list[dict[str, float]], bare: list[dict[str, float]]) -> Start:
    pairs = list(zip(own, bare, strict=True))
    return Start(
        cpu=_median_of(one["cpu"] for one in own),
        clock=_median_of(one["clock"] for one in own),
        cpu_ratio=_median_of(one["cpu"] / base["cpu"] for one, base in pairs),
        clock_ratio=_median_of(one["clock"] / base["clock"] for one, base in pairs),
        memory_added=_median_of((one["memory"] - base["memory"]) * 1024 / 1e6 for one, base in pairs),
    )


def verdicts_of(costs: dict[str, dict[str, Cost]], starts: dict[str, dict[str, Start]]) -> list[Verdict]:
    """Return every budget with what was measured."""
    shares = [
        Verdict(f"{workload}: added, as a share of what the four add", sides["garrison"].share, SHARE_BUDGET)
        for workload, sides in costs.items()
    ]
    found = {stage: subjects["garrison"] for stage, subjects in starts.items()}
    return [
        *shares,
        Verdict("import, to Flask's", found["import"].cpu_ratio, IMPORT_BUDGET, "x"),
        Verdict("import and first plain answer, to bare Flask's", found["plain"].cpu_ratio, START_BUDGET, "x"),
        Verdict("import and first page, to bare Flask's", found["page"].cpu_ratio, START_BUDGET, "x"),
        Verdict("memory after the first page, above bare Flask's", found["page"].memory_added, MEMORY_BUDGET, "MB"),
    ]


def _median_of(values: Iterable[float]) -> float:
    return median(values)
