"""Real servers: what the gate adds arrives over a socket, whoever serves the app."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.process import free_port, running

APP = """
from flask import Flask, Response
from flask_garrison import Garrison

app = Flask(__name__)
app.secret_key = "a key for tests only, long enough to sign with"
Garrison(app)
wsgi = app.wsgi_app


@app.get("/")
def index():
    return "<h1>Shop</h1>"


@app.post("/buy")
def buy():
    return "bought"


@app.get("/stream")
def stream():
    def chunks():
        yield "x" * 65536
        raise RuntimeError("secret inside")
    return Response(chunks(), mimetype="text/plain")
"""
COMMANDS = {
    "gunicorn": ["-m", "gunicorn", "--workers", "2", "--bind", "127.0.0.1:{port}", "shop:app"],
    "gunicorn-gevent": ["-m", "gunicorn", "--worker-class", "gevent", "--bind", "127.0.0.1:{port}", "shop:wsgi"],
    "gunicorn-threads": ["-m", "gunicorn", "--threads", "4", "--bind", "127.0.0.1:{port}", "shop:wsgi"],
    "waitress": ["-m", "waitress", "--listen=127.0.0.1:{port}", "shop:wsgi"],
}


@pytest.fixture(params=sorted(COMMANDS))
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    (tmp_path / "shop.py").write_text(APP)
    port = free_port()
    argv = [sys.executable, *(word.format(port=port) for word in COMMANDS[request.param])]
    with running(argv, port=port, log=tmp_path / "log", cwd=tmp_path):
        yield f"http://127.0.0.1:{port}"


def test_a_served_app_is_guarded(url: str) -> None:
    with httpx.Client(base_url=url) as client:
        page = client.get("/")
        missing = client.get("/nothing")
        attack = client.post("/buy", headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"})
        honest = client.post("/buy", headers={"Origin": url})
    assert [one.status_code for one in (page, missing, attack, honest)] == [200, 404, 403, 200]
    for answer in (page, missing, attack, honest):
        assert len(answer.headers.get_list("content-security-policy")) == 1
    assert page.headers["content-security-policy"] != missing.headers["content-security-policy"]


def test_a_broken_stream_gives_no_traceback_and_does_not_end_the_server(url: str) -> None:
    received = b""
    with httpx.Client(base_url=url) as client:
        try:
            with client.stream("GET", "/stream") as answer:
                for chunk in answer.iter_bytes():
                    received += chunk
        except httpx.HTTPError:
            pass
        assert client.get("/").status_code == 200
    assert b"secret inside" not in received
    assert b"Traceback" not in received


def test_the_package_imports_in_a_bare_interpreter() -> None:
    code = "import flask_garrison, sys; print('rich' in sys.modules, 'flask_garrison.cli' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.split() == ["False", "False"]
