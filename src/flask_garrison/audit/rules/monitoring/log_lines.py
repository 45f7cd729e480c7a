"""What a log entry looks like when a visitor chose a part of it, and what time it says it is."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from ....findings import Confidence, Severity
from ...facts.log_handlers import line_handlers
from ...inspected import Inspected
from ...rule import Match, Rule, checks

_FORGED = "GARRISON-SECOND-LINE"
_SUMMER = 1_752_580_800
_WINTER = 1_768_478_400
"""Noon in July 2025 and in January 2026, UTC: a zone may be at UTC half of the year."""

INJECTION = Rule(
    id="monitoring.log-injection",
    kind="runtime",
    control="monitoring.log-injection",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(117,),
    asvs=("V16.4.1",),
    title="A visitor can write lines of the log",
    why="A line break in a value that is logged begins a new entry, which says what the visitor wants: a login that "
    "never was, an error that leads elsewhere. Terminals also obey control characters in it.",
    fix="Write entries as JSON, or let the formatter escape control characters in the message.",
    before='logging.Formatter("%(asctime)s %(levelname)s %(message)s")',
    after="class OneLine(logging.Formatter):\n    def formatMessage(self, record):\n"
    '        return super().formatMessage(record).replace("\\r", "\\\\r").replace("\\n", "\\\\n")',
    guard="It escapes control characters in its own events. What the application logs is the application's.",
    language="python",
    lesson="monitoring-silent-break-in",
    items=(129,),
)
ZONE = Rule(
    id="monitoring.log-time-zone",
    kind="runtime",
    control="monitoring.event-format",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    cwe=(221,),
    asvs=("V16.2.2",),
    title="Times in the log do not say which zone they are of",
    why="Who follows an attack through the logs of several machines has to know the order of things. Local time "
    "without an offset has one hour twice in autumn, and differs from machine to machine.",
    fix="Write UTC, or the offset with each time.",
    before='logging.Formatter("%(asctime)s %(message)s")',
    after='formatter = logging.Formatter("%(asctime)sZ %(message)s", "%Y-%m-%dT%H:%M:%S")\n'
    "formatter.converter = time.gmtime",
    guard="Its events carry UTC.",
    language="python",
    items=(129,),
)


def _writes_lines(inspected: Inspected) -> bool:
    return bool(line_handlers(inspected))


@checks(INJECTION, reads="app", needs=_writes_lines)
def log_injection(inspected: Inspected) -> Iterator[Match]:
    """Find handlers whose entry for a value with a line break has two lines, by formatting one; nothing is written."""
    for handler in line_handlers(inspected):
        record = _record(inspected, f"no such user: ada\n{_FORGED}")
        if any(line.startswith(_FORGED) for line in _formatted(handler, record).splitlines()):
            yield Match(f"{_name(handler)} writes a line break in a value as it is", subject=_name(handler))


@checks(ZONE, reads="app", needs=_writes_lines)
def log_time_zone(inspected: Inspected) -> Iterator[Match]:
    """Find handlers that write local time, on a machine that has another than UTC, and no offset."""
    for handler in line_handlers(inspected):
        if any(_is_local(handler, inspected, moment) for moment in (_SUMMER, _WINTER)):
            yield Match(f"{_name(handler)} writes local time without its offset", subject=_name(handler))


def _is_local(handler: logging.Handler, inspected: Inspected, moment: int) -> bool:
    """Return whether an entry of a known moment shows the local hour, and nothing that tells the zone."""
    offset = timedelta(seconds=time.localtime(moment).tm_gmtoff)
    if not offset:
        return False
    record = _record(inspected, "an entry")
    record.created, record.msecs = float(moment), 0.0
    text = _formatted(handler, record)
    local = datetime.fromtimestamp(moment, UTC) + offset
    minutes = int(offset.total_seconds()) // 60
    written = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}"
    zone = time.localtime(moment).tm_zone
    return local.strftime("%H:%M") in text and written not in text and zone not in text


def _record(inspected: Inspected, message: str) -> logging.LogRecord:
    return logging.LogRecord(inspected.app.logger.name, logging.ERROR, __file__, 1, message, None, None)


def _formatted(handler: logging.Handler, record: logging.LogRecord) -> str:
    """Return what a handler would write; its filters may change the record, as they do for real entries."""
    kept = handler.filter(record)
    if not kept:
        return ""
    try:
        return handler.format(kept if isinstance(kept, logging.LogRecord) else record)
    except Exception:
        # A formatter that needs what only real entries have, such as a request.
        return ""


def _name(handler: logging.Handler) -> str:
    return type(handler).__name__
