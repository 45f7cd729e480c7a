"""The command from end to end: what it prints where, how it serves, how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from flask_garrison.demo.client import Client
from tests.support.process import answers


def command(*options: str) -> list[str]:
    return [sys.executable, "-m", "flask_garrison.cli", "demo", "--no-browser", *options]


def demo(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environment}
    return subprocess.run(command(*options), capture_output=True, text=True, timeout=120, env=env)


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(scope="module")
def ended(temporary: Path) -> subprocess.CompletedProcess[str]:
    return demo("--no-serve", TMPDIR=str(temporary))


def test_it_ends_with_both_counts_and_status_zero(ended: subprocess.CompletedProcess[str]) -> None:
    assert ended.returncode == 0, ended.stderr
    assert "As it is:           6 of 6 attacks succeeded" in ended.stdout
    assert "With Garrison(app): 0 of 6 attacks succeeded" in ended.stdout


def test_progress_goes_to_standard_error(ended: subprocess.CompletedProcess[str]) -> None:
    assert "Cross-site post: " in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "\x1b" not in ended.stdout


def test_both_apps_are_checked_and_stand_side_by_side(ended: subprocess.CompletedProcess[str], temporary: Path) -> None:
    (folder,) = temporary.iterdir()
    rows = dict(re.findall(r"(?m)^ *(grade|critical|high|medium|not checked) +(\S+ +\S+)$", ended.stdout))
    # The attacks are stopped; what the code does wrong stands there all the same, and is named.
    assert rows["grade"].split() == ["F", "D"]
    # Any origin may read the notes, and a template shows what was searched for unescaped; the second stays in the code.
    assert rows["high"].split() == ["2", "1"]
    assert rows["critical"].split() == ["0", "0"]
    # The mail's password goes unencrypted, and a stored text is shown unescaped.
    assert int(rows["medium"].split()[1]) == 2
    assert rows["not checked"].split() == ["0", "0"]
    for name in ("bare", "guarded"):
        assert f"{folder / name}.html" in ended.stdout
        assert (folder / f"{name}.html").read_text().startswith("<!doctype html>")


def test_events_pages_and_the_apps_log_stay_behind(ended: subprocess.CompletedProcess[str], temporary: Path) -> None:
    (folder,) = temporary.iterdir()
    assert sorted(path.name for path in folder.iterdir()) == ["app.log", "bare.html", "events.jsonl", "guarded.html"]
    assert str(folder / "events.jsonl") in ended.stdout.replace("\n", "")


def test_a_taken_port_is_said_before_anything_else() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = demo("--port", port)
    assert ended.returncode == 2
    assert f"port {port} cannot be had" in ended.stderr
    assert ended.stdout == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_the_guarded_app_until_it_is_told_to_end(number: signal.Signals, tmp_path: Path) -> None:
    with (tmp_path / "said").open("w+") as said:
        process = subprocess.Popen(command("--no-check", "--port", "0"), stdout=subprocess.DEVNULL, stderr=said)
        try:
            url = _url(tmp_path / "said", process)
            client = Client(url)
            assert "frame-ancestors 'self'" in client.get("/login").headers["Content-Security-Policy"]
            refused = client.post("/account", {"email": "x"}, {"Origin": "https://evil.example"})
            assert refused.status == 403
        finally:
            process.send_signal(number)
            status = process.wait(20)
    words = (tmp_path / "said").read_text()
    assert status == 0
    assert "refused: malicious_cors:https://evil.example (inputs.csrf) POST /account" in words
    assert words.endswith("Stopped.\n")
    assert "Traceback" not in words
    assert not answers(urlsplit(url).port or 0)


def _url(path: Path, process: subprocess.Popen[bytes], seconds: float = 60) -> str:
    deadline = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < deadline:
        found = re.search(r"The guarded app: (http://127\.0\.0\.1:\d+)", path.read_text())
        if found:
            return found[1]
        time.sleep(0.05)
    pytest.fail(f"The demo serves nothing: {path.read_text()}")
