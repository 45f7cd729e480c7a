"""Commands and further processes: refused unless allowed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from ..outcome import Allowance
from ..recorder import Recorder
from .patching import Builtin, replace_everywhere


class Commands:
    """Decides about each command, fork and signal."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def hooks(self) -> dict[str, Callable[..., None]]:
        """Return what to call for which audit event."""
        return {
            "subprocess.Popen": self._popen,
            "os.system": lambda command: self._command(command),
            "os.exec": lambda path, *_: self._command(path),
            "os.posix_spawn": lambda path, *_: self._command(path),
            "os.spawn": lambda _, path, *__: self._command(path),
            "pty.spawn": lambda argv: self._command(argv[0]),
            "os.fork": lambda: self._fork("os.fork()"),
            "os.forkpty": lambda: self._fork("os.forkpty()"),
            "os.kill": self._kill,
            "os.killpg": lambda group, signal: self._kill(group, signal),
        }

    def install(self) -> None:
        """Refuse in the one function that starts a process without an audit event; :mod:`multiprocessing` uses it."""
        import _posixsubprocess

        original = _posixsubprocess.fork_exec

        def fork_exec(args: Any, executables: Any, *rest: Any) -> int:
            self._command((executables or args)[0])
            return original(args, executables, *rest)

        replace_everywhere({original: Builtin(fork_exec, original)})

    def _popen(self, executable: Any, args: Any, *_: Any) -> None:
        self._command(executable or (args if isinstance(args, str | bytes) else args[0]))

    def _command(self, command: Any) -> None:
        """Refuse by the first word: the others may hold a password."""
        if not self._recorder.allows(Allowance.COMMANDS):
            if _only_asks_for_the_processor():
                raise FileNotFoundError
            words = os.fsdecode(command).split(None, 1)
            raise self._recorder.refuse("command", words[0] if words else "(empty)", Allowance.COMMANDS)

    def _fork(self, what: str) -> None:
        if not self._recorder.allows(Allowance.COMMANDS):
            raise self._recorder.refuse("fork", what, Allowance.COMMANDS)

    def _kill(self, process: int, signal: int) -> None:
        """Let it signal itself and ask whether a process lives; no other process is its own."""
        own = (os.getpid(), 0, os.getpgrp())
        if signal and process not in own and not self._recorder.allows(Allowance.COMMANDS):
            raise self._recorder.refuse("command", "os.kill() of another process", Allowance.COMMANDS)


def _only_asks_for_the_processor() -> bool:
    """Return whether :mod:`platform` starts ``uname -p``, as many libraries let it; it takes no for an answer."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name == "from_subprocess" and frame.f_globals.get("__name__") == "platform":
            return True
        frame = frame.f_back
    return False
