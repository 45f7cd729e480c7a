"""The child process as its parent sees it: started, fed, read, and ended with everything it left running."""

from __future__ import annotations

import json
import os
import secrets
import selectors
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

Ready = list[tuple[selectors.SelectorKey, int]]
MODULE = "flask_garrison.target.harness.child"
MARK = "GARRISON_HARNESS"
"""Environment variable that every process of one run has, and no other."""
_OF_A_SERVER = ("WERKZEUG_RUN_MAIN", "WERKZEUG_SERVER_FD", "FLASK_RUN_FROM_CLI")
_TICK = 0.05
_ROUNDS = 64
"""How often a pipe is read when its process has ended: what it held, even if a stranger goes on writing."""
_START = 20.0
"""Seconds that the child has for starting, and for writing down where it stood when its own clock ran out."""
_GRACE = 5.0
"""Seconds for ending what forks faster than it is killed."""


@contextmanager
def private_folder() -> Iterator[Path]:
    """Make the private folder; remove it with everything in it, whatever its permissions."""
    root = Path(os.path.realpath(tempfile.mkdtemp(prefix="garrison-run-")))
    try:
        (root / "tmp").mkdir()
        yield root
    finally:
        _remove(root)


def _remove(root: Path) -> None:
    def open_up(_: Any, path: str, __: Any) -> None:
        with suppress(OSError):
            os.chmod(os.path.dirname(path), stat.S_IRWXU)
            os.chmod(path, stat.S_IRWXU)
            os.rmdir(path) if os.path.isdir(path) and not os.path.islink(path) else os.unlink(path)

    shutil.rmtree(root, onerror=open_up)
    if root.exists():
        shutil.rmtree(root, ignore_errors=True)


class ChildProcess:
    """One child.

    Args:
        root: Its private folder.
        request: What it shall do; goes in on its standard input.
        output_bytes: How much of what it prints is kept.
    """

    def __init__(self, root: Path, request: Mapping[str, Any], output_bytes: int) -> None:
        self._token = secrets.token_hex(16)
        self._room = output_bytes
        self._printed: list[bytes] = []
        self._dropped = 0
        sent = json.dumps(request).encode()
        self._process = subprocess.Popen(  # noqa: S603 - Python itself, with words of our own
            [sys.executable, "-P", "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._environment(root),
            start_new_session=True,
        )
        try:
            for stream in (self._process.stdout, self._process.stderr):
                os.set_blocking(_number(stream), False)
            self._feed(sent)
        except BaseException:
            self.end()
            raise

    def _environment(self, root: Path) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in _OF_A_SERVER}
        return inherited | {
            MARK: self._token,
            "PYTHONDONTWRITEBYTECODE": "1",
            # SQLite's own temporary files are made in C, where no path is rewritten.
            "SQLITE_TMPDIR": str(root / "tmp"),
        }

    def _feed(self, request: bytes) -> None:
        with suppress(BrokenPipeError), _pipe(self._process.stdin) as entrance:
            entrance.write(request)

    @property
    def status(self) -> int | None:
        """Exit status, negative for a signal, or ``None`` while it runs."""
        return self._process.poll()

    @property
    def printed(self) -> str:
        """What it printed, and how much of it was dropped."""
        text = b"".join(self._printed).decode("utf-8", "replace")
        return text + (f"\n... and {self._dropped} bytes more\n" if self._dropped else "")

    def read(self, seconds: float, most: int, take: Callable[[bytes], bool], memory_mb: int) -> str:
        """Read until a message says that it is the last, or the process ends.

        Args:
            seconds: Time limit of the child; it gets a little more to say where it stood.
            most: Longest message, in bytes.
            take: Takes a message; returns whether it is the last one.
            memory_mb: Memory limit, in MiB.

        Returns:
            Why reading ended: ``last``, ``ended``, ``time``, ``memory`` or ``message`` (one that is too long).
        """
        deadline = time.monotonic() + seconds + _START
        lines = _Lines(most)
        with selectors.DefaultSelector() as selector:
            for stream in (self._process.stdout, self._process.stderr):
                selector.register(_number(stream), selectors.EVENT_READ)
            while True:
                ended = self.status is not None
                why = self._read_once(selector, lines, take)
                if why or ended:
                    return why or "ended"
                if time.monotonic() > deadline:
                    return "time"
                if _resident(self._process.pid) > memory_mb * 1024 * 1024:
                    return "memory"

    def _read_once(self, selector: selectors.BaseSelector, lines: _Lines, take: Callable[[bytes], bool]) -> str:
        """Read what is there: all that the pipes held where the process has ended, and no more."""
        ended = self.status is not None
        for _ in range(_ROUNDS if ended else 1):
            ready = selector.select(0 if ended else _TICK)
            if why := self._read_ready(selector, ready, lines, take):
                return why
        if not selector.get_map():
            # Both pipes are closed; it is about to end.
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_TICK)
        return ""

    def _read_ready(
        self, selector: selectors.BaseSelector, ready: Ready, lines: _Lines, take: Callable[[bytes], bool]
    ) -> str:
        for key, _ in ready:
            block = _some(key.fd)
            if not block:
                selector.unregister(key.fd)
            elif key.fd == _number(self._process.stderr):
                self._keep(block)
            elif why := lines.feed(block, take):
                return why
        return ""

    def _keep(self, block: bytes) -> None:
        kept = block[: self._room]
        self._room -= len(kept)
        self._dropped += len(block) - len(kept)
        if kept:
            self._printed.append(kept)

    def end(self) -> None:
        """Kill it, its process group, and what left the group."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._end_marked()
        for _ in range(_ROUNDS):
            self._keep(_some(_number(self._process.stderr)))
        for stream in (self._process.stdout, self._process.stderr):
            _pipe(stream).close()

    def _end_marked(self) -> None:
        """Kill what inherited the mark, until there is none: a process may fork while it is killed."""
        deadline = time.monotonic() + _GRACE
        while (found := list(_marked(self._token))) and time.monotonic() < deadline:
            for process in found:
                with suppress(ProcessLookupError, PermissionError):
                    os.kill(process, signal.SIGKILL)
            time.sleep(_TICK / 10)


class _Lines:
    """Cuts what comes through the pipe into lines, none longer than a limit."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._begun: list[bytes] = []
        self._length = 0

    def feed(self, block: bytes, take: Callable[[bytes], bool]) -> str:
        """Hand on each whole line; return why to stop, or an empty text."""
        *whole, rest = block.split(b"\n")
        for line in whole:
            if take(b"".join([*self._begun, line])):
                return "last"
            self._begun, self._length = [], 0
        self._begun.append(rest)
        self._length += len(rest)
        return "message" if self._length > self._most else ""


def _some(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except BlockingIOError:
        return b""


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    assert stream is not None, "every stream of the child is a pipe"  # noqa: S101 - for the type checker
    return stream


def _number(stream: IO[bytes] | None) -> int:
    return _pipe(stream).fileno()


def _resident(process: int) -> int:
    """Return the memory that a process has in use, in bytes; 0 where the system does not tell."""
    try:
        with open(f"/proc/{process}/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError, ValueError):
        return 0


def _marked(token: str) -> Iterator[int]:
    """Return the processes that inherited the mark of a run, whatever session they moved to."""
    mark = f"{MARK}={token}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                yield int(folder.name)
