"""Command lines for a shell that a client's text is part of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.processes import QUOTED
from ...code.values.objects import Sequence
from ...code.values.pieces import Hole, text_of
from ...code.values.quoting import lacks_all, open_quote
from ...code.values.taint import Use
from ...code.values.value import Value
from ...rule import Match, Rule, checks

COMMAND_INJECTION = Rule(
    id="inputs.command-injection",
    kind="code",
    control="inputs.commands",
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    cwe=(78,),
    asvs=("V1.2.5",),
    title="A shell runs a command line that a client's text is part of",
    why="A shell reads `;`, `|`, `$( )` and line breaks in the text as commands of their own: whoever sends it runs "
    "programs on the server with the rights of the application.",
    fix="Give the program and its arguments as a list, without a shell. Where a shell has to be, put "
    "`shlex.quote(...)` around the value, outside of any quotes.",
    before='subprocess.run(f"ping -c 1 {host}", shell=True)',
    after='subprocess.run(["ping", "-c", "1", "--", host])',
    guard="Nothing yet: the sensor at processes comes in a later version.",
    language="python",
    lesson="inputs-ping",
)

RUNNERS = ("run", "call", "check_call", "check_output", "Popen")
_SHELLS = (
    "os.system",
    "os.popen",
    "subprocess.getoutput",
    "subprocess.getstatusoutput",
    "asyncio.create_subprocess_shell",
)
_REMOTE = (
    "?.exec_command",
    "fabric.Connection().run",
    "fabric.Connection().sudo",
    "fabric.Connection().local",
    "fabric.api.run",
    "fabric.api.local",
    "fabric.api.sudo",
    "invoke.run",
    "invoke.Context().run",
    "invoke.Context().sudo",
    "pexpect.run",
    "pexpect.spawn",
    "asyncssh.connect().run",
    "?.run_command",
    "?.subprocess_shell",
)
LISTS = tuple(f"subprocess.{name}" for name in RUNNERS)
_BY_SHELL = re.compile(r"(?:^|/)(?:ba|z|da|k|c|fi)?sh$|(?:^|[/\\])(?:cmd|powershell|pwsh)(?:\.exe)?$", re.IGNORECASE)
_BY_CODE = re.compile(r"(?:^|/)(?:python[\d.]*|perl|ruby|node|php|su|sudo|ssh|runuser|osascript)$")
_GIVES_COMMAND = frozenset({"-c", "-lc", "-ec", "/c", "/C", "-Command", "-command", "-e", "-r", "--eval", "--command"})


@checks(
    COMMAND_INJECTION, reads="call", of=(*_SHELLS, *_REMOTE, *LISTS, "asyncio.create_subprocess_exec", "?.exec_run")
)
def command_injection(call: Call) -> Iterator[Match]:
    """Find a client's text in what a shell runs."""
    value = call.arg(0, "args", "cmd", "command", "cmdline")
    if value is None:
        return
    if call.path in LISTS or call.path == "asyncio.create_subprocess_exec":
        yield from _of_program(call, value)
    elif call.name != "exec_run" or not value.refs:
        yield from _of_shell(call, value)


def _of_program(call: Call, value: Value) -> Iterator[Match]:
    shell = call.arg(None, "shell")
    words = words_of(call, value)
    if shell is not None and not shell.is_only(False, None, 0) and (shell.known or shell.taint):
        yield from _of_shell(call, words[0] if words else value)
        return
    if words:
        yield from _of_words(call, words)
        return
    for hole in call.tainted(value, Use.SHELL):
        if not hole.before:
            title = f"{call.name}() runs a program that a client chooses"
            yield call.flow(hole, Use.SHELL, title)


def words_of(call: Call, value: Value) -> list[Value]:
    """Return the words of a command that is given as a list, as far as they are known; else nothing."""
    if call.path == "asyncio.create_subprocess_exec":
        return [*call.args, *([call.star] if call.star is not None else [])]
    for ref in value.refs:
        if isinstance(ref, Sequence):
            items, rest = ref.payload
            return [*items, *([rest] if rest is not None else [])]
    return []


def _of_words(call: Call, words: list[Value]) -> Iterator[Match]:
    """Find a command line among the words: ``["sh", "-c", line]``."""
    program = text_of(words[0])
    shell, code = _BY_SHELL.search(program), _BY_CODE.search(program)
    if not shell and not code:
        return
    for number, word in enumerate(words[1:-1], 1):
        if word.known and word.constant in _GIVES_COMMAND:
            yield from _of_shell(call, words[number + 1])
            return
    if program.endswith("ssh") and len(words) > 2:
        yield from _of_shell(call, words[-1])


def _of_shell(call: Call, value: Value) -> Iterator[Match]:
    title = f"{call.name or call.path}() runs a command line that a client's text is part of"
    seen = set()
    for hole in call.tainted(value, Use.SHELL | Use.ARGUMENT):
        if hole.value not in seen and _is_dangerous(call, hole):
            seen.add(hole.value)
            quoted = hole.value.derived is not None and hole.value.derived[0] == QUOTED
            yield call.flow(hole, Use.ARGUMENT if quoted else Use.SHELL, title)


def _is_dangerous(call: Call, hole: Hole) -> bool:
    quote = open_quote(hole.before, "'\"", escape="\\")
    if hole.value.derived is not None and hole.value.derived[0] == QUOTED:
        # Its own quotes end those that stand around it.
        return bool(quote)
    if not call.taint(hole.value) & (Use.SHELL | Use.SHELL << 40):
        return False
    if quote == "'":
        return not lacks_all(hole.value, "'")
    return not (quote == '"' and lacks_all(hole.value, '"$`\\'))
