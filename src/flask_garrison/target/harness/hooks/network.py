"""Connections, name lookups and mail: refused unless allowed, wherever in Python they are made.

All of this hangs on audit events, so it does not matter under which name the application knows a function.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from ..outcome import Allowance
from ..recorder import Recorder

_DATABASE_PORTS = frozenset({1433, 1521, 3306, 5432, 6379, 6432, 9042, 27017, 33060, 50000})
"""SQL Server, Oracle, MySQL, PostgreSQL, Redis, PgBouncer, Cassandra, MongoDB, MySQL X, Db2."""
_OWN_NAMES = frozenset({"", "localhost", "ip6-localhost", "localhost.localdomain"})
_LOCAL_FAMILIES = frozenset(
    getattr(socket, name) for name in ("AF_NETLINK", "AF_ALG", "AF_KCM", "AF_SYSTEM") if hasattr(socket, name)
)
"""They reach the kernel and nobody else."""


class Network:
    """Decides about each connection."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._own_name = socket.gethostname()

    def hooks(self) -> dict[str, Callable[..., None]]:
        """Return what to call for which audit event."""
        return {
            "socket.connect": self._connect,
            "socket.sendto": self._connect,
            "socket.sendmsg": self._send_message,
            "socket.bind": self._bind,
            "socket.getaddrinfo": self._look_up,
            "socket.gethostbyname": self._look_up,
            "socket.gethostbyaddr": self._look_up,
            "socket.getnameinfo": self._look_up_address,
            "smtplib.connect": self._mail,
        }

    def install(self) -> None:
        """See what makes no audit event of its own: a server that listens, and a Unix socket that is not a pair."""
        listen, make = socket.socket.listen, socket.socket.__init__

        def listening(self_: socket.socket, *args: Any) -> None:
            self._recorder.serves(_server_in_the_stack())
            listen(self_, *args)

        def making(self_: socket.socket, family: int = -1, type: int = -1, proto: int = -1, fileno: Any = None) -> None:
            if fileno is None and family == getattr(socket, "AF_UNIX", None):
                self._local("a Unix socket")
            make(self_, family, type, proto, fileno)

        socket.socket.listen = listening  # type: ignore[method-assign, assignment]
        socket.socket.__init__ = making  # type: ignore[method-assign, assignment]

    def _connect(self, connection: socket.socket, address: Any) -> None:
        family = connection.family
        if family in _LOCAL_FAMILIES:
            return
        if family == getattr(socket, "AF_UNIX", None):
            self._local(f"the Unix socket {_shown(address)}")
        elif family in (socket.AF_INET, socket.AF_INET6):
            self._internet(str(address[0]), address[1])
        elif not self._recorder.allows(Allowance.NETWORK):
            raise self._recorder.refuse("connect", f"{_shown(address)} ({family!r})", Allowance.NETWORK)

    def _send_message(self, connection: socket.socket, address: Any) -> None:
        if address is not None:
            self._connect(connection, address)

    def _bind(self, connection: socket.socket, address: Any) -> None:
        if connection.family in (socket.AF_INET, socket.AF_INET6) and connection.type == socket.SOCK_STREAM:
            self._recorder.binds(f"{address[0]}:{address[1]}")

    def _local(self, what: str) -> None:
        if not self._recorder.allows(Allowance.LOOPBACK, Allowance.DATABASE, Allowance.NETWORK):
            raise self._recorder.refuse("connect", what, Allowance.LOOPBACK)

    def _internet(self, host: str, port: int) -> None:
        shown = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        # Mail goes by way of a server, which may be on this machine.
        if self._recorder.allows(Allowance.MAIL) and _sends_mail():
            return
        if self._is_own(host):
            self._local(shown)
        elif not self._outside(port):
            raise self._recorder.refuse("connect", shown, Allowance.NETWORK)

    def _outside(self, port: int) -> bool:
        allows = self._recorder.allows
        return allows(Allowance.NETWORK) or (allows(Allowance.DATABASE) and port in _DATABASE_PORTS)

    def _look_up(self, host: Any, *_: Any) -> None:
        name = host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else str(host or "")
        if self._is_own(name) or _address(name) or self._may_look_up():
            return
        raise self._recorder.refuse("connect", f"the address of {name} (DNS)", Allowance.NETWORK)

    def _look_up_address(self, address: Any) -> None:
        if not self._is_own(str(address[0])) and not self._may_look_up():
            raise self._recorder.refuse("connect", f"the name of {address[0]} (DNS)", Allowance.NETWORK)

    def _may_look_up(self) -> bool:
        if self._recorder.allows(Allowance.NETWORK, Allowance.DATABASE):
            return True
        return self._recorder.allows(Allowance.MAIL) and _sends_mail()

    def _is_own(self, host: str) -> bool:
        if host.lower() in _OWN_NAMES or host == self._own_name:
            return True
        address = _address(host)
        mapped = getattr(address, "ipv4_mapped", None) or address
        return mapped is not None and (mapped.is_loopback or mapped.is_unspecified)

    def _mail(self, _: Any, host: str, port: int) -> None:
        if not self._recorder.allows(Allowance.MAIL):
            raise self._recorder.refuse("mail", f"{host}:{port}", Allowance.MAIL)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _shown(address: Any) -> str:
    return address.decode("utf-8", "replace") if isinstance(address, bytes | bytearray) else str(address)


def _sends_mail() -> bool:
    return "smtplib" in _modules_in_the_stack()


def _modules_in_the_stack() -> set[str]:
    found: set[str] = set()
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        found.add(frame.f_globals.get("__name__", ""))
        frame = frame.f_back
    return found


_SERVERS = {
    "waitress": "waitress.serve()",
    "gunicorn": "gunicorn",
    "cheroot": "cheroot",
    "eventlet": "eventlet",
    "socketserver": "socketserver",
    "asyncio": "an asyncio server",
}


def _server_in_the_stack() -> str:
    modules = _modules_in_the_stack()
    if "flask.app" in modules and "werkzeug.serving" in modules:
        return "app.run()"
    if "werkzeug.serving" in modules:
        return "werkzeug's run_simple()"
    packages = {name.partition(".")[0] for name in modules}
    return next((words for package, words in _SERVERS.items() if package in packages), "a listening socket")
