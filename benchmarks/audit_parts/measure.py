"""One process and its children: CPU time, time on the clock and memory."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.05
"""Seconds between two looks at memory."""
_PROC = Path("/proc")
_SESSION = 3
"""Place of the session in ``/proc/PID/stat``, counted from what stands after the name."""
_KIB = 1024


@dataclass(frozen=True)
class Usage:
    """What a run took.

    Attributes:
        cpu: Seconds, user and system, of the process and of all children that were waited for.
        wall: Seconds on the clock.
        peak: Bytes; None if memory was not looked at.
        status: As ``subprocess`` gives it: negative if a signal ended it.
    """

    cpu: float
    wall: float
    peak: int | None
    status: int


def run(
    argv: Sequence[str], folder: Path, env: Mapping[str, str], printed: Path, *, seconds: float, memory: bool
) -> Usage:
    """Run a command to its end.

    Args:
        folder: Where it is run.
        printed: Gets what it prints.
        seconds: After so many it is ended, with its children.
        memory: Look at memory. That takes time itself, so no time is compared of such a run.
    """
    started = time.perf_counter()
    with printed.open("wb") as out:
        # In a session of its own: what it starts is found by that, and ended by it.
        process = subprocess.Popen(
            argv, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    timer = threading.Timer(seconds, _end, (process.pid,))
    timer.start()
    with Watch(process.pid, on=memory) as watch:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    # The kernel's own maximum is of the largest process: it misses nothing, but adds nothing up.
    peak = max(watch.peak, usage.ru_maxrss * _KIB) if memory else None
    return Usage(usage.ru_utime + usage.ru_stime, wall, peak, process.returncode)


def _end(session: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


class Watch:
    """Looks at the memory of a session's processes while the block lasts.

    Attributes:
        peak: Bytes: the most that was seen, proportional set sizes (PSS) added up. What processes share counts once.
    """

    def __init__(self, session: int, *, on: bool) -> None:
        self.peak = 0
        self._session = session
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look) if on else None

    def __enter__(self) -> Watch:
        if self._thread:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._thread:
            self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(EVERY):
            self.peak = max(self.peak, sum(map(_proportional, _members(self._session))))


def _members(session: int) -> list[Path]:
    return [path for path in _PROC.glob("[0-9]*") if _session_of(path) == session]


def _session_of(process: Path) -> int | None:
    with suppress(OSError):
        # The name stands in parentheses and may hold anything, so what follows the last one is split.
        return int((process / "stat").read_text().rpartition(")")[2].split()[_SESSION])
    return None


def _proportional(process: Path) -> int:
    with suppress(OSError):
        for line in (process / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * _KIB
    return 0
