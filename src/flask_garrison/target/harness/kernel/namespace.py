"""A network of its own, in which there is nobody else; without being root by way of a user namespace."""

from __future__ import annotations

import fcntl
import os
import socket
import struct

from ..hooks import real
from .libc import unshare

_NEW_USER = 0x10000000
_NEW_NETWORK = 0x40000000
_SET_FLAGS = 0x8914
_UP_AND_RUNNING = 0x41


def leave_the_network() -> str:
    """Move this process to an empty network; the loopback address in it is its own.

    Returns:
        How: ``"user and network namespace"`` or ``"network namespace"``.

    Raises:
        OSError: where neither is permitted.
    """
    try:
        unshare(_NEW_NETWORK)
        how = "network namespace"
    except OSError:
        if os.geteuid() == 0:
            # In a user namespace root could no longer read what belongs to somebody else.
            raise
        _try_first()
        _new_user_and_network()
        how = "user and network namespace"
    _start_loopback()
    return how


def _new_user_and_network() -> None:
    user, group = os.geteuid(), os.getegid()
    unshare(_NEW_USER | _NEW_NETWORK)
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")


def _try_first() -> None:
    """Try it in a process that may fail: half a user namespace, without its maps, would leave us as nobody.

    Raises:
        OSError: where it failed there.
    """
    process = os.fork()
    if process == 0:
        try:
            _new_user_and_network()
            real.end_process(0)
        except OSError as error:
            real.end_process(error.errno or 1)
    number = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if number:
        raise OSError(number, os.strerror(number))


def _write(path: str, text: str) -> None:
    descriptor = real.open(path, os.O_WRONLY)
    try:
        real.write(descriptor, text.encode())
    finally:
        real.close(descriptor)


def _start_loopback() -> None:
    """Without it a server that the application starts for itself could not listen."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH14s", b"lo", _UP_AND_RUNNING, b""))
    except OSError:
        return
