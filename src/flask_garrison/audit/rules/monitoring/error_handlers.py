"""Error handlers that keep a failure to themselves."""

from __future__ import annotations

import dis
from collections.abc import Iterator

from ....findings import Confidence, Evidence, Severity
from ...facts.layers import file_of, layers, line_of, words_of, written_as
from ...inspected import Inspected
from ...rule import Match, Rule, checks
from ..assessment.error_handlers import LOGS, handlers_of

SILENT = Rule(
    id="monitoring.silent-error-handler",
    kind="runtime",
    control="monitoring.error-events",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(390, 778),
    asvs=("V16.3.4", "V16.5.4"),
    title="A handler for every exception logs none",
    why="An exception that a handler answers counts as handled: Flask neither logs it nor tells those who listen for "
    "failures. Attacks that make the application fail leave no trace.",
    fix="Log the exception in the handler, or register it for InternalServerError, which is called after Flask has "
    "logged.",
    before='@app.errorhandler(Exception)\ndef failed(error):\n    return "Something went wrong.", 500',
    after='@app.errorhandler(InternalServerError)\ndef failed(error):\n    return "Something went wrong.", 500',
    guard="It records an event for each answer of 5xx, without the exception that a handler kept to itself.",
    language="python",
    lesson="monitoring-silent-break-in",
    items=(63,),
)


@checks(SILENT, reads="app", needs=lambda inspected: any(kind is Exception for _, kind, _ in handlers_of(inspected)))
def silent(inspected: Inspected) -> Iterator[Match]:
    """Find handlers for Exception whose code neither logs nor raises again."""
    for _, kind, handler in handlers_of(inspected):
        if kind is Exception and words_of(handler).isdisjoint(LOGS) and not _raises(handler):
            where = written_as(next(layers(handler)))
            evidence = (Evidence("config", f"{where} is registered for Exception and logs nothing"),)
            title = "the handler for Exception logs nothing"
            yield Match(title, path=file_of(handler), line=line_of(handler), evidence=evidence)


def _raises(handler: object) -> bool:
    """Return whether a handler's code has a raise, or hands the exception on."""
    code = getattr(list(layers(handler))[-1], "__code__", None)
    if code is None:
        return True
    return any(one.opname in ("RAISE_VARARGS", "RERAISE") for one in dis.get_instructions(code))
