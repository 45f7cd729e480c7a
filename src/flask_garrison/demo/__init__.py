"""``garrison demo``: a small app is attacked as it is and with one line more, then served guarded.

Nothing here is imported by an app that guards itself, and nothing listens on any address but 127.0.0.1.
"""

from __future__ import annotations

from .performance import perform
from .results import DemoResult, Outcome, Row
from .run import run

__all__ = ["DemoResult", "Outcome", "Row", "perform", "run"]
