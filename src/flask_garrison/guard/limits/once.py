"""Say a thing once in a while: what would be refused in observe mode is one event for each window."""

from __future__ import annotations

import time

LIMIT = 2_000


class OncePerWindow:
    """Remembers what was said, and until when it is not said again; at most ``LIMIT`` things."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def is_new(self, name: str, seconds: float) -> bool:
        """Return whether ``name`` was not said in the last ``seconds``, and remember that it is now."""
        now = time.monotonic()
        if self._until.get(name, now) > now:
            return False
        if len(self._until) >= LIMIT:
            self._until.clear()
        self._until[name] = now + seconds
        return True
