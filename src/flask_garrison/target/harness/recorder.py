"""What the application tried: told to the parent at once, each thing once, and never more than a bounded number."""

from __future__ import annotations

import errno
import sys
from collections.abc import Hashable
from types import FrameType

from .channel import Channel
from .outcome import Allowance
from .where import where

MOST = 1000
"""How many different things of one kind are told."""


class Refused(PermissionError):
    """Raised inside the application instead of what it tried."""

    def __init__(self, words: str) -> None:
        super().__init__(errno.EACCES, words)


class ServerAtImport(BaseException):
    """Raised where the application starts to serve while it is loaded; no ``except Exception`` swallows it."""


class Recorder:
    """Tells the parent, and knows what is allowed."""

    def __init__(self, channel: Channel, allow: frozenset[Allowance]) -> None:
        self._channel = channel
        self._told: dict[str, set[Hashable]] = {}
        self.allow = allow
        self.loading = True
        self.server = ""

    def allows(self, *any_of: Allowance) -> bool:
        """Return whether one of these was allowed."""
        return not self.allow.isdisjoint(any_of)

    def refuse(self, kind: str, what: str, allow: Allowance | None = None) -> Refused:
        """Record an attempt and return the exception to raise."""
        place = where()
        if self._is_new("refused", (kind, what, place)):
            self._channel.send("refused", attempt=kind, what=what, where=place, allow=str(allow or ""))
        flag = f"; --allow {allow} lets it" if allow else ""
        return Refused(f"Flask-Garrison refused {_WORDS[kind]} {what} during the check{flag}")

    def redirected(self, path: str) -> None:
        """Record a file that is written, changed or removed in the copy."""
        if _is_probe():
            return
        if self._is_new("redirected", path):
            self._channel.send("redirected", path=path)

    def database(self, path: str, copy: str) -> None:
        """Record an SQLite file and its copy."""
        if self._is_new("database", path):
            self._channel.send("database", path=path, copy=copy)

    def serves(self, what: str) -> None:
        """Record that a server starts; while the application is loaded that ends the run.

        Raises:
            ServerAtImport: while it is loaded.
        """
        if self.loading:
            self.server = f"{what} at {where()}"
            self._channel.send("server", words=self.server)
            raise ServerAtImport(self.server)

    def binds(self, address: str) -> None:
        """Record a port that is bound while the application is loaded: what hangs after that may serve."""
        if self.loading and self._is_new("bound", address):
            self._channel.send("bound", words=f"{address} at {where()}")

    def exits(self, status: int) -> None:
        """Record that the application ends the process without letting anything else run."""
        self._channel.send("exit", status=status, where=where())

    def _is_new(self, kind: str, key: Hashable) -> bool:
        told = self._told.setdefault(kind, set())
        if key in told or len(told) >= MOST:
            return False
        told.add(key)
        return True


def _is_probe() -> bool:
    """Return whether :mod:`tempfile` only tries which folder it can write to."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name == "_get_default_tempdir":
            return True
        frame = frame.f_back
    return False


_WORDS = {
    "connect": "a connection to",
    "mail": "mail through",
    "command": "the command",
    "fork": "a further process by",
    "write": "to change",
}
