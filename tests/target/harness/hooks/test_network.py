"""Connections, lookups and mail from a real child: refused and recorded, and nothing arrives."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from flask_garrison.errors import TargetError
from flask_garrison.target.harness import Attempt
from tests.target.harness.support import run, said

TRY = """
        def attempt(function, *args, **options):
            try:
                print("done", function(*args, **options) is not None)
            except Exception as error:
                print(type(error).__name__, error)
        import socket
"""


class Listener:
    """A server on a loopback port that counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self._answering = threading.Thread(target=self._answer)
        self._answering.start()
        self.came = 0
        self._is_open = True

    def _answer(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                connection.sendall(b"421 busy\r\n")
                if connection.recv(1) == b"!":
                    return
                self.came += 1

    def close(self) -> None:
        """End it; whoever came before is counted by then."""
        if not self._is_open:
            return
        self._is_open = False
        with socket.create_connection(("127.0.0.1", self.port)) as last:
            last.sendall(b"!")
        self._answering.join()
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A server that ends with the test."""
    listener = Listener()
    yield listener
    listener.close()


def test_outside_addresses_are_refused(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        TRY
        + """
        attempt(socket.create_connection, ("192.0.2.7", 443), 3)
        attempt(socket.socket().connect_ex, ("192.0.2.7", 443))
        attempt(socket.socket(socket.AF_INET6).connect, ("2001:db8::1", 443))
        attempt(socket.socket(type=socket.SOCK_DGRAM).sendto, b"x", ("192.0.2.7", 53))
        attempt(socket.getaddrinfo, "www.example.com", 443)
        attempt(socket.gethostbyname, "www.example.com")
        """,
    )
    refused = "PermissionError"
    assert all(line.startswith("Refused [Errno 13] Flask-Garrison refused a connection to") for line in said(outcome))
    assert said(outcome)[0].endswith("192.0.2.7:443 during the check; --allow network lets it"), refused
    assert outcome.refused == tuple(
        Attempt(kind="connect", what=what, where="shop.py:7 in attempt", allow="network")
        for what in ("192.0.2.7:443", "[2001:db8::1]:443", "192.0.2.7:53", "the address of www.example.com (DNS)")
    )
    assert "no connections at all, by hooks in Python" in outcome.layers


def test_clients_of_the_web_are_refused_with_the_flag(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        TRY
        + """
        import http.client, urllib.request
        attempt(urllib.request.urlopen, "https://www.example.com/")
        attempt(http.client.HTTPConnection("192.0.2.7").request, "GET", "/")
        """,
    )
    assert [(attempt.what, attempt.allow) for attempt in outcome.refused] == [
        ("the address of www.example.com (DNS)", "network"),
        ("192.0.2.7:80", "network"),
    ]


def test_loopback_is_refused_and_nothing_arrives(tmp_path: Path, listener: Listener) -> None:
    outcome = run(
        tmp_path,
        TRY
        + f"""
        for host in ("127.0.0.1", "localhost", "0.0.0.0"):
            attempt(socket.create_connection, (host, {listener.port}), 3)
        attempt(socket.socket, socket.AF_UNIX)
        """,
    )
    listener.close()
    assert listener.came == 0
    assert {(attempt.kind, attempt.what, attempt.allow) for attempt in outcome.refused} == {
        ("connect", f"127.0.0.1:{listener.port}", "loopback"),
        ("connect", f"0.0.0.0:{listener.port}", "loopback"),
        ("connect", "a Unix socket", "loopback"),
    } | {("connect", f"[::1]:{listener.port}", "loopback")} & {
        (attempt.kind, attempt.what, attempt.allow) for attempt in outcome.refused
    }


@pytest.mark.parametrize("allow", ["loopback", "database", "network"])
def test_loopback_is_let_when_told(tmp_path: Path, listener: Listener, allow: str) -> None:
    outcome = run(
        tmp_path,
        TRY
        + f"""
        with socket.create_connection(("127.0.0.1", {listener.port}), 3) as connection:
            connection.sendall(b"x")
        socket.socket(socket.AF_UNIX).close()
        """,
        allow={allow},
    )
    listener.close()
    assert listener.came == 1
    assert outcome.refused == ()
    assert not any("network" in layer for layer in outcome.layers)


def test_database_allows_other_machines_on_the_ports_of_databases_only(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        TRY
        + """
        for port in (5432, 3306, 443):
            connection = socket.socket()
            connection.setblocking(False)
            attempt(connection.connect, ("192.0.2.7", port))
        """,
        allow={"database"},
    )
    assert [attempt.what for attempt in outcome.refused] == ["192.0.2.7:443"]


def test_mail_is_refused_before_any_lookup(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        TRY
        + """
        import smtplib
        attempt(smtplib.SMTP, "mail.example.com", 25)
        """,
    )
    assert [attempt.words for attempt in outcome.refused] == [
        "mail: mail.example.com:25 (shop.py:7 in attempt); --allow mail lets it"
    ]


def test_mail_is_let_when_told_and_nothing_else_is(tmp_path: Path, listener: Listener) -> None:
    outcome = run(
        tmp_path,
        TRY
        + f"""
        import smtplib
        attempt(smtplib.SMTP, "127.0.0.1", {listener.port})
        attempt(socket.create_connection, ("127.0.0.1", {listener.port}))
        """,
        allow={"mail"},
    )
    assert [attempt.allow for attempt in outcome.refused] == ["loopback"]


def test_loops_and_threads_of_its_own_work(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        """
        import asyncio, queue, threading
        async def main():
            await asyncio.sleep(0)
            return await asyncio.to_thread(lambda: "from a thread")
        print(asyncio.run(main()))
        results = queue.Queue()
        threading.Thread(target=results.put, args=("put",)).start()
        print(results.get())
        """,
    )
    assert said(outcome) == ["from a thread", "put"]
    assert outcome.refused == ()


def test_unknown_allowance_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TargetError, match=r"--allow netwrk: there is no such allowance. Did you mean 'network'\?"):
        run(tmp_path, "", allow={"netwrk"})
