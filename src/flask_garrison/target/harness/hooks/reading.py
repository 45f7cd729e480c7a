"""The functions of :mod:`os` that read: they see the private copy and the real file system as one."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from . import real
from .overlay import Overlay

Name = str | bytes | os.PathLike[str] | os.PathLike[bytes]


@contextmanager
def named(path: object, second: object = None) -> Iterator[None]:
    """Let an error of the operating system tell the path as the application wrote it."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            error.filename = path
            if second is not None:
                error.filename2 = second
        raise


class Reading:
    """What takes the place of the reading functions."""

    def __init__(self, overlay: Overlay) -> None:
        self._overlay = overlay

    def place(self, path: Name, *, follow: bool = True, folder: int | None = None) -> str:
        """Return the place that a path means; an empty path is an error, as it is for the operating system."""
        text = os.fsdecode(path)
        if not text:
            real.lstat("")
        return self._overlay.places.place(text, follow=follow, folder=folder)

    def to_read(self, path: Name, *, follow: bool = True, folder: int | None = None) -> str:
        """Return the path to read from."""
        return self._overlay.actual(self.place(path, follow=follow, folder=folder))

    def stat(self, path: Name | int, *, dir_fd: int | None = None, follow_symlinks: bool = True) -> os.stat_result:
        """Stand for :func:`os.stat`."""
        if isinstance(path, int) or not self._overlay.touched:
            return real.stat(path, dir_fd=dir_fd, follow_symlinks=follow_symlinks)
        with named(path):
            actual = self.to_read(path, follow=follow_symlinks, folder=dir_fd)
            return real.stat(actual, follow_symlinks=follow_symlinks)

    def lstat(self, path: Name, *, dir_fd: int | None = None) -> os.stat_result:
        """Stand for :func:`os.lstat`."""
        return self.stat(path, dir_fd=dir_fd, follow_symlinks=False)

    def access(self, path: Name | int, mode: int, *, dir_fd: int | None = None, **options: bool) -> bool:
        """Stand for :func:`os.access`."""
        if isinstance(path, int) or not self._overlay.touched:
            return real.access(path, mode, dir_fd=dir_fd, **options)
        follow = options.get("follow_symlinks", True)
        return real.access(self.to_read(path, follow=follow, folder=dir_fd), mode, **options)

    def readlink(self, path: Name, *, dir_fd: int | None = None) -> str | bytes:
        """Stand for :func:`os.readlink`."""
        with named(path):
            found = real.readlink(self.to_read(path, follow=False, folder=dir_fd))
        target = self._overlay.places.lowered(found)
        return os.fsencode(target) if isinstance(os.fspath(path), bytes) else target

    def listdir(self, path: Name | int | None = None) -> list[Any]:
        """Stand for :func:`os.listdir`."""
        if not self._overlay.touched:
            return real.listdir(path)
        found = self._names("." if path is None else path)
        is_bytes = not isinstance(path, int | None) and isinstance(os.fspath(path), bytes)
        return [os.fsencode(name) for name in found] if is_bytes else found

    def scandir(self, path: Name | int | None = None) -> Any:
        """Stand for :func:`os.scandir`."""
        if not self._overlay.touched:
            return real.scandir(path)
        given = "." if path is None else path
        return Scan(iter([Entry(self, given, name) for name in self._names(given)]))

    def _names(self, path: Name | int) -> list[str]:
        with named(path):
            return self._overlay.names(self.folder(path))

    def folder(self, path: Name | int) -> str:
        """Return the place of a folder, given by its path or as an open descriptor."""
        return self._overlay.places.of_descriptor(path) if isinstance(path, int) else self.place(path)

    def working(self) -> str:
        """Stand for :func:`os.getcwd`."""
        return self._overlay.places.working()

    def working_bytes(self) -> bytes:
        """Stand for :func:`os.getcwdb`."""
        return os.fsencode(self.working())

    def change_working(self, path: Name | int) -> None:
        """Stand for :func:`os.chdir`."""
        with named(path):
            real.chdir(path if isinstance(path, int) else self.to_read(path))


class Entry:
    """What :func:`os.scandir` gives, for a name in either layer."""

    def __init__(self, reading: Reading, folder: Name | int, name: str) -> None:
        self._reading = reading
        self._place = os.path.join(reading.folder(folder), name)
        is_bytes = not isinstance(folder, int) and isinstance(os.fspath(folder), bytes)
        shown = name if isinstance(folder, int) else os.path.join(os.fsdecode(folder), name)
        self.name: Any = os.fsencode(name) if is_bytes else name
        self.path: Any = os.fsencode(shown) if is_bytes else shown

    def __fspath__(self) -> Any:
        return self.path

    def __repr__(self) -> str:
        return f"<DirEntry {self.name!r}>"

    def stat(self, *, follow_symlinks: bool = True) -> os.stat_result:
        """Return what :meth:`os.DirEntry.stat` returns."""
        with named(self.path):
            return self._reading.stat(self._place, follow_symlinks=follow_symlinks)

    def inode(self) -> int:
        """Return the inode."""
        return self.stat(follow_symlinks=False).st_ino

    def is_dir(self, *, follow_symlinks: bool = True) -> bool:
        """Return whether it is a folder."""
        return stat.S_ISDIR(self._mode(follow_symlinks))

    def is_file(self, *, follow_symlinks: bool = True) -> bool:
        """Return whether it is a file."""
        return stat.S_ISREG(self._mode(follow_symlinks))

    def is_symlink(self) -> bool:
        """Return whether it is a link."""
        return stat.S_ISLNK(self._mode(False))

    def is_junction(self) -> bool:
        """Return ``False``: only Windows has them."""
        return False

    def _mode(self, follow: bool) -> int:
        try:
            return self.stat(follow_symlinks=follow).st_mode
        except FileNotFoundError:
            return 0


class Scan:
    """The iterator that :func:`os.scandir` returns."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries = entries

    def __iter__(self) -> Iterator[Entry]:
        return self

    def __next__(self) -> Entry:
        return next(self._entries)

    def __enter__(self) -> Scan:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End it."""
        self._entries = iter(())
