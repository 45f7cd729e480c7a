"""Ctrl-C and what is left behind: nothing, whatever the application started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from flask_garrison.errors import TargetError
from flask_garrison.target.harness import Limits
from tests.target.harness.support import JOB, run, write

PARENT = f"""
import click
from flask_garrison.cli.frame import Frame
from flask_garrison.target.harness import run_app

@click.command()
def go():
    print("started", flush=True)
    run_app("shop", {JOB!r}, {{"paths": ["/"]}}, progress=lambda words: print(words, flush=True))

Frame(name="garrison", commands=[go]).main(["go"])
"""
HANGING = """
        import os, signal, threading, time
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        @app.get("/")
        def hang():
            time.sleep(1000)
        """


def left_over(temporary: Path) -> list[str]:
    """Return what a run left in the temporary folder that it had."""
    return [path.name for path in temporary.iterdir()]


def start(folder: Path, temporary: Path) -> subprocess.Popen[str]:
    """Start a parent whose child hangs in a request, and wait until it does."""
    write(folder, HANGING)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    assert [parent.stdout.readline(), parent.stdout.readline()] == ["started\n", "requesting /\n"]
    return parent


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs /proc")
def test_ctrl_c_ends_child_and_removes_the_copy(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    temporary = tmp_path_factory.mktemp("temporary")
    parent = start(tmp_path, temporary)
    (child,) = children_of(parent.pid)
    parent.send_signal(signal.SIGINT)
    _, errors = parent.communicate(timeout=60)
    assert errors == "\nInterrupted; nothing was reported.\n"
    assert parent.returncode == 130
    assert not os.path.exists(f"/proc/{child}")
    assert left_over(temporary) == []


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells a child that its parent died")
def test_child_dies_with_its_parent(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    parent = start(tmp_path, tmp_path_factory.mktemp("temporary"))
    (child,) = children_of(parent.pid)
    watching = os.pidfd_open(child)
    parent.kill()
    parent.communicate()
    # Readable when the process has ended.
    import select

    assert select.select([watching], [], [], 60)[0] == [watching]
    os.close(watching)


def children_of(parent: int) -> list[int]:
    """Return the children of a process."""
    return [int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs /proc")
@pytest.mark.parametrize("leave", ["", "os.setsid()"])
def test_forks_that_were_allowed_do_not_outlive_the_run(tmp_path: Path, leave: str) -> None:
    outcome = run(
        tmp_path,
        f"""
        import os, time
        process = os.fork()
        if process == 0:
            {leave or "pass"}
            time.sleep(1000)
            os._exit(0)
        print(process)
        """,
        allow={"commands"},
    )
    assert not is_running(int(outcome.printed.split()[0]))


def test_a_fork_that_goes_on_printing_does_not_hold_the_run_up(tmp_path: Path) -> None:
    source = """
        import os
        if os.fork() == 0:
            os.setsid()
            while True:
                os.write(1, b"x" * 60000)
        os._exit(3)
        """
    with pytest.raises(TargetError, match=r"ended the process with status 3 at shop\.py:10 while it was loaded"):
        run(tmp_path, source, allow={"commands"})


def is_running(process: int) -> bool:
    """Return whether a process runs; one that has ended may still be waiting to be collected."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_nothing_is_left_after_any_end(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    import tempfile

    temporary = tmp_path_factory.mktemp("temporary")
    before, tempfile.tempdir = tempfile.tempdir, str(temporary)
    try:
        run(tmp_path, "import os\nos.makedirs('deep/er')\nopen('deep/er/file', 'w').close()\nos.chmod('deep', 0)")
        for source in ("raise ValueError", "import os\nos._exit(1)", "import time\ntime.sleep(1000)"):
            with pytest.raises(TargetError):
                run(tmp_path, source, limits=Limits(seconds=2))
    finally:
        tempfile.tempdir = before
    assert left_over(temporary) == []
