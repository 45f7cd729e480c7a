"""The parent's side: start a child, listen to it, and return what it found or say why it found nothing."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ...errors import TargetError
from . import failure
from .channel import decode
from .outcome import Allowance, Attempt, Limits, Outcome, allowances
from .process import ChildProcess, private_folder

STACKS = "stacks.txt"
_SLACK = 64 * 1024


def run_app(
    name: str | None,
    job: str,
    spec: dict[str, Any],
    *,
    limits: Limits | None = None,
    allow: Iterable[str] = frozenset(),
    progress: Callable[[str], None] | None = None,
) -> Outcome:
    """Load an application in a process of its own, do a job with it there, and return what came out.

    It is an accident guard for an application that you trust, and no sandbox for hostile code; see ``docs/harness.md``.

    Args:
        name: The application as for :func:`flask_garrison.target.load_app`.
        job: ``flask_garrison.package.module:function``; it is called with the application, ``spec`` and a function that
            takes words of progress, and returns data that JSON can carry.
        spec: What the job needs to know, as JSON can carry it.
        limits: How much the run may take.
        allow: Names of :class:`Allowance`.
        progress: Called with the words that the job passes on.

    Raises:
        TargetError: where the application cannot be loaded or did not let the job come to its end: with its own
            traceback, or with the place where it stood.
        RuntimeError: where the job itself failed, which is a defect of Garrison.
    """
    if sys.platform == "win32":
        raise TargetError("this needs Linux or macOS: on Windows an application cannot be run in a process apart.")
    limits = limits or Limits()
    with private_folder() as root:
        listener = Listener(progress or (lambda _: None))
        child = ChildProcess(root, _request(root, name, job, spec, limits, allowances(allow)), limits.output_bytes)
        try:
            why = child.read(limits.seconds, limits.result_bytes + _SLACK, listener.take, limits.memory_mb)
            status = child.status
        finally:
            child.end()
        return _Ending(name, limits, listener, root, child.printed).outcome(why, status)


def _request(
    root: Path, name: str | None, job: str, spec: dict[str, Any], limits: Limits, allow: frozenset[Allowance]
) -> dict[str, Any]:
    return {
        "root": str(root),
        "parent": os.getpid(),
        "name": name,
        "job": job,
        "spec": spec,
        "limits": dataclasses.asdict(limits),
        "allow": sorted(allow),
    }


class Listener:
    """Collects what the child says."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self._progress = progress
        self.phase = "loading"
        self.server = ""
        self.exit_at = ""
        self.bound = ""
        self.last: dict[str, Any] = {}
        self.layers: list[str] = []
        self.missing: list[str] = []
        self.refused: list[Attempt] = []
        self.redirected: list[str] = []
        self.databases: dict[str, str] = {}

    def take(self, line: bytes) -> bool:
        """Take one message; return whether it is the last one.

        A line that is no message is passed over: a fork of the application may have written to the pipe.
        """
        try:
            message = decode(line)
        except ValueError:
            return False
        kind = message["kind"]
        if kind in ("result", "failed", "defect"):
            self.last = message
            return True
        getattr(self, f"_on_{kind}", lambda _: None)(message)
        return False

    def _on_progress(self, message: dict[str, Any]) -> None:
        self._progress(message["words"])

    def _on_phase(self, message: dict[str, Any]) -> None:
        self.phase = message["name"]

    def _on_server(self, message: dict[str, Any]) -> None:
        self.server = message["words"]

    def _on_exit(self, message: dict[str, Any]) -> None:
        self.exit_at = message["where"]

    def _on_bound(self, message: dict[str, Any]) -> None:
        self.bound = message["words"]

    def _on_layers(self, message: dict[str, Any]) -> None:
        self.layers, self.missing = message["active"], message["missing"]

    def _on_refused(self, message: dict[str, Any]) -> None:
        self.refused.append(
            Attempt(kind=message["attempt"], what=message["what"], where=message["where"], allow=message["allow"])
        )

    def _on_redirected(self, message: dict[str, Any]) -> None:
        self.redirected.append(message["path"])

    def _on_database(self, message: dict[str, Any]) -> None:
        self.databases[message["path"]] = message["copy"]


@dataclasses.dataclass(frozen=True, slots=True)
class _Ending:
    """Judges how a child ended."""

    name: str | None
    limits: Limits
    heard: Listener
    root: Path
    printed: str

    def outcome(self, why: str, status: int | None) -> Outcome:
        """Return what came out, or raise what went wrong."""
        heard = self.heard
        if heard.server and heard.phase == "loading":
            raise failure.served(self.name, heard.server)
        if heard.last.get("kind") == "result":
            return Outcome(
                result=heard.last["data"],
                layers=tuple(heard.layers),
                missing=tuple(heard.missing),
                refused=tuple(heard.refused),
                printed=self.printed,
                redirected=tuple(heard.redirected),
                databases=dict(heard.databases),
            )
        if heard.last.get("kind") == "defect":
            raise RuntimeError(f"A job failed in the child:\n\n{heard.last['words']}")
        raise self._failed() if heard.last else self._silent(why, status)

    def _failed(self) -> TargetError:
        """It said why."""
        message, words = self.heard.last, self.heard.last["words"]
        if message["about"] == "memory":
            return failure.too_large(self.name, self.heard.phase, self.limits, words)
        if message["about"] == "end":
            words = f"{failure.subject(self.name)} ended {failure.when(self.heard.phase)}:\n\n{words}"
        if message.get("hint"):
            words += f"\n\n{message['hint']}"
        return TargetError(failure.with_refusals(words, self.heard.refused))

    def _silent(self, why: str, status: int | None) -> TargetError:
        """It ended, or was ended, without a word."""
        stacks = self.root / STACKS
        phase = self.heard.phase
        if not self.heard.layers:
            return TargetError(f"A process for the application could not be started:\n{self.printed.rstrip()}")
        if why == "memory":
            return failure.too_large(self.name, phase, self.limits)
        if why == "message":
            return TargetError(f"{failure.subject(self.name)}: the result is too large to be read.")
        if why == "time" or _is_timeout(stacks):
            return failure.too_slow(self.name, phase, self.limits, stacks, self.heard.bound)
        error = failure.ended(self.name, phase, status or 0, self.heard.exit_at, self.printed)
        return TargetError(failure.with_refusals(str(error), self.heard.refused))


def _is_timeout(stacks: Path) -> bool:
    try:
        return stacks.read_text("utf-8", "replace").startswith("Timeout")
    except OSError:
        return False
