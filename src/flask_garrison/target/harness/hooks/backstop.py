"""The audit hook: it refuses what got around the private copy, and what nothing else stands for.

Python cannot remove an audit hook, so an application that finds an original function again still meets it. It is an
accident guard all the same: code that means harm can leave Python.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

from ..recorder import Recorder
from . import real
from .databases import Databases
from .overlay import Overlay
from .writing import OPEN_TO_ALL, Writing, writes

Hook = Callable[..., None]


class Backstop:
    """Holds every change of a file against the private folder."""

    def __init__(self, overlay: Overlay, writing: Writing, databases: Databases, recorder: Recorder) -> None:
        self._root = overlay.root + "/"
        self._overlay = overlay
        self._announced = writing.announced
        self._databases = databases
        self._recorder = recorder

    def hooks(self) -> dict[str, Hook]:
        """Return what to call for which audit event."""
        one = ("remove", "mkdir", "rmdir", "truncate", "utime", "chmod", "chown", "setxattr", "removexattr", "chflags")
        hooks: dict[str, Hook] = {f"os.{name}": self._one for name in one}
        hooks |= {"os.rename": self._two, "os.link": self._two, "os.symlink": self._second}
        return hooks | {"open": self._open, "sqlite3.connect": self._connect}

    def _open(self, path: Any, mode: Any, flags: int) -> None:
        if path is None or isinstance(path, int) or not writes(flags):
            return
        if getattr(self._announced, "path", None) == path:
            self._announced.path = None
            return
        self._one(path)

    def _connect(self, database: Any) -> None:
        if not self._databases.is_copy(database):
            raise self._recorder.refuse("write", f"the database {os.fsdecode(database)}")

    def _one(self, path: Any, *_: Any) -> None:
        if not self._is_private(path):
            raise self._recorder.refuse("write", _shown(path))

    def _two(self, first: Any, second: Any, *_: Any) -> None:
        self._one(first)
        self._one(second)

    def _second(self, _: Any, second: Any, *__: Any) -> None:
        self._one(second)

    def _is_private(self, path: Any) -> bool:
        if isinstance(path, int):
            return self._descriptor_is_private(path)
        whole = os.path.normpath(os.path.join(real.getcwd(), os.fsdecode(path)))
        return whole.startswith(self._root) or whole in OPEN_TO_ALL or whole.startswith("/proc/")

    def _descriptor_is_private(self, descriptor: int) -> bool:
        """A file that is open for writing is private, or was so before the guards; one for reading may be real."""
        try:
            import fcntl

            return bool(fcntl.fcntl(descriptor, fcntl.F_GETFL) & (os.O_WRONLY | os.O_RDWR)) or (
                self._overlay.places.of_descriptor(descriptor) != real.readlink(f"/proc/self/fd/{descriptor}")
            )
        except (OSError, NotImplementedError):
            return False


def install_hooks(*parts: dict[str, Hook]) -> None:
    """Add the audit hook that asks each part about its events."""
    hooks: dict[str, Hook] = {}
    for part in parts:
        hooks |= part

    def hook(event: str, args: tuple[Any, ...]) -> None:
        found = hooks.get(event)
        if found is not None:
            found(*args)

    sys.addaudithook(hook)


def _shown(path: Any) -> str:
    return f"the open file {path}" if isinstance(path, int) else os.fsdecode(path)
