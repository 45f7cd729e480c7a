"""Control ``monitoring.error-events``: every unhandled exception and every 5xx answer is an event."""

from __future__ import annotations

from flask import Response

from ..context import SecurityContext
from ..events import name_with, record
from .gate import Gate

CONTROL = "monitoring.error-events"


def install(gate: Gate) -> None:
    """Watch exceptions and answers; an answer is never changed, so ``observe`` and ``enforce`` are the same."""
    if gate.mode(CONTROL) == "off":
        return
    gate.error_watches.append(_unhandled)
    gate.departures.append(_server_error)


def _unhandled(context: SecurityContext, error: BaseException) -> None:
    record(
        context,
        name_with("sys_crash", type(error).__name__),
        control=CONTROL,
        outcome="error",
        status=500,
        detail={"exception": f"{type(error).__module__}.{type(error).__qualname__}"},
    )


def _server_error(context: SecurityContext, response: Response) -> None:
    if response.status_code >= 500 and not context.failed:
        context.failed = True
        name = name_with("sys_crash", str(response.status_code))
        record(context, name, control=CONTROL, outcome="error", status=response.status_code)
