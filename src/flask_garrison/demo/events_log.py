"""The events of the demo: kept in memory for the table, and in a file, whole."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .. import events
from ..events import SecurityEvent


class EventLog:
    """Every event since the start, in order."""

    def __init__(self) -> None:
        self._seen: list[SecurityEvent] = []

    def add(self, event: SecurityEvent) -> None:
        """Take one event; called by the dispatcher's thread."""
        self._seen.append(event)

    def mark(self) -> int:
        """Return a place in the log, after everything that happened so far."""
        events.flush()
        return len(self._seen)

    def since(self, mark: int, control: str = "", seconds: float = 0.0) -> tuple[SecurityEvent, ...]:
        """Return the events after ``mark``, of one control or all; wait at most ``seconds`` for the first.

        A browser sends its reports when it likes, which is after the page is there.
        """
        deadline = time.monotonic() + seconds
        while True:
            events.flush()
            found = tuple(event for event in self._seen[mark:] if not control or event.control == control)
            if found or time.monotonic() >= deadline:
                return found
            time.sleep(0.02)


@contextmanager
def recording(path: Path) -> Iterator[EventLog]:
    """Record events until the block ends; the logger writes them to ``path`` instead of the terminal."""
    log = EventLog()
    handler = logging.FileHandler(path, encoding="utf-8")
    logger = logging.getLogger(events.LOGGER)
    before = (logger.propagate, logger.level)
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.INFO)
    unsubscribe = events.subscribe(log.add)
    try:
        yield log
    finally:
        unsubscribe()
        logger.removeHandler(handler)
        logger.propagate, level = before
        logger.setLevel(level)
        handler.close()
