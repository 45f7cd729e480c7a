"""What a report says of the run itself, which is not part of the result: when it was, and what came before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..findings.history import OVERDUE_AFTER, PastRun


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run.

    Attributes:
        made: When it ended, with a time zone; ``None`` where nobody says, so that equal runs give equal reports.
        command: ``audit`` or ``check``; empty where nobody says.
        before: Earlier runs of the same command on the same target, the oldest first.
        overdue: A sentence where the last of them is too old; else empty.
        days: How many days may lie between two runs.
    """

    made: datetime | None = None
    command: str = ""
    before: tuple[PastRun, ...] = ()
    overdue: str = ""
    days: int = OVERDUE_AFTER
