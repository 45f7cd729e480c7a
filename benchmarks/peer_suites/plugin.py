"""A pytest plugin that runs inside the other project's tests: writes down each outcome and, if asked, adds Garrison.

Garrison is added to every Flask application at its first use: before its first test client, request context or call.
By then the tests have configured the application, and it has served nothing. No file of the project is changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

_ORDER = json.loads(os.environ["PEER_SUITE"])
"""``{"out": path, "guard": bool, "config": {...}, "lines": {...}}``."""
_RANKS = ("passed", "xfailed", "skipped", "failed", "error")
_FIRST_USES = ("test_client", "test_request_context", "request_context", "wsgi_app")
_outcomes: dict[str, dict[str, Any]] = {}
_guarded: list[str] = []


def pytest_configure(config: pytest.Config) -> None:
    """Hook the first use of every application."""
    if _ORDER["guard"]:
        for name in _FIRST_USES:
            _hook(name, getattr(Flask, name))


def _hook(name: str, original: Callable[..., Any]) -> None:
    def first_use(app: Flask, *arguments: Any, **options: Any) -> Any:
        if "garrison" in app.extensions:
            return original(app, *arguments, **options)
        _guard(app)
        # Anew, through the application: it has doors of its own by now.
        return getattr(app, name)(*arguments, **options)

    setattr(Flask, name, first_use)


def _guard(app: Flask) -> None:
    from flask_garrison import Garrison

    app.config.update(_ORDER["config"])
    Garrison(app, mode="enforce", **_ORDER["lines"])
    _guarded.append(app.name)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:
    """Collect what Garrison records during one test."""
    said: list[str] = []
    stop = _listen(said) if _ORDER["guard"] else None
    yield
    if stop is not None:
        stop()
        _outcomes.setdefault(item.nodeid, {})["said"] = said


def _listen(said: list[str]) -> Callable[[], None]:
    from flask_garrison import events

    def write(event: Any) -> None:
        if event.outcome == "refused":
            said.append(f"{event.method} {event.route} {event.status} {event.control}: {event.detail}"[:700])

    unsubscribe = events.subscribe(write)

    def stop() -> None:
        events.flush()
        unsubscribe()

    return stop


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the worst of a test's three phases."""
    kept = _outcomes.setdefault(report.nodeid, {})
    outcome = _outcome(report)
    if _RANKS.index(outcome) >= _RANKS.index(kept.get("outcome", "passed")):
        kept["outcome"] = outcome
        if report.failed:
            kept["why"] = str(report.longrepr)[-1_500:]


def _outcome(report: pytest.TestReport) -> str:
    if report.failed:
        return "failed" if report.when == "call" else "error"
    if report.skipped:
        return "xfailed" if hasattr(report, "wasxfail") else "skipped"
    return "passed"


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """A file that cannot be imported counts as one error."""
    if report.failed:
        _outcomes[report.nodeid] = {"outcome": "error", "why": str(report.longrepr)[-1_500:]}


def pytest_unconfigure(config: pytest.Config) -> None:
    """Write everything down."""
    Path(_ORDER["out"]).write_text(json.dumps({"guarded": len(_guarded), "tests": _outcomes}))
