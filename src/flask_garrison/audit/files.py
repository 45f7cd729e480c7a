"""Which files below a folder are read, and how: no link, pipe, giant or locked folder stops or fools it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..findings import NotChecked

MAX_BYTES = 2 * 1024 * 1024
SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "site-packages"})
"""Folders whose content others wrote; hidden folders and virtual environments are skipped too."""

_OTHERS = "Audit it by its own path, or accept this entry in garrison.toml."


class UnreadableError(Exception):
    """A file that cannot be read.

    Attributes:
        reason: Why, in words.
        how_to_include: What the user can do.
    """

    def __init__(self, reason: str, how_to_include: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.how_to_include = how_to_include


@dataclass(slots=True)
class Walk:
    """Walks a folder once, each folder at its own path first, then through links.

    Attributes:
        root: A folder or a file.
        wanted: Tells by its path relative to the root whether a file is read.
        foreign: Tells whether a folder, besides those that are always skipped, holds what others wrote or a tool built.
        not_checked: What could not be looked into.
    """

    root: Path
    wanted: Callable[[Path], bool]
    foreign: Callable[[Path], bool] = lambda folder: False
    not_checked: list[NotChecked] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)
    _links: list[Path] = field(default_factory=list)

    def files(self) -> list[Path]:
        """Return the wanted files, sorted by path."""
        if not self.root.is_dir():
            return [self.root] if self.wanted(Path(self.root.name)) else []
        found = list(self._below(self.root))
        while self._links:
            found += self._through(self._links.pop(0))
        return sorted(found, key=lambda path: path.relative_to(self.root).parts)

    def _below(self, top: Path) -> Iterator[Path]:
        folders = [top]
        while folders:
            folder = folders.pop()
            for entry in self._entries(folder):
                path = Path(entry.path)
                if entry.is_symlink() and not _leads_to_file(path):
                    self._links.append(path)
                elif entry.is_dir():
                    if not self.foreign(path):
                        folders.append(path)
                elif self.wanted(path.relative_to(self.root)):
                    yield path

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in self._seen:
                return []
            self._seen.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                return [entry for entry in sorted(entries, key=lambda entry: entry.name) if not _skipped(entry)]
        except OSError as error:
            self._leave_out(folder, _words(error), "Give the user who runs the audit the right to read it.")
            return []

    def _through(self, link: Path) -> Iterator[Path]:
        """Follow a link that leads to no file: to a folder, in a circle, outside, or nowhere."""
        try:
            real = link.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            looped = isinstance(error, RuntimeError) or error.errno == errno.ELOOP
            if looped or self.wanted(link.relative_to(self.root)):
                reason = "a link that leads in a circle" if looped else "a link that leads nowhere"
                self._leave_out(link, reason, "Repair or remove the link.")
            return
        if link.parent.resolve().is_relative_to(real):
            self._leave_out(link, "a link that leads in a circle", "Repair or remove the link.")
        elif not real.is_relative_to(self.root.resolve()):
            self._leave_out(link, f"a link that leads outside, to {real}", _OTHERS)
        elif real.is_dir():
            yield from self._below(link)

    def _leave_out(self, path: Path, reason: str, how_to_include: str) -> None:
        self.not_checked.append(NotChecked(what=shown(path), reason=reason, how_to_include=how_to_include))


def read_text(path: Path) -> str:
    """Return the text of a file.

    Raises:
        UnreadableError: for what is no regular file, larger than :data:`MAX_BYTES`, not UTF-8, or not permitted.
    """
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"not UTF-8 (byte {error.start})", "Save it as UTF-8; Flask reads no other.") from error


def read_bytes(path: Path, most: int = MAX_BYTES) -> bytes:
    """Return the content of a file of at most so many bytes.

    Raises:
        UnreadableError: for what is no regular file, larger, or not permitted.
    """
    try:
        # Not blocking: a pipe that nobody writes to would otherwise stop the audit here.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise UnreadableError(_words(error), "Give the user who runs the audit the right to read it.") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnreadableError("not a regular file", "Remove it, or accept this entry in garrison.toml.")
        content = file.read(most + 1)
    if len(content) > most:
        raise UnreadableError(f"larger than {most // 2**20} MB", "Split it, or accept this entry in garrison.toml.")
    return content


def shown(path: Path) -> str:
    """Return a path as the user can open it: relative where it lies below the current folder."""
    absolute = Path(os.path.abspath(path))
    here = Path.cwd()
    return absolute.relative_to(here).as_posix() if absolute.is_relative_to(here) else absolute.as_posix()


def _skipped(entry: os.DirEntry[str]) -> bool:
    try:
        if not entry.is_dir():
            return False
    except OSError:
        # A link that leads to itself: it is looked at as a link, later.
        return False
    hidden_or_foreign = entry.name.startswith(".") or entry.name in SKIPPED_FOLDERS
    return hidden_or_foreign or os.path.lexists(os.path.join(entry.path, "pyvenv.cfg"))


def _leads_to_file(path: Path) -> bool:
    try:
        return not stat.S_ISDIR(path.stat().st_mode)
    except (OSError, RuntimeError):
        return False


def _words(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
