"""From the request to whoever listens, without ever harming the request.

The default sink is called where the event happens: it is a log call, and an event must not be lost with the process.
Subscribers run on one background thread behind a bounded queue, so one that blocks or raises harms nobody. A flood of
like events is passed on up to ``BURST`` a window and counted after that; summaries carry the exact count.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .event import SecurityEvent

if TYPE_CHECKING:
    from queue import Queue

Subscriber = Callable[[SecurityEvent], object]

CONTROL = "monitoring.flood-aggregation"
BURST = 20
WINDOW_SECONDS = 1.0
MAX_KEYS = 4_096
QUEUE_SIZE = 10_000

_log = logging.getLogger("flask_garrison")
_Key = tuple[str, ...]
_OVERFLOW: _Key = ("overflow",)


class _Flood:
    """Count of one kind of event in the current window."""

    __slots__ = ("count", "event", "since", "suppressed")

    def __init__(self, event: SecurityEvent, since: float) -> None:
        self.event = event
        self.since = since
        self.count = 0
        self.suppressed = 0


class Dispatcher:
    """Delivers events to the sink and to the subscribers; one a process, made anew after a fork.

    Args:
        sink: Called at once with each event that is not part of a flood.
        clock: Monotonic seconds; tests hand in their own.
    """

    def __init__(self, sink: Subscriber, clock: Callable[[], float] = time.monotonic) -> None:
        self._sink = sink
        self._clock = clock
        self._lock = threading.Lock()
        self._floods: dict[_Key, _Flood] = {}
        self._subscribers: tuple[Subscriber, ...] = ()
        self._thread: threading.Thread | None = None
        self._waiting: Queue[SecurityEvent] | None = None
        self._dropped = 0

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Add a subscriber; return a function that removes it."""
        with self._lock:
            self._subscribers = (*self._subscribers, subscriber)

        def unsubscribe() -> None:
            with self._lock:
                self._subscribers = tuple(one for one in self._subscribers if one is not subscriber)

        return unsubscribe

    def emit(self, event: SecurityEvent) -> None:
        """Pass one event on, or count it as part of a flood."""
        with self._lock:
            due = self._close_windows()
            if not self._count(event):
                self._start_thread()
                event_to_pass = None
            else:
                event_to_pass = event
        for summary in due:
            self._pass(summary)
        if event_to_pass is not None:
            self._pass(event_to_pass)

    def flush(self, timeout: float = 5.0) -> bool:
        """Pass on all summaries and wait until the subscribers have seen every event.

        Returns:
            Whether they had, within ``timeout`` seconds.
        """
        with self._lock:
            due = self._close_windows(everything=True)
        for summary in due:
            self._pass(summary)
        return self._drain(timeout)

    @property
    def _queue(self) -> Queue[SecurityEvent]:
        # Made for the first subscriber: most processes have none, and need not import it.
        if self._waiting is None:
            self._waiting = _queue_module().Queue(QUEUE_SIZE)
        return self._waiting

    def _count(self, event: SecurityEvent) -> bool:
        key: _Key = (event.name, event.control, event.outcome, event.app, event.route, event.client)
        flood = self._floods.get(key)
        if flood is None:
            if len(self._floods) >= MAX_KEYS:
                key = _OVERFLOW
            flood = self._floods.get(key) or self._floods.setdefault(key, _Flood(event, self._clock()))
        flood.count += 1
        if flood.count <= BURST:
            return True
        flood.suppressed += 1
        return False

    def _close_windows(self, everything: bool = False) -> list[SecurityEvent]:
        now = self._clock()
        # Insertion order is the order of age, so the walk stops at the first open window.
        closed: list[_Key] = []
        for key, flood in self._floods.items():
            if not everything and now - flood.since < WINDOW_SECONDS:
                break
            closed.append(key)
        return [summary for key in closed if (summary := _summary(key, self._floods.pop(key))) is not None]

    def _pass(self, event: SecurityEvent) -> None:
        try:
            self._sink(event)
        except Exception:
            _log.exception("The event sink failed.")
        if not self._subscribers:
            return
        with self._lock:
            self._start_thread()
        try:
            self._queue.put_nowait(event)
        except _queue_module().Full:
            self._dropped += 1
            if self._dropped & (self._dropped - 1) == 0:
                _log.error("Subscribers are too slow: %d events did not reach them (the log has them).", self._dropped)

    def _start_thread(self) -> None:
        if self._thread is None:
            self._queue  # noqa: B018 - made here, under the lock
            self._thread = threading.Thread(target=self._work, name="garrison-events", daemon=True)
            self._thread.start()

    def _work(self) -> None:
        while True:
            try:
                event = self._queue.get(timeout=WINDOW_SECONDS)
            except _queue_module().Empty:
                with self._lock:
                    due = self._close_windows()
                for summary in due:
                    self._pass(summary)
                continue
            try:
                self._deliver(event)
            finally:
                self._queue.task_done()

    def _deliver(self, event: SecurityEvent) -> None:
        for subscriber in self._subscribers:
            try:
                subscriber(event)
            except Exception:
                _log.exception("A subscriber to security events failed; the request was not affected.")

    def _drain(self, timeout: float) -> bool:
        if self._waiting is None:
            return True
        deadline = time.monotonic() + timeout
        with self._queue.all_tasks_done:
            while self._queue.unfinished_tasks:
                remaining = deadline - time.monotonic()
                if remaining <= 0:
                    return False
                self._queue.all_tasks_done.wait(remaining)
        return True


def _summary(key: _Key, flood: _Flood) -> SecurityEvent | None:
    if not flood.suppressed:
        return None
    mixed = key is _OVERFLOW
    detail: dict[str, object] = {"suppressed": flood.suppressed, "window_seconds": WINDOW_SECONDS}
    if mixed:
        detail["note"] = "Events of several kinds: too many different ones at once."
    fresh = SecurityEvent(event=flood.event.event, control=flood.event.control, outcome=flood.event.outcome, app="")
    return replace(flood.event, id=fresh.id, time=fresh.time, request_id="", detail=detail)


def install(sink: Subscriber) -> Dispatcher:
    """Make the process's dispatcher: flushed at exit, with locks and threads of its own after a fork."""
    dispatcher = Dispatcher(sink)
    atexit.register(lambda: dispatcher.flush(timeout=1.0))
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: _restart(dispatcher))
    return dispatcher


def _restart(dispatcher: Dispatcher) -> None:
    subscribers = dispatcher._subscribers
    dispatcher.__init__(dispatcher._sink, dispatcher._clock)  # type: ignore[misc]
    dispatcher._subscribers = subscribers


def _queue_module() -> Any:
    import queue

    return queue
