"""Error handlers that show what they should log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...facts.layers import file_of, layers, line_of, words_of, written_as
from ...facts.own_code import is_own
from ...inspected import Inspected
from ...rule import Match, Rule, checks

SHOWS_TRACE = Rule(
    id="assessment.error-handler-shows-trace",
    kind="runtime",
    control="assessment.error-pages",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(209,),
    asvs=("V16.5.1",),
    title="An error handler puts the traceback into its answer",
    why="A traceback names files, functions, statements and values. Whoever can make the application fail reads how it "
    "is built.",
    fix="Log the traceback and answer with a general sentence.",
    before="@app.errorhandler(Exception)\ndef failed(error):\n    return traceback.format_exc(), 500",
    after='@app.errorhandler(Exception)\ndef failed(error):\n    app.logger.exception("failed")\n'
    '    return "Something went wrong.", 500',
    guard="It looks at error pages on their way out and replaces those that show the inside.",
    language="python",
    lesson="assessment-debug-is-on",
    items=(62,),
    seen_by=("assessment.error-page-traceback",),
)

_TRACE = frozenset(("format_exc", "format_tb", "format_exception", "format_stack", "exc_info", "TracebackException"))
LOGS = frozenset(
    [
        "logger",
        "logging",
        "log",
        "exception",
        "error",
        "warning",
        "critical",
        "print",
        "print_exc",
        "capture_exception",
        "write",
        "send",
        "notify",
        "record",
        "log_exception",
        "emit",
        "report",
        "publish",
    ]
)


def handlers_of(inspected: Inspected) -> Iterator[tuple[str, type[BaseException], Any]]:
    """Yield the project's own error handlers for all exceptions and for 500, with what they are for."""
    for spec in inspected.app.error_handler_spec.values():
        for by_class in spec.values():
            for kind, handler in by_class.items():
                name = kind.__name__
                if (kind is Exception or name == "InternalServerError") and is_own(inspected, handler):
                    yield name, kind, handler


@checks(SHOWS_TRACE, reads="app", needs=lambda inspected: any(True for _ in handlers_of(inspected)))
def shows_trace(inspected: Inspected) -> Iterator[Match]:
    """Find handlers whose code asks for the traceback and logs nothing."""
    if inspected.enforces("assessment.error-pages"):
        return
    for name, _, handler in handlers_of(inspected):
        words = words_of(handler)
        used = sorted(words & _TRACE)
        if used and words.isdisjoint(LOGS):
            where = written_as(next(layers(handler)))
            evidence = (Evidence("config", f"{where} uses {used[0]} and logs nothing"),)
            title = f"the handler for {name} shows a traceback"
            yield Match(title, path=file_of(handler), line=line_of(handler), evidence=evidence)
