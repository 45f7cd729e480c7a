"""What a guard costs: Garrison beside bare Flask and its usual extensions, one command.

    python benchmarks/overhead.py [--quick] [--json FILE]

Creates a throw-away environment below ``.venvs``, installs the peers named in ``overhead.lock`` and this checkout,
shows that each side's protection acts, and measures. Progress goes to standard error, Markdown to standard output.

Exit status: 1 if a protection does not act, else 0, whether the budgets hold or not: the report says so.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from overhead_parts.environment import child_env, prepare_environment
from overhead_parts.figures import Cost, Start, Verdict, costs_of, starts_of, verdicts_of
from overhead_parts.report import request_table, spread_line, start_table, verdict_table
from overhead_parts.rounds import Plan, ProtectionError, measure
from overhead_parts.starts import measure_starts
from overhead_parts.titles import SIDE_TITLES, WORKLOAD_TITLES

FULL = Plan(generations=4, rounds=8, slices=7, requests=25)
QUICK = Plan(generations=1, rounds=4, slices=5, requests=20)
FULL_STARTS = 40
QUICK_STARTS = 5
Costs = dict[str, dict[str, Cost]]
Starts = dict[str, dict[str, Start]]


def say(words: str) -> None:
    """Report progress."""
    print(words, file=sys.stderr, flush=True)


def report(costs: Costs, starts: Starts, verdicts: list[Verdict], plan: Plan) -> str:
    """Return the whole report."""
    rounds = plan.generations * plan.rounds
    requests = plan.slices * plan.requests
    broken = [verdict for verdict in verdicts if not verdict.holds]
    parts = (
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}. "
        f"{rounds} rounds of {requests} requests for each cell: ratio to bare Flask, and microseconds of CPU added.",
        request_table(costs, SIDE_TITLES, WORKLOAD_TITLES),
        spread_line(costs),
        start_table(starts, SIDE_TITLES),
        verdict_table(verdicts),
        f"{len(verdicts) - len(broken)} of {len(verdicts)} budgets hold.",
    )
    return "\n\n".join(parts)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="What a guard costs a Flask application.")
    parser.add_argument("--quick", action="store_true", help="a short run; its figures are rough")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write figures and samples to FILE")
    return parser.parse_args()


def main() -> int:
    """Run everything; return the exit status."""
    options = arguments()
    plan, rounds = (QUICK, QUICK_STARTS) if options.quick else (FULL, FULL_STARTS)
    python, env = prepare_environment(say), child_env()
    try:
        samples = measure(python, SIDE_TITLES, WORKLOAD_TITLES, plan, env, say)
    except ProtectionError as error:
        say(f"A protection does not act; nothing was compared.\n{error}")
        return 1
    measured = measure_starts(python, rounds, env, say)
    costs, starts = costs_of(samples), starts_of(measured)
    verdicts = verdicts_of(costs, starts)
    print(report(costs, starts, verdicts, plan))
    if options.json:
        figures: dict[str, Any] = {"samples_ns": samples, "starts": measured}
        figures["costs"] = {name: {side: asdict(cost) for side, cost in sides.items()} for name, sides in costs.items()}
        figures["verdicts"] = [{**asdict(verdict), "holds": verdict.holds} for verdict in verdicts]
        options.json.write_text(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
