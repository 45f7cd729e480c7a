"""Copies from the real file system into the private copy, within a budget."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress

from . import real

_BLOCK = 1024 * 1024


class Copier:
    """Copies one thing at a time.

    Args:
        budget: Bytes that may be copied in all.
        refuse: Takes the path of what cannot be copied and the reason, and returns the exception to raise.
    """

    def __init__(self, budget: int, refuse: Callable[[str, str], Exception]) -> None:
        self._budget = budget
        self._refuse = refuse

    def copy(self, source: str, target: str, *, contents: bool = True) -> None:
        """Copy a file, a link or an empty folder, with permissions and times."""
        found = real.lstat(source)
        if stat.S_ISDIR(found.st_mode):
            self.folder(source, target)
        elif stat.S_ISLNK(found.st_mode):
            real.symlink(real.readlink(source), target)
        elif stat.S_ISREG(found.st_mode):
            self._file(source, target, found, contents)
        else:
            raise self._refuse(source, "is no file that can be copied")

    def folder(self, source: str, target: str) -> None:
        """Make a folder with the permissions of another one, in which we may always write."""
        found = real.stat(source)
        real.mkdir(target, 0o700)
        _take_over(found, target, extra=0o700)

    def _file(self, source: str, target: str, found: os.stat_result, contents: bool) -> None:
        if contents and found.st_size > self._budget:
            raise self._refuse(source, f"is larger than what may still be copied ({self._budget} bytes)")
        writing = real.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            if contents:
                self._bytes(source, writing)
        except BaseException:
            # Half a copy would be read as the whole.
            real.unlink(target)
            raise
        finally:
            real.close(writing)
        _take_over(found, target)

    def _bytes(self, source: str, writing: int) -> None:
        reading = real.open(source, os.O_RDONLY)
        try:
            while block := real.read(reading, min(_BLOCK, self._budget + 1)):
                self._budget -= len(block)
                if self._budget < 0:
                    self._budget = 0
                    raise self._refuse(source, "grew beyond what may be copied")
                _write_whole(writing, block)
        finally:
            real.close(reading)


def _write_whole(descriptor: int, block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[real.write(descriptor, rest) :]


def _take_over(found: os.stat_result, target: str, extra: int = 0) -> None:
    with suppress(OSError):
        real.chmod(target, stat.S_IMODE(found.st_mode) | extra)
        real.utime(target, ns=(found.st_atime_ns, found.st_mtime_ns))
