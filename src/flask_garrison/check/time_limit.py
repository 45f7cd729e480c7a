"""A limit on the time of one request, in the main thread of a process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_AGAIN = 0.5
"""Seconds after which a view is interrupted again that caught the first interruption and went on."""


class TooSlow(BaseException):
    """The time is over. No ``Exception``, so that no ``except Exception`` of the application takes it for its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise :class:`TooSlow` inside the block when it takes longer.

    Outside the main thread and where there is no ``SIGALRM`` nothing is limited; the limit of the whole run is.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    armed = [True]

    def interrupt(*_: object) -> None:
        if armed:
            raise TooSlow

    before = signal.signal(signal.SIGALRM, interrupt)
    timer = signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        armed.clear()
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, before)
