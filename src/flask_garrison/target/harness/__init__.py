"""The child-process harness: an application is loaded and tried in a process apart, on copies of what it would change.

An accident guard, and no sandbox for hostile code: ``docs/harness.md`` says what it holds and what it does not.
"""

from __future__ import annotations

from .outcome import Allowance, Attempt, Limits, Outcome
from .run import run_app

__all__ = ["Allowance", "Attempt", "Limits", "Outcome", "run_app"]
