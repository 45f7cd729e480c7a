"""Work in a process of its own, which begins with everything that this one has read."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


class Apart(Generic[Result]):
    """A piece of work that runs beside this process, or in it where that cannot be.

    Args:
        work: Called once; what it returns is pickled, so it consists of plain data.
        wanted: Whether the work is worth a process.
    """

    def __init__(self, work: Callable[[], Result], *, wanted: bool = True) -> None:
        self._work = work
        self._pid = 0
        self._pipe = -1
        if wanted and _can_fork():
            self._start()

    def _start(self) -> None:
        read, write = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            self._pid = os.fork()
        except OSError:
            os.close(read)
            os.close(write)
            return
        if self._pid == 0:
            os.close(read)
            _child(self._work, write)
        os.close(write)
        self._pipe = read

    def result(self) -> Result:
        """Return what the work returned; without a process, or where that came to grief, it is done here."""
        if self._pipe < 0:
            return self._work()
        with os.fdopen(self._pipe, "rb") as pipe:
            data = pipe.read()
        _, status = os.waitpid(self._pid, 0)
        if status != 0 or not data:
            return self._work()
        made: Result = pickle.loads(data)  # noqa: S301 - written by this program a moment ago
        return made


def _can_fork() -> bool:
    """Return whether a process can be forked: not where threads hold locks that nobody would let go of."""
    return hasattr(os, "fork") and threading.active_count() == 1


def _child(work: Callable[[], Any], write: int) -> None:
    status = 1
    try:
        data = pickle.dumps(work(), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(write, "wb") as pipe:
            pipe.write(data)
        status = 0
    except BaseException:
        status = 1
    finally:
        # Neither handlers of the parent nor its buffers are this process's to run.
        os._exit(status)
