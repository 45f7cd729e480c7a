"""One app in a process of its own on loopback: started, waited for, and stopped by its own process group."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .environments import ROOT, child_env
from .recipe import Place

START_SECONDS = 120.0
LOG = "server.log"
_BOOT = "import sys; sys.path.append(sys.argv.pop(1)); from real_apps.launch import main; main()"


class DidNotStartError(RuntimeError):
    """The app ended, or its port stayed closed; the text carries the end of what it printed."""


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(python: Path, name: str, mode: str, folder: Path) -> Iterator[Place]:
    """Run the app until the block ends; the block begins when its port answers."""
    place = Place(folder, free_port())
    argv = (str(python), "-c", _BOOT, str(ROOT / "benchmarks"), name, mode, str(place.port), str(folder))
    with (folder / LOG).open("wb") as log:
        process = subprocess.Popen(
            argv, cwd=folder, env=_env(folder), stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _wait_for(process, place)
        yield place
    finally:
        _stop(process)


def _env(folder: Path) -> dict[str, str]:
    # A home of its own: what apps remember between runs would make one run differ from the next.
    return {**child_env(), "HOME": str(folder), "PYTHONUNBUFFERED": "1", "PYTHONHASHSEED": "0", "TZ": "UTC"}


def _wait_for(process: subprocess.Popen[bytes], place: Place) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex(("127.0.0.1", place.port)) == 0:
                return
        time.sleep(0.1)
    tail = (place.folder / LOG).read_text(errors="replace")[-2_000:]
    raise DidNotStartError(f"no answer on port {place.port}:\n{tail}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the process and the children it started, which share its group."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(8)
        except subprocess.TimeoutExpired:
            continue
    process.wait()
