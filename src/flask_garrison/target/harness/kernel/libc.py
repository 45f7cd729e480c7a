"""Calls of the kernel that Python has no function for."""

from __future__ import annotations

import ctypes
import os
from typing import Any

_LIBC = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, second: int | Any = 0, third: int | Any = 0) -> int:
    """Call ``prctl(2)``.

    Raises:
        OSError: where the kernel refuses.
    """
    return _checked(_LIBC.prctl(ctypes.c_int(option), _word(second), _word(third), _word(0), _word(0)))


def syscall(number: int, *args: Any) -> int:
    """Make a system call.

    Raises:
        OSError: where the kernel refuses.
    """
    return _checked(_LIBC.syscall(ctypes.c_long(number), *(_word(each) for each in args)))


def unshare(flags: int) -> None:
    """Call ``unshare(2)``.

    Raises:
        OSError: where the kernel refuses.
    """
    _checked(_LIBC.unshare(ctypes.c_int(flags)))


def _word(value: Any) -> Any:
    return ctypes.c_ulong(value) if isinstance(value, int) else value


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
