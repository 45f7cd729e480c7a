"""A private copy that lies over the file system: what is written goes into it, what is read comes from both.

The upper layer is a folder that repeats the paths of the files in it; the lower layer is the real file system, and is
only ever read. A path that was removed is remembered as *gone*; whatever lies below it in the lower layer is hidden for
good, so that a folder that is made again at the same place starts empty.

All paths here are *places*: absolute, with every link resolved as the application sees it.
"""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable
from typing import NoReturn

from . import real
from .copying import Copier
from .places import Places


class Overlay:
    """The two layers seen as one.

    Args:
        root: The private folder, its links resolved; the upper layer is in it.
        copier: Copies from below to above, within a budget.
        changed: Called with each place that the application writes, changes or removes.
    """

    def __init__(self, root: str, copier: Copier, changed: Callable[[str], None]) -> None:
        self.root = root
        self.upper = os.path.join(root, "files")
        self.touched = False
        self.lock = threading.RLock()
        self._gone: set[str] = set()
        self._raised: set[str] = set()
        self._moved = False
        self._copier = copier
        self._changed = changed
        self.places = Places(self.upper, self.actual)

    def above(self, place: str) -> str:
        """Return where a place is, or would be, in the upper layer."""
        return self.upper + place

    def actual(self, place: str) -> str:
        """Return the path to read from; one that does not exist where the place is gone."""
        if not self.touched:
            return place
        above = self.upper + place
        if self._may_be_above(place) and real.exists(above):
            return above
        return above if self._gone and self.is_hidden(place) else place

    def _may_be_above(self, place: str) -> bool:
        """Return whether the upper layer may have a place; most folders are not in it, which saves asking."""
        return self._moved or (place.rpartition("/")[0] or "/") in self._raised

    def is_hidden(self, place: str) -> bool:
        """Return whether what the lower layer has at a place does not count."""
        while len(place) > 1:
            if place in self._gone:
                return True
            place = os.path.dirname(place)
        return False

    def mode(self, place: str) -> int:
        """Return type and permissions of what is at a place, or 0 for nothing."""
        try:
            return real.lstat(self.actual(place)).st_mode
        except OSError:
            return 0

    def prepare(self, place: str, *, contents: bool = True, told: bool = True) -> str:
        """Return the path to write to, with everything there that the real place has.

        Args:
            place: What will be written or changed.
            contents: Whether the bytes matter; an empty file of the same permissions will do otherwise.
            told: Whether this is recorded as a change.

        Raises:
            OSError: where the folder above it does not exist.
        """
        with self.lock:
            self.raise_folder(os.path.dirname(place))
            above = self.upper + place
            if not real.exists(above) and self._is_below(place):
                self._copier.copy(place, above, contents=contents)
            if told:
                self._changed(place)
            return above

    def raise_folder(self, place: str) -> None:
        """Repeat a folder, and those above it, in the upper layer."""
        self.check_folder(place)
        self._raised.add(place)
        if not real.exists(self.upper + place):
            self.raise_folder(os.path.dirname(place))
            self.touched = True
            self._copier.folder(place, self.upper + place)

    def check_folder(self, place: str) -> None:
        """Raise what the operating system raises where a place is no folder."""
        if not stat.S_ISDIR(self.mode(place)):
            if self.mode(place):
                fail(errno.ENOTDIR, place)
            self.missing(place)

    def missing(self, place: str) -> NoReturn:
        """Raise what the operating system raises where there is nothing at a place."""
        above = self.mode(os.path.dirname(place))
        fail(errno.ENOTDIR if above and not stat.S_ISDIR(above) else errno.ENOENT, place)

    def names(self, place: str) -> list[str]:
        """Return the names in a folder, of both layers."""
        above = self.upper + place
        found = dict.fromkeys(real.listdir(above)) if real.exists(above) else {}
        if self._is_below(place):
            for name in real.listdir(place):
                if os.path.join(place, name) not in self._gone:
                    found.setdefault(name)
        elif not found:
            real.listdir(above)
        return list(found)

    def remove(self, place: str) -> None:
        """Take away a file or link."""
        with self.lock:
            mode = self.mode(place)
            if not mode:
                self.missing(place)
            if stat.S_ISDIR(mode):
                fail(errno.EISDIR, place)
            self.raise_folder(os.path.dirname(place))
            self._drop(place, real.unlink)

    def remove_folder(self, place: str) -> None:
        """Take away an empty folder."""
        with self.lock:
            self.check_folder(place)
            if self.names(place):
                fail(errno.ENOTEMPTY, place)
            self.raise_folder(os.path.dirname(place))
            self._drop(place, real.rmdir)

    def rename(self, source: str, target: str) -> None:
        """Move a file, a link or a whole folder."""
        with self.lock:
            for each in (source, target):
                self.check_folder(os.path.dirname(each))
            if not self.mode(source):
                self.missing(source)
            self._check_rename(source, target)
            if self._is_same(source, target):
                return
            above = self._whole(source)
            # What is in a folder that moved has folders above it that were never raised by these names.
            self._moved = self._moved or stat.S_ISDIR(self.mode(source))
            self.raise_folder(os.path.dirname(target))
            if stat.S_ISDIR(self.mode(source)) and real.exists(self.upper + target):
                real.rmdir(self.upper + target)
            real.rename(above, self.upper + target)
            self._gone |= {source, target}
            self._gone.discard("/")
            self.places.forget()
            self._changed(source)
            self._changed(target)

    def add(self, place: str, make: Callable[[str], None]) -> None:
        """Make something new at a place, with a function that takes the path in the upper layer."""
        with self.lock:
            if self.mode(place):
                fail(errno.EEXIST, place)
            self.raise_folder(os.path.dirname(place))
            make(self.upper + place)
            self.places.forget()
            self._changed(place)

    def _is_below(self, place: str) -> bool:
        return real.exists(place) and not self.is_hidden(place)

    def _drop(self, place: str, take_away: Callable[[str], None]) -> None:
        if real.exists(self.upper + place):
            take_away(self.upper + place)
        self._gone.add(place)
        self.touched = True
        self.places.forget()
        self._changed(place)

    def _is_same(self, source: str, target: str) -> bool:
        """Return whether both are names of one file: then there is nothing to do, as POSIX has it."""
        if not self.mode(target):
            return False
        one, other = real.lstat(self.actual(source)), real.lstat(self.actual(target))
        return os.path.samestat(one, other)

    def _check_rename(self, source: str, target: str) -> None:
        there = self.mode(target)
        if target.startswith(source + "/") and stat.S_ISDIR(self.mode(source)):
            fail(errno.EINVAL, source)
        if not there or source == target:
            return
        if source.startswith(target + "/"):
            fail(errno.ENOTEMPTY, source)
        if stat.S_ISDIR(there) != stat.S_ISDIR(self.mode(source)):
            fail(errno.EISDIR if stat.S_ISDIR(there) else errno.ENOTDIR, target)
        if stat.S_ISDIR(there) and self.names(target):
            fail(errno.ENOTEMPTY, target)

    def _whole(self, place: str) -> str:
        """Return the path of something in the upper layer, with all that is in it."""
        above = self.prepare(place)
        if stat.S_ISDIR(self.mode(place)):
            for name in self.names(place):
                self._whole(os.path.join(place, name))
        return above


def fail(number: int, path: object) -> NoReturn:
    """Raise what the operating system would raise."""
    raise OSError(number, os.strerror(number), path)
