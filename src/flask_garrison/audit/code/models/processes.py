"""Programs: what quotes a word for a shell, and what takes a command line apart."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any, Final

from ..interpreter.expressions import items_of, sequence, text_of_parts
from ..values.objects import Sequence
from ..values.pieces import HOLE, text_of
from ..values.taint import Use, without
from ..values.value import UNKNOWN, Value, constant
from .registry import alias, on_call
from .support import carried, cleaned

if TYPE_CHECKING:
    from ..events import Call

QUOTED: Final = "shell-quoted"
"""The operation of :func:`quote`: a word as it is, as long as no quote stands around it."""

alias(
    {
        "pipes.quote": "shlex.quote",
        "commands.getoutput": "subprocess.getoutput",
        "commands.getstatusoutput": "subprocess.getstatusoutput",
        "asyncio.subprocess.create_subprocess_shell": "asyncio.create_subprocess_shell",
        "asyncio.subprocess.create_subprocess_exec": "asyncio.create_subprocess_exec",
        "posix.system": "os.system",
        "posix.popen": "os.popen",
        "gevent.subprocess.run": "subprocess.run",
        "gevent.subprocess.call": "subprocess.call",
        "gevent.subprocess.check_call": "subprocess.check_call",
        "gevent.subprocess.check_output": "subprocess.check_output",
        "gevent.subprocess.Popen": "subprocess.Popen",
        "eventlet.green.subprocess.run": "subprocess.run",
        "eventlet.green.subprocess.Popen": "subprocess.Popen",
        "paramiko.client.SSHClient": "paramiko.SSHClient",
        "fabric.connection.Connection": "fabric.Connection",
        "invoke.context.Context": "invoke.Context",
        "shellescape.quote": "shlex.quote",
    }
)


@on_call("shlex.quote")
def quote(call: Call) -> Value:
    """One word for a shell, whatever is in it; it can still be an option."""
    value = call.arg(0, "s")
    if value is None or (value.known and isinstance(value.constant, str)):
        return UNKNOWN if value is None else constant(shlex.quote(value.constant))
    return cleaned(call, value, Use.SHELL, QUOTED)


@on_call("shlex.join", "subprocess.list2cmdline")
def join(call: Call) -> Value | None:
    """A command line whose words are quoted."""
    value = call.arg(0)
    if value is None:
        return None
    items, rest = items_of(call.machine, value)
    parts: list[Value] = []
    for item in [*items, *([rest] if rest is not None else [])]:
        parts += [constant(" ")] if parts else []
        parts.append(_quoted(call, item))
    return text_of_parts(call.machine, parts, call.node)


def _quoted(call: Call, item: Value) -> Value:
    if item.known and isinstance(item.constant, str):
        return constant(shlex.quote(item.constant))
    return Value(without(item.taint, Use.SHELL), step=item.step, pieces=item.pieces, derived=(QUOTED, item, None))


@on_call("shlex.split")
def split(call: Call) -> Value | None:
    """The words of a command line: before the first that is not known they are known."""
    value = call.arg(0, "s")
    if value is None:
        return None
    before = text_of(call.machine.resolve(value)).partition(HOLE)[0]
    try:
        words = shlex.split(before)
    except ValueError:
        return sequence([], carried(call, value))
    if HOLE not in text_of(call.machine.resolve(value)):
        return sequence([constant(word) for word in words])
    known: list[Any] = words if before[-1:].isspace() or not before else words[:-1]
    rest = carried(call, value)
    return Value(refs=(Sequence(tuple(constant(word) for word in known), rest, "list"),))
