"""One suite, run two times or three, and what became of each test."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from real_apps.environments import ROOT, Say, child_env, pinned

from .environments import prepare, requirements_of, unpack
from .suites import SUITES, Suite

SECONDS = 600
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Run:
    """What one run of a suite left.

    Attributes:
        tests: By test id: the outcome, why it failed, and what Garrison refused meanwhile.
        guarded: How many applications Garrison was added to.
        seconds: How long it took.
    """

    tests: Mapping[str, Mapping[str, Any]]
    guarded: int
    seconds: float

    def counts(self) -> Counter[str]:
        """Count the outcomes."""
        return Counter(test.get("outcome", "none") for test in self.tests.values())


@dataclass
class Result:
    """One suite with its runs, by name: ``bare``, ``enforce`` and, where the suite has lines, ``adopted``."""

    name: str
    suite: Suite
    version: str
    runs: dict[str, Run] = field(default_factory=dict)

    def changed(self, mode: str) -> Iterator[tuple[str, str, str]]:
        """Yield the id of each test with another outcome than bare, and both outcomes."""
        bare, other = self.runs["bare"].tests, self.runs[mode].tests
        for test in sorted(bare.keys() | other.keys()):
            before = bare.get(test, {}).get("outcome", "none")
            after = other.get(test, {}).get("outcome", "none")
            if before != after:
                yield test, before, after


class DidNotEndError(RuntimeError):
    """A run took longer than ``SECONDS``, or pytest wrote nothing down."""


def run_suite(name: str, garrison: Path, say: Say) -> Result:
    """Run the tests of one project."""
    suite = SUITES[name]
    python = prepare(name, say)
    result = Result(name, suite, pinned(requirements_of(name), suite.distribution))
    for mode in ("bare", "enforce", "adopted") if suite.lines or suite.config else ("bare", "enforce"):
        say(f"{name}: {mode}")
        result.runs[mode] = _run(name, mode, python, garrison)
    return result


def _run(name: str, mode: str, python: Path, garrison: Path) -> Run:
    folder = ROOT / "build" / "peer-suites" / name / mode
    folder.mkdir(parents=True, exist_ok=True)
    out = folder / "outcomes.json"
    out.unlink(missing_ok=True)
    # Unpacked anew, since tests leave databases behind; elsewhere, since pytest looks for settings in folders above.
    with tempfile.TemporaryDirectory(prefix="peer-suites-") as home:
        top = unpack(python, Path(home, "source"))
        environment = _environment(SUITES[name], mode, Path(home), out, garrison)
        began = time.monotonic()
        _pytest(SUITES[name], python, top, environment, folder / "pytest.log")
        seconds = time.monotonic() - began
    if not out.exists():
        raise DidNotEndError(f"pytest did not start in {mode}; see {folder / 'pytest.log'}")
    left = json.loads(out.read_text())
    return Run(left["tests"], left["guarded"], seconds)


def _environment(suite: Suite, mode: str, home: Path, out: Path, garrison: Path) -> dict[str, str]:
    adopted = mode == "adopted"
    order = {
        "out": str(out),
        "guard": mode != "bare",
        "config": dict(suite.config) if adopted else {},
        "lines": dict(suite.lines) if adopted else {},
    }
    paths = [str(_HERE.parent)] if mode == "bare" else [str(_HERE.parent), str(garrison)]
    return {
        **child_env(),
        **suite.environment,
        "HOME": str(home),
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONHASHSEED": "0",
        "PEER_SUITE": json.dumps(order),
    }


def _pytest(suite: Suite, python: Path, top: Path, environment: Mapping[str, str], log: Path) -> None:
    ignored = [f"--ignore={path}" for path in suite.left_out]
    options = ("-q", "--continue-on-collection-errors", "-p", "peer_suites.plugin", *ignored)
    argv = (str(python), "-m", "pytest", *options, *suite.tests)
    with log.open("wb") as opened:
        try:
            subprocess.run(argv, cwd=top, env=environment, stdout=opened, stderr=subprocess.STDOUT, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise DidNotEndError(f"it took longer than {SECONDS} s; see {log}") from None
