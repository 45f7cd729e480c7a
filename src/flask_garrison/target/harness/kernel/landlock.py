"""Landlock: the kernel itself refuses to write outside the private folder; no privilege is needed.

Numbers and structures as in ``linux/landlock.h``. Each version of the interface adds something; only what the running
kernel knows is asked for.
"""

from __future__ import annotations

import ctypes
import os
from contextlib import suppress

from ..hooks import real
from .libc import syscall

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1

EXECUTE = 1 << 0
WRITE_FILE = 1 << 1
_CHANGES = WRITE_FILE | sum(1 << bit for bit in range(4, 13))
"""Writing a file, removing and making anything."""
_REFER = 1 << 13
TRUNCATE = 1 << 14
CONNECT_TCP = 1 << 1
_FOREIGN_ABSTRACT_SOCKETS, _FOREIGN_SIGNALS = 1 << 0, 1 << 1

_DEVICES = ("null", "zero", "full", "random", "urandom", "tty", "ptmx")


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """Return the version of the interface.

    Raises:
        OSError: where the kernel has none, or it is off.
    """
    return syscall(_CREATE, None, 0, _VERSION)


def confine(root: str, *, execute: bool, connect: bool) -> list[str]:
    """Confine this process and what it starts; needs ``no_new_privs``.

    Args:
        root: The one folder in which anything may be changed.
        execute: Whether programs may be executed.
        connect: Whether TCP connections may be made.

    Returns:
        What is refused from now on, in words.

    Raises:
        OSError: where the kernel refuses.
    """
    known = version()
    changes = _CHANGES | (_REFER if known >= 2 else 0) | (TRUNCATE if known >= 3 else 0)
    wanted = _Ruleset(files=changes | (0 if execute else EXECUTE))
    words = ["writes outside the private copy"] + ([] if execute else ["programs"])
    size = 8
    if known >= 4:
        size = 16
        wanted.network = 0 if connect else CONNECT_TCP
        words += [] if connect else ["TCP connections"]
    if known >= 6:
        size = 24
        wanted.scoped = _FOREIGN_SIGNALS | (0 if connect else _FOREIGN_ABSTRACT_SOCKETS)
        words.append("signals to other processes")
    _apply(wanted, size, root, changes)
    return words


def _apply(wanted: _Ruleset, size: int, root: str, changes: int) -> None:
    ruleset = syscall(_CREATE, ctypes.byref(wanted), size, 0)
    try:
        _permit(ruleset, root, changes)
        with suppress(OSError):
            # Semaphores and shared memory of multiprocessing are made there, in C.
            _permit(ruleset, "/dev/shm", changes)  # noqa: S108 - permitted, not used
        for name in _DEVICES:
            with suppress(OSError):
                _permit(ruleset, f"/dev/{name}", changes & (WRITE_FILE | TRUNCATE))
        syscall(_RESTRICT, ruleset, 0)
    finally:
        real.close(ruleset)


def _permit(ruleset: int, path: str, access: int) -> None:
    parent = real.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = _Beneath(allowed=access, parent=parent)
        syscall(_ADD, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        real.close(parent)
