"""The child process: guards first, then the application, then the job; the result leaves by a private pipe.

Started as ``python -P -m flask_garrison.target.harness.child``. The request comes in on standard input.
"""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn, TextIO

from .channel import Channel, encode
from .hints import hint_for
from .hooks import real
from .hooks.install import install_guards
from .kernel import install_kernel_layers
from .outcome import Allowance, Limits
from .recorder import Recorder, ServerAtImport

STACKS = "stacks.txt"
"""Where all threads stood when the time was over, in the private folder."""
_PACKAGE = str(__package__).partition(".")[0]


def main() -> NoReturn:
    """Run one request and end the process, whatever threads still run."""
    channel = _take_standard_output()
    request = _take_request()
    limits = Limits(**request["limits"])
    allow = frozenset(Allowance(name) for name in request["allow"])
    recorder = Recorder(channel, allow)
    # First of all: a process that has a second thread may not leave its namespaces.
    layers, missing = install_kernel_layers(request["root"], limits, allow, request["parent"])
    stacks = real.open_file(os.path.join(request["root"], STACKS), "w", encoding="utf-8")
    layers = install_guards(request["root"], recorder, limits.copy_mb) + layers
    channel.send("layers", active=layers, missing=missing)
    _watch_time(stacks, limits.seconds)
    _end(_run(channel, recorder, request, limits.result_bytes))


def _take_standard_output() -> Channel:
    """Keep the pipe to the parent under a number of its own; what is printed goes the way of standard error."""
    channel = Channel(os.dup(1))
    os.dup2(2, 1)
    return channel


def _take_request() -> dict[str, Any]:
    """Read the request; the application finds an empty standard input."""
    request: dict[str, Any] = json.loads(sys.stdin.buffer.read())
    nothing = real.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    real.close(nothing)
    return request


def _watch_time(stacks: TextIO, seconds: float) -> None:
    """Write down where every thread stands when the time is over, and end the process."""
    faulthandler.enable(stacks)
    faulthandler.dump_traceback_later(seconds, exit=True, file=stacks)


def _run(channel: Channel, recorder: Recorder, request: dict[str, Any], most: int) -> int:
    """Load and do the job; return the status to end with."""
    try:
        app = _load(request["name"])
        if recorder.server:
            raise ServerAtImport(recorder.server)
        recorder.loading = False
        channel.send("phase", name="job")
        line = encode("result", {"data": _job(request["job"])(app, request["spec"], _progress(channel))})
    except ServerAtImport:
        # The parent has its words already; they were sent when it started.
        return 1
    except BaseException as error:
        _tell_failure(channel, recorder, error)
        return 1
    if len(line) > most:
        channel.send("failed", words=f"the result has {len(line)} bytes; {most} are allowed.", about="result")
        return 1
    channel.send_encoded(line)
    return 0


def _load(name: str | None) -> Any:
    from ..loading import load_app

    return load_app(name)


def _job(name: str) -> Callable[[Any, Any, Callable[[str], None]], Any]:
    """Return the job; it is always one of Garrison's own."""
    module, _, function = name.partition(":")
    if module.partition(".")[0] != _PACKAGE:
        raise ValueError(f"{name!r} is no job of {_PACKAGE}")
    found: Callable[[Any, Any, Callable[[str], None]], Any] = getattr(importlib.import_module(module), function)
    return found


def _progress(channel: Channel) -> Callable[[str], None]:
    return lambda words: channel.send("progress", words=words)


def _tell_failure(channel: Channel, recorder: Recorder, error: BaseException) -> None:
    from ...errors import TargetError

    cause = error.__cause__ if isinstance(error, TargetError) and error.__cause__ else error
    if isinstance(cause, MemoryError):
        channel.send("failed", words=_shown(error), about="memory")
    elif isinstance(error, TargetError):
        channel.send("failed", words=str(error), hint=hint_for(cause), about="target")
    elif recorder.loading or isinstance(error, SystemExit | KeyboardInterrupt):
        channel.send("failed", words=_shown(error), about="end")
    else:
        channel.send("defect", words=_shown(error))


def _shown(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)).rstrip()


def _end(status: int) -> NoReturn:
    """End at once: neither threads nor what was registered for the end of the process may hold it up."""
    for stream in (sys.stdout, sys.stderr):
        # Whatever the application put there.
        with suppress(BaseException):
            stream.flush()
    real.end_process(status)


if __name__ == "__main__":
    main()
