"""Many fresh processes, all subjects in turn: import, first answer, memory."""

from __future__ import annotations

import json
import random
import subprocess
from collections.abc import Mapping
from pathlib import Path

from .rounds import Progress

SUBJECTS = ("bare", "four", "garrison")
STAGES = ("import", "plain", "page")
FRESH = Path(__file__).parent / "fresh.py"

Starts = dict[str, dict[str, list[dict[str, float]]]]
"""Stage to subject to one measurement a round: ``cpu`` and ``clock`` in milliseconds, ``memory`` in KiB."""


def measure_starts(python: Path, rounds: int, env: Mapping[str, str], say: Progress) -> Starts:
    """Start every subject at every stage once a round; the first round only warms the caches of compiled files."""
    starts: Starts = {stage: {subject: [] for subject in SUBJECTS} for stage in STAGES}
    for number in range(rounds + 1):
        say(f"starts: round {number} of {rounds}")
        for stage in STAGES:
            for subject in random.sample(SUBJECTS, len(SUBJECTS)):
                measured = start(python, subject, stage, env)
                if number:
                    starts[stage][subject].append(measured)
    return starts


def start(python: Path, subject: str, stage: str, env: Mapping[str, str]) -> dict[str, float]:
    """Run one fresh process and return what it measured."""
    argv = (str(python), "-I", str(FRESH), subject, stage)
    finished = subprocess.run(argv, env=dict(env), stdout=subprocess.PIPE, check=True, text=True)
    measured: dict[str, float] = json.loads(finished.stdout)
    return measured
