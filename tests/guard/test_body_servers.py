"""Chunked bodies over a socket: the same limits whichever server takes the request's frames apart."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.process import free_port, running

APP = """
from flask import Flask, jsonify, request
from flask_garrison import Garrison, Policy

app = Flask(__name__)
app.secret_key = "a key for tests only, long enough to sign with"
Garrison(app, Policy(max_body_bytes=200_000))


@app.post("/raw")
def raw():
    return str(len(request.get_data()))


@app.post("/form")
def form():
    return str(len(request.form))


@app.post("/in")
def json():
    return jsonify(request.get_json())


if __name__ == "__main__":
    import sys
    app.run(port=int(sys.argv[1]), threaded=True)
"""
COMMANDS = {
    "gunicorn": ["-m", "gunicorn", "--bind", "127.0.0.1:{port}", "shop:app"],
    "gunicorn-gevent": ["-m", "gunicorn", "--worker-class", "gevent", "--bind", "127.0.0.1:{port}", "shop:app"],
    "gunicorn-threads": ["-m", "gunicorn", "--threads", "4", "--bind", "127.0.0.1:{port}", "shop:app"],
    "waitress": ["-m", "waitress", "--listen=127.0.0.1:{port}", "shop:app"],
    "werkzeug": ["shop.py", "{port}"],
}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(params=sorted(COMMANDS))
def port(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[int]:
    (tmp_path / "shop.py").write_text(APP)
    port = free_port()
    argv = [sys.executable, *(word.format(port=port) for word in COMMANDS[request.param])]
    with running(argv, port=port, log=tmp_path / "log", cwd=tmp_path):
        yield port


def send(port: int, path: str, body: bytes, kind: str, *, chunked: bool) -> tuple[int, bytes]:
    """Send one request by hand and return status and body; the server may answer before it has read everything."""
    framing = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body)}"
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: {kind}\r\n{framing}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        received = b""
        try:
            connection.sendall(head.encode() + (_frames(body) if chunked else body))
            while not _is_whole(received) and (piece := connection.recv(65_536)):
                received += piece
        except ConnectionError:
            received += _what_came(connection)
    return int(received.split()[1]), received.partition(b"\r\n\r\n")[2]


def _is_whole(answer: bytes) -> bool:
    head, end, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return bool(end and length and len(body) >= int(length[1]))


def _what_came(connection: socket.socket) -> bytes:
    """Return what the server said before it closed the connection on us."""
    try:
        return connection.recv(65_536)
    except ConnectionError:
        return b""


def _frames(body: bytes) -> bytes:
    pieces = [body[start : start + 5_000] for start in range(0, len(body), 5_000)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize("chunked", [True, False])
def test_limits_hold_in_every_framing(port: int, chunked: bool) -> None:
    def post(path: str, body: bytes, kind: str) -> tuple[int, bytes]:
        return send(port, path, body, kind, chunked=chunked)

    assert post("/raw", b"x" * 200_000, "application/octet-stream") == (200, b"200000")
    assert post("/raw", b"x" * 200_001, "application/octet-stream")[0] == 413
    assert post("/form", b"a=1&b=2", FORM) == (200, b"2")
    assert post("/form", b"a=1&" * 10_000, FORM)[0] == 413
    assert post("/in", b'{"a":[1]}', "application/json") == (200, b'{"a":[1]}\n')
    assert post("/in", b"[" * 100_000, "application/json")[0] == 400
    assert post("/in", rb'["\u0000"]', "application/json")[0] == 400
    assert post("/raw", b"still here", "text/plain") == (200, b"10")
