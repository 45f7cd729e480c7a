"""A token bucket: so many in so much time, with bursts up to the whole amount."""

from __future__ import annotations

import threading
from collections.abc import Callable


class Bucket:
    """Counts what one process accepts.

    Args:
        amount: How many are accepted in each period; also the largest burst.
        period: Seconds.
        clock: Monotonic seconds; tests hand in their own.
    """

    def __init__(self, amount: int, period: float, clock: Callable[[], float]) -> None:
        self._amount = float(amount)
        self._rate = amount / period
        self._clock = clock
        self._left = float(amount)
        self._seen = clock()
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Take one; return whether there was one left."""
        with self._lock:
            now = self._clock()
            self._left = min(self._amount, self._left + max(0.0, now - self._seen) * self._rate)
            self._seen = now
            if self._left < 1:
                return False
            self._left -= 1
            return True
