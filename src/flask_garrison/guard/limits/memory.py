"""Counters in the memory of one process: bounded, with a clock that does not jump.

When all places are taken, the key with the lowest count gives its place to the new one, the oldest of several first, so
a flood of fresh keys cannot flush the counter of somebody who guesses. The newcomer starts from the count that it
displaced: it may be one that was displaced itself, and a count that may be too high is safe where one that is too low
would open (Metwally et al., the Space-Saving algorithm).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from .windows import EMPTY, Limit, Window, weight

SWEEP_SECONDS = 60


class _Entry:
    """Two counts and when the current window began."""

    __slots__ = ("began", "current", "previous", "seconds")

    def __init__(self, began: float, seconds: int, current: int) -> None:
        self.began = began
        self.seconds = seconds
        self.previous = 0
        self.current = current

    @property
    def rank(self) -> int:
        return self.previous + self.current

    def roll(self, now: float) -> None:
        """Move on to the window in which ``now`` lies."""
        passed = int((now - self.began) // self.seconds)
        if passed <= 0:
            return
        self.previous = self.current if passed == 1 else 0
        self.current = 0
        self.began += passed * self.seconds

    def window(self, now: float) -> Window:
        left = self.began + self.seconds - now
        return Window(self.previous, left, self.current, left)


class MemoryCounters:
    """At most ``capacity`` windows, for threads.

    Args:
        capacity: The most keys.
        clock: Seconds that never go back.
    """

    def __init__(self, capacity: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._capacity = capacity
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: dict[str, _Entry] = {}
        # Keys of each count, oldest first.
        self._ranks: dict[int, dict[str, None]] = {}
        self._swept = float("-inf")
        self.overflowed = False

    def __len__(self) -> int:
        return len(self._entries)

    def hit(self, limit: Limit, key: str) -> bool:
        """Count one more under ``key`` if the limit allows it, and return whether it did."""
        return self.take(limit, key)[0]

    def take(self, limit: Limit, key: str) -> tuple[bool, Window]:
        """Count one more if the limit allows it; return whether it did, and the window as it is then."""
        with self._lock:
            now = self._clock()
            entry = self._entries.get(key)
            if entry is None:
                entry = self._admit(key, limit, now)
            else:
                self._unrank(key, entry)
                entry.roll(now)
            left = entry.began + entry.seconds - now
            allowed = weight(entry.previous, left, entry.current, limit) < limit.amount
            entry.current += allowed
            self._rank(key, entry)
            return allowed, Window(entry.previous, left, entry.current, left)

    def give_back(self, limit: Limit, key: str) -> None:
        """Take one off."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return
            self._unrank(key, entry)
            entry.roll(self._clock())
            if entry.current:
                entry.current -= 1
            elif entry.previous:
                entry.previous -= 1
            if entry.rank:
                self._rank(key, entry)
            else:
                del self._entries[key]

    def clear(self, limit: Limit, key: str) -> None:
        """Forget the key."""
        with self._lock:
            if key in self._entries:
                self._drop(key)

    def look(self, limit: Limit, key: str) -> Window:
        """Return the window without counting."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                return EMPTY
            now = self._clock()
            if now - entry.began >= entry.seconds:
                self._unrank(key, entry)
                entry.roll(now)
                self._rank(key, entry)
            return entry.window(now)

    def _admit(self, key: str, limit: Limit, now: float) -> _Entry:
        displaced = self._make_room(now) if len(self._entries) >= self._capacity else 0
        entry = _Entry(now, limit.seconds, displaced)
        self._entries[key] = entry
        return entry

    def _make_room(self, now: float) -> int:
        """Free one place, and return the count that gave way."""
        self._sweep(now)
        if len(self._entries) < self._capacity:
            return 0
        self.overflowed = True
        lowest = min(self._ranks)
        self._drop(next(iter(self._ranks[lowest])))
        return lowest

    def _sweep(self, now: float) -> None:
        """Drop what is over, once a minute at most, since it looks at every key."""
        if now - self._swept < SWEEP_SECONDS:
            return
        self._swept = now
        over = [key for key, entry in self._entries.items() if now - entry.began >= 2 * entry.seconds]
        for key in over:
            self._drop(key)

    def _drop(self, key: str) -> None:
        self._unrank(key, self._entries.pop(key))

    def _rank(self, key: str, entry: _Entry) -> None:
        self._ranks.setdefault(entry.rank, {})[key] = None

    def _unrank(self, key: str, entry: _Entry) -> None:
        of_rank = self._ranks[entry.rank]
        del of_rank[key]
        if not of_rank:
            del self._ranks[entry.rank]
