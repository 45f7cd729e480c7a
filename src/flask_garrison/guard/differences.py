"""Differences between what the application sends itself and what the policy wants, each named once."""

from __future__ import annotations

from ..context import SecurityContext
from ..events import name_with, record

_LIMIT = 2_000


class Differences:
    """Remembers which differences of one control were named already; bounded, for values a client may influence."""

    def __init__(self, control: str) -> None:
        self._control = control
        self._seen: set[tuple[str, str]] = set()

    def note(self, context: SecurityContext, difference: str, *, observed: bool = False) -> None:
        """Record ``difference`` as an event, once for each endpoint.

        Args:
            observed: The application's value was left as it is (observe mode).
        """
        key = (context.endpoint, difference)
        if key in self._seen or len(self._seen) >= _LIMIT:
            return
        self._seen.add(key)
        record(
            context,
            name_with("privilege_permissions_changed", "", self._control, "application", "garrison"),
            control=self._control,
            outcome="would_refuse" if observed else "allowed",
            detail={"difference": difference},
        )
