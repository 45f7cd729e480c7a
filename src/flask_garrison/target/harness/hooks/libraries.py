"""``ctypes.util.find_library`` without the compiler and ``ldconfig`` that Python would start for it."""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Iterator

from .patching import Builtin, replace_everywhere

_STANDARD = ("/lib", "/usr/lib", "/lib64", "/usr/lib64", "/usr/local/lib", "/lib/*-linux-*", "/usr/lib/*-linux-*")


def install_libraries() -> None:
    """Look in the folders of the loader instead; honest applications find their libraries so."""
    if sys.platform == "linux":
        import ctypes.util

        replace_everywhere({ctypes.util.find_library: Builtin(find_library, ctypes.util.find_library)})


def find_library(name: str) -> str | None:
    """Return the file name of a shared library, such as ``libz.so.1``, or ``None``."""
    wanted = re.compile(rf"lib{re.escape(name)}\.so(\.\d+)?")
    found = {file for folder in _folders() for file in _files(folder) if wanted.fullmatch(file)}
    # The name with a version is the one that programs are linked to.
    return max(found, key=len, default=None)


def _folders() -> Iterator[str]:
    yield from filter(None, os.environ.get("LD_LIBRARY_PATH", "").split(":"))
    for file in ("/etc/ld.so.conf", *sorted(glob.glob("/etc/ld.so.conf.d/*.conf"))):
        yield from (line.strip() for line in _lines(file) if line.startswith("/"))
    for pattern in _STANDARD:
        yield from glob.glob(pattern)


def _lines(file: str) -> list[str]:
    try:
        with open(file, encoding="utf-8", errors="replace") as text:
            return text.readlines()
    except OSError:
        return []


def _files(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
