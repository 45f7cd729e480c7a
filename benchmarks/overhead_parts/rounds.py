"""Interleaved rounds: all sides in turn, each in its own process, one at work at a time.

Own processes, because what a guard changes for the whole process (hooks, patches, threads) must slow only itself. Turns
of some fifty milliseconds, because whatever slows the machine down then slows all sides alike. Several generations of
processes, because the layout of memory and the seed of hashes make one process a little faster than the next for life.
"""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

Samples = dict[str, dict[str, list[float]]]
"""Workload to side to one figure a round: nanoseconds a request. Figures at one index belong to one round."""
Progress = Callable[[str], None]
_BENCHMARKS = Path(__file__).parent.parent


class ProtectionError(AssertionError):
    """A side's protection does not act, so nothing was measured."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured.

    Attributes:
        generations: How often all processes are started anew.
        rounds: Rounds of one generation.
        slices: Slices of one turn; the turn's figure is their median.
        requests: Requests of one slice.
    """

    generations: int
    rounds: int
    slices: int
    requests: int


class Worker:
    """A side's process, asked by lines of JSON."""

    def __init__(self, process: subprocess.Popen[str], side: str) -> None:
        self._process = process
        self.side = side
        self.problems: list[str] = self._read()["problems"]

    def measure(self, workload: str, plan: Plan) -> float:
        """Return the time of one request in this turn, in nanoseconds."""
        order = {"workload": workload, "slices": plan.slices, "requests": plan.requests}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        slices: list[float] = self._read()
        return median(slices)

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise ProtectionError(f"The process of {self.side} ended with status {self._process.wait()}.")
        return json.loads(line)


@contextmanager
def working(python: Path, side: str, env: Mapping[str, str]) -> Iterator[Worker]:
    """Run the process of one side until the block ends."""
    process = subprocess.Popen(
        (str(python), "-m", "overhead_parts.worker", side),
        cwd=_BENCHMARKS,
        env=dict(env),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Worker(process, side)
    finally:
        process.kill()
        process.communicate()


def measure(
    python: Path, sides: Iterable[str], workloads: Iterable[str], plan: Plan, env: Mapping[str, str], say: Progress
) -> Samples:
    """Measure every workload on every side.

    Raises:
        ProtectionError: if a side's protection does not act.
    """
    sides, workloads = tuple(sides), tuple(workloads)
    samples: Samples = {workload: {side: [] for side in sides} for workload in workloads}
    for generation in range(plan.generations):
        with ExitStack() as stack:
            workers = [stack.enter_context(working(python, side, env)) for side in sides]
            refuse_problems(workers)
            for number in range(plan.rounds):
                say(f"requests: generation {generation + 1} of {plan.generations}, round {number + 1} of {plan.rounds}")
                _round(workers, workloads, plan, samples)
    return samples


def _round(workers: list[Worker], workloads: tuple[str, ...], plan: Plan, samples: Samples) -> None:
    for workload in workloads:
        for worker in random.sample(workers, len(workers)):
            samples[workload][worker.side].append(worker.measure(workload, plan))


def refuse_problems(workers: Iterable[Worker]) -> None:
    """Raise for protections that do not act."""
    problems = [f"{worker.side}: {problem}" for worker in workers for problem in worker.problems]
    if problems:
        raise ProtectionError("\n".join(problems))
