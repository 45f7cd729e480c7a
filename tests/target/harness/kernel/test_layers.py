"""What the kernel refuses, tried from C, where no hook in Python is asked; and what is said where it gives nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from flask_garrison.target.harness import Outcome
from tests.target.harness.hooks.test_network import Listener
from tests.target.harness.support import JOB, run, said, write

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the layers are written for Linux")

LIBC = """
        import ctypes, errno, os, struct
        libc = ctypes.CDLL(None, use_errno=True)
        def attempt(function, *args):
            result = getattr(libc, function)(*args)
            print(function, "done" if result >= 0 else errno.errorcode[ctypes.get_errno()])
            return result
"""


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A server on a loopback port."""
    listener = Listener()
    yield listener
    listener.close()


def needs(outcome: Outcome, layer: str) -> None:
    """Skip the test where this machine does not give a layer."""
    if not any(layer in sentence for sentence in outcome.layers):
        pytest.skip(f"this machine gives no {layer}: {outcome.missing}")


def test_files_are_not_written_in_c(tmp_path: Path) -> None:
    (tmp_path / "data.txt").write_text("original")
    outcome = run(
        tmp_path,
        LIBC
        + """
        attempt("open", b"made.txt", os.O_WRONLY | os.O_CREAT, 0o600)
        attempt("open", b"data.txt", os.O_WRONLY)
        attempt("truncate", b"data.txt", ctypes.c_long(0))
        attempt("unlink", b"data.txt")
        attempt("rename", b"data.txt", b"new.txt")
        attempt("mkdir", b"folder", 0o700)
        attempt("symlink", b"data.txt", b"link")
        attempt("open", b"data.txt", os.O_RDONLY)
        attempt("open", b"/dev/null", os.O_WRONLY)
        """,
    )
    needs(outcome, "Landlock")
    assert said(outcome) == [
        "open EACCES",
        "open EACCES",
        "truncate EACCES",
        "unlink EACCES",
        "rename EACCES",
        "mkdir EACCES",
        "symlink EACCES",
        "open done",
        "open done",
    ]
    assert (tmp_path / "data.txt").read_text() == "original"


def test_no_connection_is_made_in_c(tmp_path: Path, listener: Listener) -> None:
    outcome = run(
        tmp_path,
        LIBC
        + f"""
        import socket
        port = struct.pack("!H", {listener.port})
        address = struct.pack("=H", socket.AF_INET) + port + bytes([127, 0, 0, 1]) + bytes(8)
        attempt("connect", attempt("socket", socket.AF_INET, socket.SOCK_STREAM, 0), address, len(address))
        attempt("socket", socket.AF_UNIX, socket.SOCK_STREAM, 0)
        """,
    )
    listener.close()
    needs(outcome, "no network")
    assert listener.came == 0
    first, second, third = said(outcome)
    assert first == "socket done"
    assert second in ("connect EACCES", "connect ECONNREFUSED", "connect ENETUNREACH")
    if any("seccomp" in layer for layer in outcome.layers):
        assert third == "socket EACCES"


def test_no_process_is_started_in_c(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        LIBC
        + """
        attempt("fork")
        attempt("system", b"touch made.txt")
        attempt("execv", b"/bin/true", (ctypes.c_char_p * 2)(b"true", None))
        """,
    )
    needs(outcome, "seccomp")
    assert said(outcome)[::2] == ["fork EACCES", "execv EACCES"]
    assert not (tmp_path / "made.txt").exists()


def test_nobody_else_is_signalled_in_c(tmp_path: Path) -> None:
    outcome = run(tmp_path, LIBC + "\n        attempt('kill', os.getppid(), 0)\n")
    needs(outcome, "no signals to other processes")
    assert said(outcome) == ["kill EPERM"]


def test_privileges_are_gone(tmp_path: Path) -> None:
    outcome = run(
        tmp_path,
        """
        for line in open("/proc/self/status"):
            if line.startswith(("CapEff", "CapBnd", "NoNewPrivs")):
                print(line.split()[1])
        """,
    )
    effective, bounding, no_new = said(outcome)
    assert int(effective, 16) in (0, 1 << 2)
    if any("no privileges of root" in layer for layer in outcome.layers):
        assert int(bounding, 16) == 0
    assert no_new == "1"


def test_layers_that_were_allowed_away_are_not_promised(tmp_path: Path) -> None:
    outcome = run(tmp_path, "", allow={"network", "commands", "mail"})
    assert not any("network" in layer or "seccomp" in layer or "programs" in layer for layer in outcome.layers)
    assert "what it wrote went to a private copy" in outcome.layers


BARE = f"""
import ctypes, os, sys
from flask_garrison.target.harness import run_app
from flask_garrison.target.harness.kernel import seccomp, privileges
privileges.no_new_privileges()
step, machine = seccomp._step, seccomp._MACHINES[os.uname().machine]
steps = [step(seccomp._LOAD, value=seccomp._NUMBER)]
unshare = {{"x86_64": 272, "aarch64": 97}}[os.uname().machine]
for number in (unshare, 444, 445, 446, privileges._CAPSET[os.uname().machine]):
    steps += [step(seccomp._EQUAL, no=1, value=number), seccomp._refuse(1)]
prctl = {{"x86_64": 157, "aarch64": 167}}[os.uname().machine]
for option in (seccomp._SET_SECCOMP, privileges._PARENT_DEATH_SIGNAL):
    steps += [
        step(seccomp._LOAD, value=seccomp._NUMBER),
        step(seccomp._EQUAL, no=3, value=prctl),
        step(seccomp._LOAD, value=seccomp._FIRST_ARGUMENT),
        step(seccomp._EQUAL, no=1, value=option),
        seccomp._refuse(1),
    ]
seccomp._install(steps + [step(seccomp._RETURN, value=seccomp._ALLOW)])
outcome = run_app("shop", {JOB!r}, {{"paths": ["/"]}})
print(outcome.missing)
print(outcome.layers)
print(outcome.result["answers"], [attempt.kind for attempt in outcome.refused])
"""


def test_a_kernel_that_gives_nothing_is_said_and_the_hooks_still_hold(tmp_path: Path) -> None:
    if os.uname().machine not in ("x86_64", "aarch64"):
        pytest.skip("needs the filter with which such a kernel is made")
    write(
        tmp_path,
        """
        import os, socket
        for what in (lambda: os.fork(), lambda: socket.create_connection(("127.0.0.1", 9))):
            try:
                what()
            except PermissionError:
                pass
        open("made.txt", "w").close()
        @app.get("/")
        def there():
            return str(os.path.exists("made.txt"))
        """,
    )
    done = subprocess.run([sys.executable, "-c", BARE], cwd=tmp_path, capture_output=True, text=True)
    assert done.stderr == ""
    missing, layers, rest = done.stdout.splitlines()
    assert missing == str(
        (
            "no network of its own: Operation not permitted",
            "privileges were kept: Operation not permitted",
            "no Landlock: Operation not permitted",
            "no filter of system calls: Operation not permitted",
            "it does not end with its parent: Operation not permitted",
        )
    )
    assert "Landlock" not in layers and "what it wrote went to a private copy" in layers
    assert rest == "[[200, 'True']] ['fork', 'connect']"
    assert not (tmp_path / "made.txt").exists()
