"""Tools for development and tests among the packages of the application."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import metadata

from ....findings import Confidence, Evidence, Severity
from ...inspected import Inspected
from ...rule import Match, Rule, checks

TOOLS = frozenset(
    (
        "pytest",
        "pytest-cov",
        "pytest-xdist",
        "tox",
        "nox",
        "coverage",
        "hypothesis",
        "mock",
        "faker",
        "factory-boy",
        "responses",
        "black",
        "flake8",
        "pylint",
        "mypy",
        "ruff",
        "isort",
        "bandit",
        "pre-commit",
        "ipython",
        "ipdb",
        "pdbpp",
        "pudb",
        "jupyter",
        "notebook",
        "jupyterlab",
        "flask-debugtoolbar",
        "flask-profiler",
        "debugpy",
        "pydevd",
        "pydevd-pycharm",
        "memray",
        "py-spy",
        "line-profiler",
        "snakeviz",
        "playwright",
        "selenium",
        "locust",
        "watchdog",
        "sphinx",
    )
)
DEBUGGERS = frozenset({"ipdb", "pdbpp", "pudb", "debugpy", "pydevd", "pydevd-pycharm", "flask-debugtoolbar", "ipython"})

RULE = Rule(
    id="dependencies.development-packages",
    kind="runtime",
    control="dependencies.development-packages",
    severity=Severity.INFO,
    confidence=Confidence.LOW,
    cwe=(489, 1125),
    asvs=("V15.2.3",),
    title="Tools for development are installed with the application",
    why="A debugger, a notebook or a test tool in production is more code to keep current, and a tool in the hands of "
    "whoever gets in. On a developer's machine they belong.",
    fix="Install the application's own dependencies only where it serves visitors, and audit it there.",
    before="pip install -r requirements.txt -r requirements-dev.txt",
    after="pip install -r requirements.txt",
    guard="Nothing: it does not look at packages.",
    language="sh",
    items=(135,),
    of_machine=True,
)


@checks(RULE, reads="app")
def development_packages(inspected: Inspected) -> Iterator[Match]:
    """Find tools among the installed packages: one finding, whatever their number."""
    names = {re.sub(r"[-_.]+", "-", str(one.metadata["Name"] or "")).lower() for one in metadata.distributions()}
    found = sorted(names & TOOLS)
    if found:
        first = sorted(set(found) & DEBUGGERS) or found
        others = f" and {len(found) - 1} others" if len(found) > 2 else " and another" if len(found) == 2 else ""
        evidence = (Evidence("config", ", ".join(found), {"packages": found}),)
        yield Match(f"{first[0]}{others} can be imported", subject="packages", evidence=evidence)
