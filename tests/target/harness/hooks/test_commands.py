"""Commands and further processes from a real child: refused and recorded, in C too where the kernel helps."""

from __future__ import annotations

from pathlib import Path

import pytest

from flask_garrison.target.harness import Attempt
from tests.target.harness.support import run, said

TRY = """
        import os
        def attempt(function, *args, **options):
            try:
                print("done", function(*args, **options))
            except BaseException as error:
                print(type(error).__name__)
"""


def test_commands_are_refused_by_their_first_word(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        TRY
        + """
        import pty, subprocess
        attempt(subprocess.run, ["touch", "made.txt", "--password=secret"])
        attempt(subprocess.check_output, "echo secret > made.txt", shell=True)
        attempt(os.system, "touch made.txt secret")
        attempt(os.popen, "touch made.txt")
        attempt(os.execv, "/bin/touch", ["touch", "made.txt"])
        attempt(os.posix_spawn, "/bin/touch", ["touch", "made.txt"], {})
        attempt(os.spawnv, os.P_WAIT, "/bin/touch", ["touch", "made.txt"])
        attempt(pty.spawn, ["touch", "made.txt"])
        """,
    )
    assert said(outcome) == ["Refused"] * 8
    assert [(attempt.kind, attempt.what) for attempt in outcome.refused] == [
        ("command", "touch"),
        ("command", "/bin/sh"),
        ("command", "/bin/touch"),
        ("fork", "os.fork()"),
    ]
    assert "secret" not in repr(outcome.refused)
    assert not (tmp_path / "made.txt").exists()


def test_forks_are_refused_and_named(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        TRY
        + """
        import multiprocessing
        attempt(os.fork)
        attempt(os.forkpty)
        for method in ("fork", "spawn"):
            attempt(multiprocessing.get_context(method).Process(target=print).start)
        """,
    )
    assert said(outcome) == ["Refused"] * 4
    assert outcome.refused[0] == Attempt(kind="fork", what="os.fork()", where="shop.py:8 in attempt", allow="commands")
    assert {attempt.kind for attempt in outcome.refused} == {"fork", "command"}


def test_other_processes_are_not_signalled(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        TRY
        + """
        import signal
        attempt(os.kill, os.getppid(), signal.SIGTERM)
        attempt(os.kill, os.getpid(), 0)
        signal.signal(signal.SIGUSR2, lambda *_: print("own signal"))
        os.kill(os.getpid(), signal.SIGUSR2)
        """,
    )
    assert said(outcome) == ["Refused", "done None", "own signal"]
    assert [attempt.what for attempt in outcome.refused] == ["os.kill() of another process"]


def test_commands_run_when_told_and_still_write_nothing(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        """
        import subprocess
        print(subprocess.run(["echo", "ran"], capture_output=True, text=True).stdout.strip())
        print(subprocess.run(["touch", "made.txt"], capture_output=True).returncode)
        """,
        allow={"commands"},
    )
    assert said(outcome)[0] == "ran"
    assert outcome.refused == ()
    if any(layer.startswith("Landlock") for layer in outcome.layers):
        assert said(outcome)[1] == "1"
        assert not (tmp_path / "made.txt").exists()


def test_libraries_are_found_without_a_compiler(tmp_path: Path) -> None:
    import ctypes.util

    expected = ctypes.util.find_library("c")
    if expected is None:
        pytest.skip("needs a C library that ctypes finds")
    outcome = run(
        tmp_path,
        """
        import ctypes, ctypes.util
        print(ctypes.util.find_library("c"), ctypes.util.find_library("no-such-library"))
        ctypes.CDLL(ctypes.util.find_library("c")).getpid()
        """,
    )
    assert said(outcome) == [f"{expected} None"]
    assert outcome.refused == ()


def test_asking_for_the_processor_is_no_attempt(tmp_path: Path) -> None:
    outcome = run(tmp_path, "import platform\nprint(platform.uname().processor == '')")
    assert said(outcome) == ["True"]
    assert outcome.refused == ()
