"""Words of a command that a client can turn into options, or into another program."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.processes import QUOTED
from ...code.values.pieces import Hole, text_of
from ...code.values.taint import Use
from ...code.values.value import Either, Value
from ...rule import Match, Rule, checks
from .commands import LISTS, words_of

ARGUMENT_INJECTION = Rule(
    id="inputs.argument-injection",
    kind="code",
    control="inputs.commands",
    severity=Severity.HIGH,
    confidence=Confidence.MEDIUM,
    cwe=(88,),
    asvs=("V1.2.5",),
    title="A word that a client sends can become an option of a program",
    why="A word that begins with a dash is an option, shell or no shell: many programs have one that runs another "
    "program, writes a file, or reads a file that nobody was to see.",
    fix='Put `"--"` before the first word that a client sends, where the program knows it; else refuse what begins '
    "with "
    "a dash, or write the option and the value as one word: `--name=` and the value.",
    before='subprocess.run(["git", "log", revision])',
    after='subprocess.run(["git", "log", "--end-of-options", revision, "--"])',
    guard="Nothing yet: the sensor at processes comes in a later version.",
    language="python",
    lesson="inputs-ping",
)

_PATHS = (*LISTS, "asyncio.create_subprocess_exec", "pty.spawn")
_EXEC = tuple(f"os.{kind}" for kind in ("execv", "execve", "execvp", "execvpe", "posix_spawn", "posix_spawnp"))
_EXEC_WORDS = tuple(f"os.{kind}" for kind in ("execl", "execle", "execlp", "execlpe"))
_SPAWN = tuple(f"os.spawn{kind}" for kind in ("v", "ve", "vp", "vpe"))
_SHELLS = ("os.system", "os.popen", "subprocess.getoutput", "asyncio.create_subprocess_shell", "?.exec_command")
_END = frozenset({"--", "--end-of-options"})
_TAKES_VALUE = re.compile(
    r"-[A-Za-z]$|--?(?:\w+-)*(?:file|output|input|format|config|user|host|port|name|message|author|"
    r"since|until|regexp|pattern|expression|title|subject|size|dir|directory|path|url|data|header|date|type|level|width|"
    r"height|count|max|min|limit|filter|query|text|key|value|lang|language|encoding|password|out|in|ss|to|vf|af)$"
)


@checks(ARGUMENT_INJECTION, reads="call", of=(*_PATHS, *_EXEC, *_EXEC_WORDS, *_SPAWN, *_SHELLS))
def argument_injection(call: Call) -> Iterator[Match]:
    """Find words of a client's where options can stand."""
    words, program = _words(call)
    shell = call.arg(None, "shell")
    if words and (shell is None or shell.is_only(False, None)):
        yield from _among(call, words, program)
    elif call.path in _SHELLS or (shell is not None and shell.known):
        yield from _in_line(call)


def _words(call: Call) -> tuple[list[Value], Value | None]:
    """Return the words, with the program as the first of them, and the program where it is given apart."""
    first = call.arg(0, "args", "path", "file")
    if first is None:
        return [], None
    if call.path in _EXEC_WORDS:
        return call.args[1:], first
    if call.path in _EXEC or call.path in _SPAWN:
        at = 2 if call.path in _SPAWN else 1
        given = call.arg(at, "args", "argv")
        program = call.args[at - 1] if len(call.args) >= at else None
        return (words_of(call, given) if given is not None else []), program
    return words_of(call, first), None


def _among(call: Call, words: list[Value], program: Value | None) -> Iterator[Match]:
    for hole in call.tainted(program or words[0], Use.ARGUMENT):
        if not hole.before:
            title = f"{call.name}() runs a program that a client chooses"
            yield call.flow(hole, Use.ARGUMENT, title, severity=Severity.CRITICAL)
    before = ""
    for word in words[1:]:
        if word.known and word.constant in _END:
            return
        among = [one for one in _constants(word) if _TAKES_VALUE.match(one)]
        before = among[0] if among else before
        for hole in call.tainted(word, Use.ARGUMENT):
            match = _judged(call, hole, before, text_of(words[0]))
            if match is not None:
                yield match
        before = text_of(call.machine.resolve(word))


def _constants(word: Value) -> list[str]:
    """Return the constants that a word can be: of words that are added in a loop the order is not known."""
    found = list(word.texts())
    for piece in word.pieces or ():
        if isinstance(piece, Either):
            found += _constants(piece.first) + _constants(piece.second)
    return found


def _judged(call: Call, hole: Hole, previous: str, program: str) -> Match | None:
    name = program.rpartition("/")[2].strip("\0") or "the program"
    if hole.before and not hole.before.strip("-") and not hole.before.startswith("---"):
        return call.flow(hole, Use.ARGUMENT, f"A client chooses an option of {name}")
    if hole.before:
        return None
    title = f"A word that a client sends can become an option of {name}"
    if _TAKES_VALUE.match(previous):
        return None
    if previous.startswith("-") and len(previous) > 1 and "=" not in previous:
        # Whether the option before it takes the word as its value is the program's to say.
        return call.flow(hole, Use.ARGUMENT, title, confidence=Confidence.LOW, severity=Severity.MEDIUM)
    return call.flow(hole, Use.ARGUMENT, title)


def _in_line(call: Call) -> Iterator[Match]:
    """Find quoted words in the command line of a shell: they are words, and may be options."""
    value = call.arg(0, "args", "cmd", "command")
    for hole in call.tainted(value, Use.ARGUMENT):
        quoted = hole.value.derived is not None and hole.value.derived[0] == QUOTED
        if not quoted or not hole.before[-1:].isspace() or any(f" {end} " in hole.before for end in _END):
            continue
        words = hole.before.split()
        match = _judged(call, hole._replace(before=""), words[-1] if words else "", words[0] if words else "")
        if match is not None:
            yield match
