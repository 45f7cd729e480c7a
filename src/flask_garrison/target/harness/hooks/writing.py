"""The functions that write: what they change is changed in the private copy, and it looks as if it had been real."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from ..recorder import Recorder
from . import real
from .overlay import Overlay, fail
from .reading import Name, Reading, named

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_TEMPORARY = getattr(os, "O_TMPFILE", 0)
OPEN_TO_ALL = frozenset(
    f"/dev/{name}" for name in ("null", "zero", "full", "random", "urandom", "tty", "ptmx", "stdout", "stderr")
)
"""Devices that keep nothing."""


def writes(flags: int) -> bool:
    """Return whether these flags of :func:`os.open` let anything change."""
    return bool(flags & _WRITES) or bool(_TEMPORARY and flags & _TEMPORARY == _TEMPORARY)


class Writing:
    """What takes the place of the writing functions, and of :func:`open`."""

    def __init__(self, overlay: Overlay, reading: Reading, recorder: Recorder) -> None:
        self._overlay = overlay
        self._reading = reading
        self._recorder = recorder
        self.announced = threading.local()

    def open_file(
        self,
        file: Name | int,
        mode: str = "r",
        buffering: int = -1,
        encoding: str | None = None,
        errors: str | None = None,
        newline: str | None = None,
        closefd: bool = True,
        opener: Callable[[Any, int], int] | None = None,
    ) -> Any:
        """Stand for :func:`open`. The name of the file object stays what the application wrote."""
        if not isinstance(file, int):
            opener = opener or self.open_for
        with self.announcing(file):
            return real.open_file(file, mode, buffering, encoding, errors, newline, closefd, opener)

    @contextmanager
    def announcing(self, file: Name | int) -> Iterator[None]:
        """Tell the backstop of the path that Python announces before it asks the opener: nothing is opened there."""
        self.announced.path = None if isinstance(file, int) else os.fspath(file)
        try:
            yield
        finally:
            self.announced.path = None

    def open_for(self, path: Name, flags: int) -> int:
        """Open the file of a file object; an opener as :func:`open` takes it."""
        return self.open(path, flags, 0o666)

    def open(self, path: Name, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        """Stand for :func:`os.open`."""
        with named(path):
            if not writes(flags):
                if not self._overlay.touched:
                    return real.open(path, flags, mode, dir_fd=dir_fd)
                follow = not flags & os.O_NOFOLLOW
                return real.open(self._reading.to_read(path, follow=follow, folder=dir_fd), flags, mode)
            follow = not flags & os.O_NOFOLLOW and not (flags & os.O_CREAT and flags & os.O_EXCL)
            return self._open_to_write(self._reading.place(path, follow=follow, folder=dir_fd), flags, mode)

    def _open_to_write(self, place: str, flags: int, mode: int) -> int:
        place = self._unless_open(place)
        if place in OPEN_TO_ALL or place.startswith("/proc/"):
            return real.open(place, flags, mode)
        with self._overlay.lock:
            if _TEMPORARY and flags & _TEMPORARY == _TEMPORARY:
                self._overlay.raise_folder(place)
                return real.open(self._overlay.above(place), flags, mode)
            self._check_kind(place, flags)
            return real.open(self._overlay.prepare(place, contents=not flags & os.O_TRUNC), flags, mode)

    def _unless_open(self, place: str) -> str:
        """Return the file that a path such as ``/proc/self/fd/3`` leads to; a pipe or terminal there may be written."""
        if not place.startswith("/proc/"):
            return place
        with suppress(OSError):
            if "/fd/" in place:
                target = real.readlink(place)
                is_kept = (
                    target.startswith("/") and target not in OPEN_TO_ALL and stat.S_ISREG(real.stat(place).st_mode)
                )
                return self._overlay.places.lowered(target) if is_kept else place
        raise self._recorder.refuse("write", place)

    def _check_kind(self, place: str, flags: int) -> None:
        kind = self._overlay.mode(place)
        if not kind and not flags & os.O_CREAT:
            self._overlay.missing(place)
        if kind and flags & os.O_CREAT and flags & os.O_EXCL:
            fail(errno.EEXIST, place)
        if stat.S_ISDIR(kind):
            fail(errno.EISDIR, place)
        if stat.S_ISBLK(kind) or stat.S_ISCHR(kind) or stat.S_ISSOCK(kind):
            raise self._recorder.refuse("write", place)
        if stat.S_ISFIFO(kind) and not real.exists(self._overlay.above(place)):
            raise self._recorder.refuse("write", place)

    def mkdir(self, path: Name, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
        """Stand for :func:`os.mkdir`."""
        self._add(path, lambda above: real.mkdir(above, mode), dir_fd)

    def symlink(self, src: Name, dst: Name, target_is_directory: bool = False, *, dir_fd: int | None = None) -> None:
        """Stand for :func:`os.symlink`."""
        with named(src, dst):
            place = self._reading.place(dst, follow=False, folder=dir_fd)
            self._overlay.add(place, lambda above: real.symlink(os.fsdecode(src), above))

    def mkfifo(self, path: Name, mode: int = 0o666, *, dir_fd: int | None = None) -> None:
        """Stand for :func:`os.mkfifo`."""
        self._add(path, lambda above: real.mkfifo(above, mode), dir_fd)

    def _add(self, path: Name, make: Callable[[str], None], folder: int | None) -> None:
        with named(path):
            self._overlay.add(self._reading.place(path, follow=False, folder=folder), make)

    def link(
        self,
        src: Name,
        dst: Name,
        *,
        src_dir_fd: int | None = None,
        dst_dir_fd: int | None = None,
        follow_symlinks: bool = True,
    ) -> None:
        """Stand for :func:`os.link`; as on Linux, a link is given a second name and not followed."""
        with named(src, dst):
            source = self._reading.place(src, follow=False, folder=src_dir_fd)
            if not self._overlay.mode(source):
                self._overlay.missing(source)
            above = self._overlay.prepare(source)
            target = self._reading.place(dst, follow=False, folder=dst_dir_fd)
            self._overlay.add(target, lambda path: real.link(above, path))

    def unlink(self, path: Name, *, dir_fd: int | None = None) -> None:
        """Stand for :func:`os.unlink` and :func:`os.remove`."""
        with named(path):
            self._overlay.remove(self._reading.place(path, follow=False, folder=dir_fd))

    def rmdir(self, path: Name, *, dir_fd: int | None = None) -> None:
        """Stand for :func:`os.rmdir`."""
        with named(path):
            self._overlay.remove_folder(self._reading.place(path, follow=False, folder=dir_fd))

    def rename(self, src: Name, dst: Name, *, src_dir_fd: int | None = None, dst_dir_fd: int | None = None) -> None:
        """Stand for :func:`os.rename` and :func:`os.replace`."""
        with named(src, dst):
            source = self._reading.place(src, follow=False, folder=src_dir_fd)
            self._overlay.rename(source, self._reading.place(dst, follow=False, folder=dst_dir_fd))

    def changing(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Return what stands for a function that changes something about an existing file, such as :func:`os.chmod`."""

        def change(path: Name | int, *args: Any, dir_fd: int | None = None, **options: Any) -> Any:
            if isinstance(path, int):
                return original(path, *args, **options)
            with named(path):
                follow = options.get("follow_symlinks", True)
                place = self._reading.place(path, follow=follow, folder=dir_fd)
                kind = self._overlay.mode(place)
                if not kind:
                    self._overlay.missing(place)
                if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind) or stat.S_ISLNK(kind)):
                    raise self._recorder.refuse("write", place)
                return original(self._overlay.prepare(place), *args, **options)

        return change

    def changing_owner(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """Return what stands for :func:`os.chown`: the copy stays ours where we may not give it away."""
        change = self.changing(original)

        def change_owner(path: Name | int, *args: Any, **options: Any) -> None:
            with suppress(PermissionError):
                change(path, *args, **options)

        return change_owner
