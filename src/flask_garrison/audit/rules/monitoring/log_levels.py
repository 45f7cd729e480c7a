"""How much is logged: errors that nobody hears of, and more than anybody should."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...facts.log_handlers import hears
from ...inspected import Inspected
from ...rule import Match, Rule, checks

CONTROL = "monitoring.log-settings"
_LESSON = "monitoring-silent-break-in"
_WIRES = ("http.client", "urllib3", "httpx", "httpcore", "botocore", "requests_oauthlib", "oauthlib")

SILENT = Rule(
    id="monitoring.silent-errors",
    kind="runtime",
    control=CONTROL,
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(223, 778),
    asvs=("V16.3.4",),
    title="Errors of the application are not logged",
    why="Flask logs every unhandled exception at level ERROR. With a higher level, no handler or a disabled logger it "
    "goes nowhere: an attack that makes pages fail, and one that has succeeded, leave no trace.",
    fix="Let the application's logger write ERROR to somewhere that is kept.",
    before="logging.disable(logging.CRITICAL)",
    after="logging.basicConfig(level=logging.INFO)",
    guard="It turns every unhandled exception into an event, which a subscriber can keep.",
    language="python",
    lesson=_LESSON,
    items=(129,),
)
VERBOSE = Rule(
    id="monitoring.debug-logging",
    kind="runtime",
    control="monitoring.redaction",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(532,),
    asvs=("V16.2.5",),
    title="The log has what only a developer should see",
    why="At level DEBUG libraries write what they send and receive: addresses with tokens, headers with passwords, "
    "values of queries. Logs are read by more people, kept for longer and protected less than what they describe.",
    fix="Log at INFO, and raise the level of single loggers while looking for something.",
    before="logging.basicConfig(level=logging.DEBUG)",
    after="logging.basicConfig(level=logging.INFO)",
    guard="It removes secrets from its own events. What the application logs is the application's.",
    language="python",
    lesson=_LESSON,
    items=(129,),
)


@checks(SILENT, reads="app")
def silent_errors(inspected: Inspected) -> Iterator[Match]:
    """Find an application whose errors are written nowhere."""
    if not hears(inspected, logging.ERROR):
        reason = "logging is disabled" if logging.root.manager.disable >= logging.ERROR else "no handler takes them"
        yield Match(f"errors are not logged: {reason}", subject="errors")


@checks(VERBOSE, reads="app")
def debug_logging(inspected: Inspected) -> Iterator[Match]:
    """Find loggers at DEBUG that are heard, while the application itself is not in debug mode."""
    if inspected.app.debug:
        return
    if inspected.app.logger.isEnabledFor(logging.DEBUG) and hears(inspected, logging.DEBUG):
        yield Match("the application's logger writes DEBUG", subject="application")
    for name in _WIRES:
        logger = logging.root.manager.loggerDict.get(name)
        if isinstance(logger, logging.Logger) and logger.isEnabledFor(logging.DEBUG) and logger.hasHandlers():
            yield Match(f"{name} logs what it sends and receives", subject=name)
    client = inspected.module("http.client")
    if client is not None and client.HTTPConnection.debuglevel > 0:
        yield Match("http.client prints headers and bodies", severity=Severity.MEDIUM, subject="debuglevel")
