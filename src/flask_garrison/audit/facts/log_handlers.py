"""Where an application's log entries go: the handlers that its logger reaches, as logging itself finds them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from ..inspected import Inspected


def handlers_of(inspected: Inspected) -> list[logging.Handler]:
    """Return the handlers that an entry of the application's logger comes to, each once."""
    return list(dict.fromkeys(_reached(inspected.app.logger)))


def _reached(logger: logging.Logger | None) -> Iterator[logging.Handler]:
    while logger is not None:
        yield from logger.handlers
        logger = logger.parent if logger.propagate else None


def hears(inspected: Inspected, level: int) -> bool:
    """Return whether an entry of this level is written anywhere; Python's last resort counts."""
    logger = inspected.app.logger
    if not logger.isEnabledFor(level):
        return False
    handlers = handlers_of(inspected)
    if not handlers:
        return logging.lastResort is not None and logging.lastResort.level <= level
    return any(handler.level <= level and not isinstance(handler, logging.NullHandler) for handler in handlers)


def line_handlers(inspected: Inspected) -> list[logging.StreamHandler[Any]]:
    """Return the handlers that write lines of text to a stream or file."""
    return [handler for handler in handlers_of(inspected) if isinstance(handler, logging.StreamHandler)]
