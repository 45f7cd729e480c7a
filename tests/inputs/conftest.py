"""Fixtures for inputs: the events that were emitted, and clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from flask_garrison import events
from flask_garrison.events import SecurityEvent


@pytest.fixture
def seen() -> Iterator[Callable[[], list[SecurityEvent]]]:
    """Give a function that returns every event since the test began."""
    events.flush()
    collected: list[SecurityEvent] = []
    unsubscribe = events.subscribe(collected.append)

    def all_so_far() -> list[SecurityEvent]:
        assert events.flush()
        return list(collected)

    yield all_so_far
    unsubscribe()
