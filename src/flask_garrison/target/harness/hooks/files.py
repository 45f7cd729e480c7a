"""Puts the private copy in place: every function of Python that names a file."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from typing import Any

from . import real
from .patching import Builtin, replace_everywhere
from .reading import Reading
from .writing import Writing

_CHANGING = ("chmod", "utime", "truncate", "setxattr", "removexattr", "lchmod", "chflags", "lchflags")


def install_files(reading: Reading, writing: Writing) -> None:
    """Let the application's file functions work on the private copy."""
    replacements: dict[Any, Any] = {original: Builtin(new, original) for original, new in _pairs(reading, writing)}
    replacements[io.FileIO] = _file_class(writing)
    replace_everywhere(replacements)


def _pairs(reading: Reading, writing: Writing) -> list[tuple[Callable[..., Any], Callable[..., Any]]]:
    pairs: list[tuple[Callable[..., Any], Callable[..., Any]]] = [
        (real.open_file, writing.open_file),
        (io.open_code, _reading_code(reading)),
        (os.open, writing.open),
        (os.stat, reading.stat),
        (os.lstat, reading.lstat),
        (os.access, reading.access),
        (os.readlink, reading.readlink),
        (os.listdir, reading.listdir),
        (os.scandir, reading.scandir),
        (os.getcwd, reading.working),
        (os.getcwdb, reading.working_bytes),
        (os.chdir, reading.change_working),
        (os.mkdir, writing.mkdir),
        (os.rmdir, writing.rmdir),
        (os.unlink, writing.unlink),
        (os.remove, writing.unlink),
        (os.rename, writing.rename),
        (os.replace, writing.rename),
        (os.link, writing.link),
        (os.symlink, writing.symlink),
        (os.mkfifo, writing.mkfifo),
        (os.chown, writing.changing_owner(os.chown)),
        (os.lchown, writing.changing_owner(os.lchown)),
    ]
    pairs += [(getattr(os, name), writing.changing(getattr(os, name))) for name in _CHANGING if hasattr(os, name)]
    pairs += [(getattr(os, name), _asking(reading, name)) for name in _ASKING if hasattr(os, name)]
    return pairs


_ASKING = ("statvfs", "getxattr", "listxattr", "pathconf")


def _asking(reading: Reading, name: str) -> Callable[..., Any]:
    original = getattr(os, name)

    def ask(path: Any = ".", *args: Any, **options: Any) -> Any:
        if isinstance(path, int):
            return original(path, *args, **options)
        follow = options.get("follow_symlinks", True)
        return original(reading.to_read(path, follow=follow), *args, **options)

    return ask


def _reading_code(reading: Reading) -> Callable[[str], Any]:
    original = io.open_code

    def open_code(path: str) -> Any:
        return original(reading.to_read(path))

    return open_code


def _file_class(writing: Writing) -> type[io.FileIO]:
    """Return what stands for :class:`io.FileIO`, and counts every real one as its own."""
    original = io.FileIO

    class Kind(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, original)

    class FileIO(original, metaclass=Kind):  # type: ignore[misc, valid-type]  # a class that is a value
        def __init__(self, file: Any, mode: str = "r", closefd: bool = True, opener: Any = None) -> None:
            with writing.announcing(file):
                super().__init__(file, mode, closefd, opener or (None if isinstance(file, int) else writing.open_for))

    return FileIO
