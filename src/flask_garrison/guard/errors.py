"""Control ``monitoring.error-events``: every unhandled exception, 5xx answer and broken stream is an event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask import Response

from ..context import SecurityContext
from ..events import name_with, record
from .gate import BLAME, Gate

CONTROL = "monitoring.error-events"


def install(gate: Gate) -> None:
    """Watch exceptions and answers; an answer is never changed, so ``observe`` and ``enforce`` are the same."""
    if gate.mode(CONTROL) == "off":
        return
    gate.error_watches.append(_unhandled)
    gate.departures.append(_server_error)
    gate.departures.append(_watch_stream)


def _unhandled(context: SecurityContext, error: BaseException) -> None:
    _record_crash(context, error, status=500)


def _server_error(context: SecurityContext, response: Response) -> None:
    # A refusal with 503 is Garrison's own word, and has its event already.
    if response.status_code >= 500 and not context.failed and not context.refused:
        context.failed = True
        name = name_with("sys_crash", str(response.status_code))
        record(context, name, control=CONTROL, outcome="error", status=response.status_code)


def _watch_stream(context: SecurityContext, response: Response) -> None:
    if not response.direct_passthrough and response.is_streamed:
        context.remember_who()
        response.response = _watched(context, response.response, response.status_code)


def _watched(context: SecurityContext, chunks: Iterable[Any], status: int) -> Iterator[Any]:
    """Pass chunks on; name an error that breaks them, and let the server see it so that it ends the connection."""
    try:
        yield from chunks
    except Exception as error:
        _record_crash(context, error, status=status, stream=True)
        raise
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()


def _record_crash(context: SecurityContext, error: BaseException, *, status: int, stream: bool = False) -> None:
    detail: dict[str, object] = {"exception": f"{type(error).__module__}.{type(error).__qualname__}"}
    for note in getattr(error, "__notes__", ()):
        if note.startswith(BLAME):
            detail["guard"] = note.removeprefix(BLAME)
    if stream:
        detail["note"] = "The answer broke off while it was being sent."
    record(
        context,
        name_with("sys_crash", type(error).__name__),
        control=CONTROL,
        outcome="error",
        status=status,
        detail=detail,
    )
