"""A limit, and what a sliding window says of it.

A sliding window is two counts: this window's, and the last one's, which weighs less the longer it is over. It needs the
same memory for any limit, and no clock but "how long is left", so a wall clock that jumps changes nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from math import ceil, floor
from typing import NamedTuple, Protocol

_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "month": 30 * 86_400, "year": 360 * 86_400}
_PARTS = re.compile(r"(\d+)\s*(?:/|per)\s*(\d+)?\s*([a-z]+?)s?\Z")


class Limit(NamedTuple):
    """So many in so long a time.

    Attributes:
        amount: How many are allowed.
        seconds: Length of the window.
        text: As the policy writes it.
    """

    amount: int
    seconds: int
    text: str


@functools.lru_cache(maxsize=1_024)
def limit_of(text: str) -> Limit:
    """Read a limit that the policy has checked, such as ``'10 per 15 minutes'``."""
    found = _PARTS.match(text)
    if found is None:
        raise ValueError(f"{text!r} is not a limit.")
    amount, times, unit = found.groups()
    return Limit(int(amount), max(1, int(times or 1)) * _SECONDS[unit], text)


def limits_of(texts: Sequence[str]) -> list[Limit]:
    """Read several limits."""
    return [limit_of(text) for text in texts]


def weight(previous: int, previous_left: float, current: int, limit: Limit) -> int:
    """Return how much of ``limit`` two counts use, when the first still weighs for so many seconds."""
    return int(previous * previous_left / limit.seconds) + current if previous else current


class Window(NamedTuple):
    """What was counted under one key.

    Attributes:
        previous: Count of the last window.
        previous_left: Seconds for which it still weighs.
        current: Count of this window.
        current_left: Seconds until this window is the last one.
    """

    previous: int
    previous_left: float
    current: int
    current_left: float

    def weight(self, limit: Limit) -> int:
        """Return how much of ``limit`` is used."""
        return weight(self.previous, self.previous_left, self.current, limit)

    def remaining(self, limit: Limit) -> int:
        """Return how many are still allowed now."""
        return max(0, limit.amount - self.weight(limit))

    def wait(self, limit: Limit) -> int:
        """Return the whole seconds, at least one, until one more is allowed."""
        room = limit.amount - 1 - self.current
        if room >= 0:
            return _whole(self.previous_left - _weighing(self.previous, room, limit))
        return _whole(self.current_left + limit.seconds - _weighing(self.current, limit.amount - 1, limit))

    def reset(self, limit: Limit) -> int:
        """Return the whole seconds until more is allowed than now."""
        return self._reset(limit, self.remaining(limit))

    def stated(self, limit: Limit) -> str:
        """Return the item of a ``RateLimit`` field."""
        remaining = self.remaining(limit)
        return f'"{limit.text}";r={remaining};t={self._reset(limit, remaining)}'

    def _reset(self, limit: Limit, remaining: int) -> int:
        return max(1, ceil(self.current_left or limit.seconds)) if remaining else self.wait(limit)


EMPTY = Window(0, 0.0, 0, 0.0)


def _weighing(count: int, room: int, limit: Limit) -> float:
    """Return how many seconds are left of a past window when ``count`` in it weighs no more than ``room``."""
    return min(float(limit.seconds), (room + 1) * limit.seconds / max(1, count))


def _whole(seconds: float) -> int:
    """Return the first whole second that lies beyond: at the very moment nothing is allowed yet."""
    return max(0, floor(seconds)) + 1


class Counters(Protocol):
    """Where windows are kept."""

    def hit(self, limit: Limit, key: str) -> bool:
        """Count one more under ``key`` if the limit allows it, and return whether it did; both in one step."""

    def take(self, limit: Limit, key: str) -> tuple[bool, Window]:
        """Count as :meth:`hit` does; return whether it was counted, and the window as it is then."""

    def give_back(self, limit: Limit, key: str) -> None:
        """Take one off."""

    def clear(self, limit: Limit, key: str) -> None:
        """Forget the key."""

    def look(self, limit: Limit, key: str) -> Window:
        """Return the window without counting."""
