"""Privileges given up for good: those of root, and those that a program could bring."""

from __future__ import annotations

import ctypes
import os
import signal
from contextlib import suppress

from ..hooks import real
from .libc import prctl, syscall

_PARENT_DEATH_SIGNAL = 1
_DROP_FROM_BOUNDING_SET = 24
_NO_NEW_PRIVILEGES = 38
_AMBIENT, _CLEAR_ALL = 47, 4
_VERSION_3 = 0x20080522
_CAPSET = {"x86_64": 126, "aarch64": 91}
_READ_ANY_FILE = 2
"""``CAP_DAC_READ_SEARCH``: an application whose files belong to another user is still read by root."""
_LAST = 63


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("process", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def no_new_privileges() -> None:
    """Let no program that is executed bring privileges; Landlock and seccomp ask for it.

    Raises:
        OSError: where the kernel refuses.
    """
    prctl(_NO_NEW_PRIVILEGES, 1)


def die_with(parent: int) -> None:
    """Die when the parent does.

    Raises:
        OSError: where the kernel refuses.
    """
    prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        real.end_process(1)


def drop_capabilities() -> None:
    """Give up every capability; root keeps that of reading any file.

    Raises:
        OSError: where the kernel refuses.
    """
    number = _CAPSET.get(os.uname().machine)
    if number is None:
        raise OSError(0, f"not known how on {os.uname().machine}")
    kept = effective() & (1 << _READ_ANY_FILE) if os.geteuid() == 0 else 0
    with suppress(OSError):
        prctl(_AMBIENT, _CLEAR_ALL)
    for each in range(_LAST + 1):
        # The kernel knows fewer; it refuses the rest.
        with suppress(OSError):
            prctl(_DROP_FROM_BOUNDING_SET, each)
    sets = (_Sets * 2)(_Sets(kept, kept, 0), _Sets(0, 0, 0))
    syscall(number, ctypes.byref(_Header(_VERSION_3, 0)), ctypes.byref(sets))


def effective() -> int:
    """Return the capabilities that this process may use in its user namespace, as bits."""
    with open("/proc/self/status", encoding="ascii") as file:
        return next((int(line.split()[1], 16) for line in file if line.startswith("CapEff:")), 0)
