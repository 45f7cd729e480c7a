"""A filter of system calls: no fork, no other program and no Unix socket, in C code neither.

Threads stay. Written for 64-bit x86 and ARM; numbers as in the kernel's tables of system calls.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct

from .libc import prctl

_SET_SECCOMP, _FILTER = 22, 2
_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _ERROR = 0x7FFF0000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16
_CLONE_THREAD = 0x10000
_UNIX = 1


class _Machine:
    """Numbers of one architecture."""

    def __init__(self, audit: int, clone: int, socket: int, starting: tuple[int, ...]) -> None:
        self.audit = audit
        self.clone = clone
        self.socket = socket
        self.starting = starting
        self.clone3 = 435


_MACHINES = {
    "x86_64": _Machine(audit=0xC000003E, clone=56, socket=41, starting=(57, 58, 59, 322)),
    "aarch64": _Machine(audit=0xC00000B7, clone=220, socket=198, starting=(221, 281)),
}
"""``starting``: fork, vfork, execve, execveat, as far as there are any."""


def refuse_calls(*, processes: bool, unix_sockets: bool) -> list[str]:
    """Refuse these calls from now on; needs ``no_new_privs``.

    Args:
        processes: Whether to refuse further processes and programs.
        unix_sockets: Whether to refuse Unix sockets.

    Returns:
        What is refused, in words.

    Raises:
        OSError: where the kernel refuses, or the machine is of another kind.
    """
    machine = _MACHINES.get(os.uname().machine)
    if machine is None:
        raise OSError(0, f"no filter is written for {os.uname().machine}")
    filters = [
        *_only(machine),
        *(_processes(machine) if processes else []),
        *(_sockets(machine) if unix_sockets else []),
    ]
    _install([*filters, _step(_RETURN, value=_ALLOW)])
    return [*(["further processes"] if processes else []), *(["Unix sockets"] if unix_sockets else [])]


def _only(machine: _Machine) -> list[bytes]:
    """Calls of another architecture are let through: their numbers mean something else."""
    return [
        _step(_LOAD, value=_ARCHITECTURE),
        _step(_EQUAL, yes=1, value=machine.audit),
        _step(_RETURN, value=_ALLOW),
    ]


def _processes(machine: _Machine) -> list[bytes]:
    steps = [_step(_LOAD, value=_NUMBER)]
    for number in machine.starting:
        steps += [_step(_EQUAL, no=1, value=number), _refuse(errno.EACCES)]
    # The arguments of clone3 cannot be seen from here; the C library falls back to clone where there is none.
    steps += [_step(_EQUAL, no=1, value=machine.clone3), _refuse(errno.ENOSYS)]
    steps += [
        _step(_EQUAL, no=3, value=machine.clone),
        _step(_LOAD, value=_FIRST_ARGUMENT),
        _step(_ANY_BIT, yes=1, value=_CLONE_THREAD),
        _refuse(errno.EACCES),
    ]
    return steps


def _sockets(machine: _Machine) -> list[bytes]:
    return [
        _step(_LOAD, value=_NUMBER),
        _step(_EQUAL, no=3, value=machine.socket),
        _step(_LOAD, value=_FIRST_ARGUMENT),
        _step(_EQUAL, no=1, value=_UNIX),
        _refuse(errno.EACCES),
    ]


def _refuse(number: int) -> bytes:
    return _step(_RETURN, value=_ERROR | number)


def _step(code: int, *, yes: int = 0, no: int = 0, value: int) -> bytes:
    """One instruction: what to do, how many instructions to pass over where it holds or not, and a number."""
    return struct.pack("=HBBI", code, yes, no, value)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


def _install(steps: list[bytes]) -> None:
    code = ctypes.create_string_buffer(b"".join(steps))
    prctl(_SET_SECCOMP, _FILTER, ctypes.byref(_Program(len(steps), ctypes.addressof(code))))
