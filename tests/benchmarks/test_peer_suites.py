"""What the report of other projects' tests is made of; the suites themselves need downloads and do not run here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2] / "benchmarks"))

from peer_suites.environments import _entry, requirements_of
from peer_suites.report import details, table
from peer_suites.run import Result, Run
from peer_suites.suites import SUITES, Suite
from real_apps.environments import pinned

SUITE = Suite("Shop", "shop", ("tests",), config={"TESTING": True})


def run(guarded: int = 0, **tests: Any) -> Run:
    return Run(
        {name: test if isinstance(test, dict) else {"outcome": test} for name, test in tests.items()}, guarded, 1.0
    )


def result(**runs: Run) -> Result:
    return Result("shop", SUITE, "1.0", dict(runs))


@pytest.mark.parametrize("name", SUITES)
def test_the_lock_pins_each_project_and_the_hash_of_its_source(name: str) -> None:
    requirements, distribution = requirements_of(name), SUITES[name].distribution
    assert pinned(requirements, distribution) != "?"
    first, *hashes = _entry(requirements, distribution).splitlines()
    assert first.startswith(f"{distribution}==")
    assert len(hashes) >= 2
    assert all(line.strip().startswith("--hash=sha256:") for line in hashes)


def test_a_test_that_changed_or_vanished_is_named() -> None:
    seen = result(bare=run(a="passed", b="passed", c="failed"), enforce=run(a="passed", b="failed"))
    assert list(seen.changed("enforce")) == [("b", "passed", "failed"), ("c", "failed", "none")]


def test_the_table_counts_each_run() -> None:
    seen = result(bare=run(a="passed", b="skipped"), enforce=run(3, a="error", b="skipped"))
    assert table([seen]).splitlines()[2:] == [
        "| Shop | 1.0 | bare | - | 1 | 0 | 0 | 1 | 0 | - |",
        "| Shop | 1.0 | Garrison added | 3 | 0 | 0 | 1 | 1 | 0 | 1 |",
    ]


def test_the_causes_of_a_run_without_lines_are_counted_and_the_tests_of_the_last_named() -> None:
    broken = {"outcome": "error", "why": "x\nE   PolicyError: SECRET_KEY", "said": []}
    refused = {"outcome": "failed", "why": "E   403 != 200", "said": ["POST /buy 403"]}
    seen = result(bare=run(a="passed", b="passed"), enforce=run(a=broken, b=broken), adopted=run(a="passed", b=refused))
    assert details([seen], reasons=False).splitlines() == [
        "- shop, Garrison added: 2 x PolicyError: SECRET_KEY",
        "- shop, with lines: `b` passed -> failed",
    ]
    assert "    refused: POST /buy 403" in details([seen], reasons=True).splitlines()
