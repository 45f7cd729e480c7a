"""Parts a test needs beyond the Python packages, and what happens where one is missing.

A missing part skips the test with a reason that says how to install it. Under ``GARRISON_REQUIRE_ALL=1`` (set by
``.ci/run``) nothing may be missing, so the same reason fails the test instead.
"""

from __future__ import annotations

import importlib
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import pytest

TESTS = Path(__file__).resolve().parent.parent
NODE_MODULES = TESTS / "npm" / "node_modules"
NOT_FOUND = re.compile(r"\S+ not found: |could not import ")


@dataclass(frozen=True)
class Part:
    """One part of the machine: its name, the command that installs it, and where to look (``None``: not there)."""

    name: str
    install: str
    find: Callable[[], str | None]


def on_path(*names: str) -> Callable[[], str | None]:
    """Make a finder for the first of ``names`` that is an executable on ``PATH``."""
    return lambda: next((path for path in map(shutil.which, names) if path), None)


CHROMIUM = Part("chromium", "apt-get install chromium", on_path("chromium", "chromium-browser", "google-chrome"))
REDIS_SERVER = Part("redis-server", "apt-get install redis-server", on_path("redis-server"))
NGINX = Part("nginx", "apt-get install nginx-light", on_path("nginx"))
NODE = Part("node", "apt-get install nodejs npm", on_path("node", "nodejs"))
NPM_PACKAGES = Part(
    "tests/npm/node_modules",
    "npm ci --ignore-scripts --prefix tests/npm",
    lambda: str(NODE_MODULES) if NODE_MODULES.is_dir() else None,
)


def require_all() -> bool:
    """Tell whether a missing part is a failure here."""
    return os.environ.get("GARRISON_REQUIRE_ALL") == "1"


def require(part: Part) -> str:
    """Return where ``part`` is; without it, skip the test (or fail it, see the module's text)."""
    return part.find() or missing(part.name, part.install)


def require_module(name: str, distribution: str | None = None) -> ModuleType:
    """Import and return the module ``name``; ``distribution`` is what ``pip`` calls it, if that differs."""
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        missing(name, f"pip install {distribution or name}")


def missing(name: str, install: str) -> NoReturn:
    """Skip, or fail under ``GARRISON_REQUIRE_ALL=1``, because ``name`` is not on this machine."""
    reason = f"{name} not found: {install}"
    if require_all():
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason, allow_module_level=True)


def skip_reason(report: Any) -> str:
    """Return the reason that a skipped report carries, without pytest's own prefix."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


def refuse_skip(report: Any) -> None:
    """Turn a skip for a missing part into a failure where nothing may be missing."""
    if report.skipped and not hasattr(report, "wasxfail") and require_all():
        reason = skip_reason(report)
        if NOT_FOUND.match(reason):
            report.outcome, report.longrepr = "failed", f"GARRISON_REQUIRE_ALL=1, but {reason}"


def count_skips(reports: Iterable[Any]) -> Counter[str]:
    """Count the skipped ``reports`` by reason; that of a missing part says how to install it."""
    return Counter(map(skip_reason, reports))
