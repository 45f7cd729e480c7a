"""From a path as it was written to the place that it means, links resolved as the application sees them."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable

from . import real

_MOST_LINKS = 40
_NEVER_RESOLVED = ("/proc", "/sys")
"""Their links are not links: they lead to what a process has open."""


class Places:
    """Resolves paths against both layers.

    Args:
        upper: The upper layer; a path in it means the place that it repeats.
        actual: From a place to the path to read.
    """

    def __init__(self, upper: str, actual: Callable[[str], str]) -> None:
        self._upper = upper
        self._actual = actual
        self._folders: dict[str, str] = {}

    def forget(self) -> None:
        """Drop what was remembered: a link may have come or gone."""
        self._folders.clear()

    def absolute(self, path: str, folder: int | None = None) -> str:
        """Return an absolute path, its ``..`` and links still in it.

        Args:
            path: As it was written.
            folder: Descriptor of the open folder that it is relative to; ``None`` for the working directory.
        """
        if not path.startswith("/"):
            base = self.working() if folder is None else self.of_descriptor(folder)
            path = f"{base}/{path}"
        return self.lowered(path)

    def working(self) -> str:
        """Return the working directory as the application knows it."""
        return self.lowered(real.getcwd())

    def lowered(self, path: str) -> str:
        """Return the place that a path in the upper layer repeats; any other path as it is."""
        if path == self._upper:
            return "/"
        return path[len(self._upper) :] if path.startswith(self._upper + "/") else path

    def of_descriptor(self, descriptor: int) -> str:
        """Return the place of an open folder.

        Raises:
            NotImplementedError: where the system does not tell.
        """
        if os.path.isdir("/proc/self/fd"):
            return self.lowered(real.readlink(f"/proc/self/fd/{descriptor}"))
        import fcntl

        if not hasattr(fcntl, "F_GETPATH"):
            raise NotImplementedError("this system does not tell which folder a descriptor is")
        found: bytes = fcntl.fcntl(descriptor, fcntl.F_GETPATH, b"\0" * 1024)
        return self.lowered(os.fsdecode(found.rstrip(b"\0")))

    def place(self, path: str, *, follow: bool = True, folder: int | None = None) -> str:
        """Return the place that a path means.

        Args:
            path: As it was written.
            follow: Whether a link at its end is followed.
            folder: Descriptor of the open folder that it is relative to.

        Raises:
            OSError: ``ELOOP``.
        """
        whole = self.absolute(path, folder)
        head, tail = os.path.split(whole.rstrip("/"))
        if tail in ("", ".", ".."):
            return self._resolved(whole)
        place = f"{self._folder(head or '/').rstrip('/')}/{tail}"
        return self._resolved(place) if follow and self._target(place) is not None else place

    def _folder(self, path: str) -> str:
        found = self._folders.get(path)
        if found is None:
            found = self._folders[path] = self._resolved(path)
        return found

    def _resolved(self, path: str) -> str:
        rest = path.split("/")[::-1]
        done, links = "", 0
        while rest:
            part = rest.pop()
            if part in ("", "."):
                continue
            if part == "..":
                done = os.path.dirname(done).rstrip("/")
                continue
            done = f"{done}/{part}"
            if done in _NEVER_RESOLVED:
                return "/".join([done, *(each for each in rest[::-1] if each)])
            target = self._target(done)
            if target is not None:
                links += 1
                if links > _MOST_LINKS:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), path)
                done = "" if target.startswith("/") else os.path.dirname(done).rstrip("/")
                rest += target.split("/")[::-1]
        return done or "/"

    def _target(self, place: str) -> str | None:
        try:
            return self.lowered(real.readlink(self._actual(place)))
        except OSError:
            return None
