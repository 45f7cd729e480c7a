"""The place in the application's own code from which a call came."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from types import FrameType

_START = os.getcwd()
_GARRISON = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))) + os.sep


_PYTHON = tuple(
    folder + os.sep
    for name in ("stdlib", "platstdlib")
    for folder in {sysconfig.get_path(name), os.path.realpath(sysconfig.get_path(name))}
)
_PACKAGES = re.compile(rf".*{re.escape(os.sep)}(site|dist)-packages{re.escape(os.sep)}")


def is_own(file: str) -> bool:
    """Return whether a source file belongs to the application, as far as its place tells."""
    return not file.startswith(("<", _GARRISON, *_PYTHON)) and not _PACKAGES.match(file)


def _is_installed(file: str) -> bool:
    return bool(_PACKAGES.match(file)) and not file.startswith(_GARRISON)


def is_machinery(file: str) -> bool:
    """Return whether a source file only imports, starts or loads: it says nothing about an application."""
    return file.startswith(("<frozen", _GARRISON)) or file.endswith(
        (f"flask{os.sep}cli.py", f"importlib{os.sep}__init__.py")
    )


def where(frame: FrameType | None = None) -> str:
    """Return the innermost place in the application's code, as ``shop.py:12 in create_app``.

    An application that is itself an installed package has none: then the innermost place in a package is returned, and
    an empty text where there is not even that.
    """
    installed = ""
    current: FrameType | None = frame or sys._getframe(1)
    while current is not None:
        file = current.f_code.co_filename
        if is_own(file):
            return _of_frame(current)
        if not installed and _is_installed(file):
            installed = _of_frame(current)
        current = current.f_back
    return installed


def _of_frame(frame: FrameType) -> str:
    return place(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name)


def place(file: str, line: int, name: str, start: str = _START) -> str:
    """Return one place in words, its path relative to a folder, or to that of packages, where it is below it."""
    folder = start + os.sep
    shown = _PACKAGES.sub("", file[len(folder) :] if file.startswith(folder) else file)
    return f"{shown}:{line}" + ("" if name == "<module>" else f" in {name}")
