"""Security events: what happened, to whom it matters, in one vocabulary.

    from flask_garrison import events
    events.subscribe(lambda event: ...)

Events go, as one line of JSON each, to the logger ``flask_garrison.events``: at ``WARNING`` where something was refused
or failed, else at ``INFO``. Without any logging configured they reach standard error from ``WARNING`` on, as Python
does.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from ..context import SecurityContext
from .dispatch import Subscriber, install
from .event import Outcome, SecurityEvent
from .redaction import Words
from .vocabulary import NAMES, name_with

__all__ = ["NAMES", "Outcome", "SecurityEvent", "Words", "emit", "flush", "name_with", "record", "subscribe"]

LOGGER = "flask_garrison.events"
_logger = logging.getLogger(LOGGER)


def _log(event: SecurityEvent) -> None:
    level = logging.INFO if event.outcome == "allowed" else logging.WARNING
    if _logger.isEnabledFor(level):
        _logger.log(level, "%s", event.as_json())


_dispatcher = install(_log)


def subscribe(subscriber: Subscriber) -> Callable[[], None]:
    """Call ``subscriber`` with every event from now on, on a background thread.

    What it raises is logged; how long it takes delays other subscribers only. When it falls 10,000 events behind, the
    rest is dropped for subscribers (never for the log) and the number is logged.

    Returns:
        A function that ends the subscription.
    """
    return _dispatcher.subscribe(subscriber)


def emit(event: SecurityEvent) -> None:
    """Send one event to the log and to every subscriber. Never raises, never blocks."""
    _dispatcher.emit(event)


def flush(timeout: float = 5.0) -> bool:
    """Wait, at most ``timeout`` seconds, until subscribers have seen every event; return whether they have."""
    return _dispatcher.flush(timeout)


def record(
    context: SecurityContext,
    event: str,
    *,
    control: str,
    outcome: Outcome,
    status: int | None = None,
    parameter: str = "",
    appsensor: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """Emit an event about the request of ``context``; who, where and when are filled in."""
    principal = context.principal
    emit(
        SecurityEvent(
            event=event,
            control=control,
            outcome=outcome,
            app=context.app.name,
            route=context.route,
            method=context.request.method,
            status=status,
            client=context.client,
            account=principal.id if principal else "",
            session=context.session_digest,
            request_id=context.request_id,
            parameter=parameter,
            appsensor=appsensor,
            detail=detail or {},
        )
    )
