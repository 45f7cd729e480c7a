"""The store of one control: the counters that the policy names, and what is done when they cannot be reached."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from ...context import SecurityContext
from ...errors import RefusedUnavailable
from ...events import Words, name_with, record
from ...policy import Mode, Policy
from ..gate import refuse
from .memory import MemoryCounters
from .windows import EMPTY, Limit, Window

RETRY_SECONDS = 5
WORDS = "This cannot be answered at the moment. Please try again later."
_ADVICE = {
    "memory": "Each process counts for itself until it answers again.",
    "refuse": "What is limited is refused until it answers again (limit_storage_failure).",
    "allow_insecure": "Nothing is limited until it answers again (limit_storage_failure).",
}
_FULL = "All max_limit_keys places are taken; newcomers start from the lowest count. Raise it, or name a limit_storage."


class Store:
    """Counts for one control.

    Args:
        policy: Names the storage, what happens without it, and the bound of memory.
        control: Id of the control, which events name.
        mode: ``observe`` refuses nothing, whatever the policy says of a storage that is down.
        clock: Seconds that never go back.

    Raises:
        PolicyError: if the package of the storage is missing.
    """

    def __init__(self, policy: Policy, control: str, mode: Mode, clock: Callable[[], float] = time.monotonic) -> None:
        self._control = control
        self._mode = mode
        self._clock = clock
        self._failure = policy.limit_storage_failure
        self._near = MemoryCounters(policy.max_limit_keys, clock)
        self._far: Any = None
        if not policy.limit_storage.startswith("memory"):
            from .shared import SharedCounters

            self._far = SharedCounters(policy.limit_storage)
        self._lock = threading.Lock()
        self._retry_at: float | None = None
        self._told_full = False

    def hit(self, context: SecurityContext, limit: Limit, key: str, *, late: bool = False) -> bool:
        """Count one more if the limit allows it, and return whether it did.

        Args:
            late: The view has answered; a storage that is down refuses nothing any more.

        Raises:
            RefusedUnavailable: if the storage is down and the policy says ``refuse``.
        """
        counted: bool | None = self._counters(context, "hit", limit, key)
        allowed = self._without(context, late) if counted is None else counted
        self._watch_room(context)
        return allowed

    def take(self, context: SecurityContext, limit: Limit, key: str) -> tuple[bool, Window]:
        """Count as :meth:`hit` does; return whether the limit allows it, and the window as it is then.

        Raises:
            RefusedUnavailable: if the storage is down and the policy says ``refuse``.
        """
        taken: tuple[bool, Window] | None = self._counters(context, "take", limit, key)
        if taken is None:
            taken = (self._without(context, late=False), EMPTY)
        self._watch_room(context)
        return taken

    def _watch_room(self, context: SecurityContext) -> None:
        if self._near.overflowed and not self._told_full:
            self._told_full = True
            self._tell(context, "sys_monitor_disabled", _FULL, "allowed")

    def look(self, context: SecurityContext, limit: Limit, key: str) -> Window:
        """Return the window without counting; an empty one where nothing is known."""
        found: Window | None = self._counters(context, "look", limit, key)
        return EMPTY if found is None else found

    def has_room(self, context: SecurityContext, limit: Limit, key: str) -> bool:
        """Return whether the limit allows one more, without counting.

        Raises:
            RefusedUnavailable: if the storage is down and the policy says ``refuse``.
        """
        found: Window | None = self._counters(context, "look", limit, key)
        return self._without(context, late=False) if found is None else found.remaining(limit) > 0

    def give_back(self, context: SecurityContext, limit: Limit, key: str) -> None:
        """Take one off."""
        self._counters(context, "give_back", limit, key)

    def clear(self, context: SecurityContext, limit: Limit, key: str) -> None:
        """Forget the key, also in the memory that stood in for a storage."""
        self._near.clear(limit, key)
        self._counters(context, "clear", limit, key)

    def _counters(self, context: SecurityContext, verb: str, limit: Limit, key: str) -> Any:
        """Ask the storage; if it is down, memory, or nobody (``None``) where the policy says so."""
        if self._far is None:
            return getattr(self._near, verb)(limit, key)
        if self._may_try():
            try:
                answer = getattr(self._far, verb)(limit, key)
            except self._far.errors as error:
                self._note_down(context, error)
            else:
                self._note_up(context)
                return answer
        return getattr(self._near, verb)(limit, key) if self._failure == "memory" else None

    def _may_try(self) -> bool:
        """Return whether the storage is up, or it is time for one request to see whether it is again."""
        if self._retry_at is None:
            return True
        with self._lock:
            now = self._clock()
            if self._retry_at is not None and now < self._retry_at:
                return False
            # The others go on without it while this request tries.
            self._retry_at = now + RETRY_SECONDS
            return True

    def _note_down(self, context: SecurityContext, error: Exception) -> None:
        with self._lock:
            news = self._retry_at is None
            self._retry_at = self._clock() + RETRY_SECONDS
        if news:
            problem = f"The storage of limits cannot be used ({type(error).__name__}). {_ADVICE[self._failure]}"
            self._tell(context, "sys_monitor_disabled", problem, "error")

    def _note_up(self, context: SecurityContext) -> None:
        if self._retry_at is None:
            return
        with self._lock:
            news = self._retry_at is not None
            self._retry_at = None
        if news:
            self._tell(context, "sys_monitor_enabled", "The storage of limits answers again.", "allowed")

    def _without(self, context: SecurityContext, late: bool) -> bool:
        if self._failure == "refuse" and not late:
            event = name_with("sys_monitor_disabled", "garrison", "limit_storage")
            evidence = {"problem": Words(_ADVICE["refuse"])}
            refusal = RefusedUnavailable(self._control, WORDS, event=event, evidence=evidence)
            refusal.retry_after = RETRY_SECONDS
            refuse(context, self._mode, refusal)
        return True

    def _tell(self, context: SecurityContext, event: str, problem: str, outcome: Any) -> None:
        name = name_with(event, "garrison", "limit_storage")
        record(context, name, control=self._control, outcome=outcome, detail={"problem": Words(problem)})
