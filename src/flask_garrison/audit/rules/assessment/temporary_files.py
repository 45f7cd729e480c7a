"""Names of temporary files that others can foresee, and files that everybody may change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.paths import PATH
from ...code.values.pieces import text_of
from ...code.values.taint import Use, both
from ...code.values.value import Value
from ...rule import Match, Rule, checks

TEMP_NAMES = Rule(
    id="assessment.temp-names",
    kind="code",
    control="assessment.process-privileges",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(377, 379),
    asvs=("V5.3.2",),
    title="A temporary file has a name that others can foresee",
    why="Everybody on the machine may write to /tmp. Whoever puts a link under the name first has the application "
    "write "
    "to a file of their choice, or reads what it wrote.",
    fix="Use tempfile.NamedTemporaryFile(), mkstemp() or TemporaryDirectory(): they make the file at once, under a "
    "name "
    "that cannot be guessed, for this user alone.",
    before='path = tempfile.mktemp(suffix=".pdf")',
    after='with tempfile.NamedTemporaryFile(suffix=".pdf") as target: ...',
    guard="Nothing: what a view does in the file system is the view's.",
    language="python",
)
FILE_PERMISSIONS = Rule(
    id="assessment.file-permissions",
    kind="code",
    control="assessment.process-privileges",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(732, 276),
    asvs=("V13.2.2",),
    title="A file or folder is made writable for everybody",
    why="Any other program on the machine, one that was broken into among them, can replace what the application reads "
    "next.",
    fix="Give it to the user that needs it: 0o600 for files and 0o700 for folders, or 0o640 and 0o750 with a group.",
    before="os.chmod(path, 0o777)",
    after="os.chmod(path, 0o700)",
    guard="Nothing: what a view does in the file system is the view's.",
    language="python",
)

_FIXED: Final = re.compile(r"^(/tmp|/var/tmp|/dev/shm)/.+")


@checks(TEMP_NAMES, reads="call", of=("tempfile.mktemp", "os.tempnam", "os.tmpnam"))
def foreseen(call: Call) -> Iterator[Match]:
    """``tempfile.mktemp()``."""
    yield call.match(f"{call.name or 'mktemp'}() gives a name before anybody owns the file")


@checks(TEMP_NAMES, reads="call", of=("open", f"{PATH}.open", f"{PATH}.write_text", f"{PATH}.write_bytes", "os.mkdir"))
def fixed(call: Call) -> Iterator[Match]:
    """``open("/tmp/report.csv", "w")``."""
    where = call.receiver if call.path.startswith(PATH) else call.arg(0)
    if where is None or (call.name == "open" and not _creates(call)):
        return
    text = text_of(call.machine.resolve(where))
    if _FIXED.match(text) and not _has_secret(call, where):
        yield call.match(f"{call.name}() writes to a file in {text.split('/')[1]} whose name others can foresee")


def _creates(call: Call) -> bool:
    mode = call.arg(0 if call.path.startswith(PATH) else 1, "mode")
    texts = mode.texts() if mode is not None else ()
    return any("w" in text or "a" in text for text in texts)


def _has_secret(call: Call, where: Value) -> bool:
    """Return whether a part of a name comes from what nobody can guess, or may do so."""
    where = call.machine.resolve(where)
    for piece in where.pieces or ():
        if isinstance(piece, str):
            continue
        if not isinstance(piece, Value) or _unguessable(piece):
            return True
    return False


def _unguessable(value: Value) -> bool:
    known = ("datetime.", "time.", "os.getpid", "?.strftime", "?.isoformat")
    if value.path.startswith(("uuid.uuid4", "secrets.", "tempfile.", "os.urandom")):
        return True
    return not value.path.startswith(known) and not value.taint & both(Use.CLIENT) and value.consts is None


@checks(FILE_PERMISSIONS, reads="call", of=("os.chmod", "os.fchmod", f"{PATH}.chmod", "os.lchmod"))
def opened_up(call: Call) -> Iterator[Match]:
    """``os.chmod(path, 0o777)``."""
    mode = call.arg(0 if call.path.startswith(PATH) else 1, "mode")
    yield from _for_everybody(call, mode)


@checks(
    FILE_PERMISSIONS,
    reads="call",
    of=("os.open", "os.mkdir", "os.makedirs", f"{PATH}.mkdir", f"{PATH}.touch", "os.mkfifo"),
)
def made_open(call: Call) -> Iterator[Match]:
    """``os.open(path, flags, 0o666)``: less what the process's umask takes away."""
    position = {"os.open": 2, f"{PATH}.mkdir": 0, f"{PATH}.touch": 0}.get(call.path, 1)
    mode = call.arg(position, "mode")
    if call.path == "os.open" or call.given(None, "mode") or mode is not None:
        yield from _for_everybody(call, mode, doubtful=True)


def _for_everybody(call: Call, mode: Value | None, *, doubtful: bool = False) -> Iterator[Match]:
    for number in mode.consts or () if mode is not None else ():
        if isinstance(number, int) and not isinstance(number, bool) and number & 0o002:
            name = call.name or call.path
            confidence = Confidence.LOW if doubtful else None
            yield call.match(f"{name}() lets everybody on the machine write there ({number:#o})", confidence=confidence)
            return


@checks(FILE_PERMISSIONS, reads="call", of=("os.umask",))
def unmasked(call: Call) -> Iterator[Match]:
    """``os.umask(0)``."""
    mask = call.arg(0)
    if mask is not None and any(isinstance(one, int) and not one & 0o002 for one in mask.consts or ()):
        yield call.match("umask() has every new file writable for everybody")
