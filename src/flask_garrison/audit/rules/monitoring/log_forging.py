"""Lines of a log that a client can write."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.logs import LEVELS, LOGGERS, is_json_logger
from ...code.values.pieces import text_of
from ...code.values.taint import Use
from ...rule import Match, Rule, checks

LOG_FORGING = Rule(
    id="monitoring.log-forging",
    kind="code",
    control="monitoring.log-injection",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(117,),
    asvs=("V16.4.1",),
    title="A client's text is written to a log with its line breaks",
    why="A line break in the text ends the entry. What follows looks like an entry of its own: a login that never was, "
    "or a blank page over what was done.",
    fix="Write the value as a literal, with `%r`, or let the formatter write JSON or escape line breaks.",
    before='log.info("no such user: %s", name)',
    after='log.info("no such user: %r", name)',
    guard="It escapes control characters in its own events. What the application logs is the application's.",
    lesson="monitoring-silent-break-in",
    language="python",
    items=(129,),
)

_METHODS = (*(f"{logger}.{level}" for logger in LOGGERS for level in LEVELS), *(f"?.{level}" for level in LEVELS))
_LOGGER = re.compile(r"(?:^|_)(?:log|logger|logging|audit|auditlog)$")
_LOGS = ("syslog.syslog", "systemd.journal.send", "?.log_message")


@checks(LOG_FORGING, reads="call", of=(*_METHODS, *_LOGS), by_client=True)
def log_forging(call: Call) -> Iterator[Match]:
    """Find a client's text, line breaks and all, in what is logged."""
    if call.path.startswith("?") and not _is_logger(call):
        return
    if is_json_logger(call.machine):
        return
    at = 1 if call.name == "log" else 0
    message = text_of(call.args[at]) if len(call.args) > at else ""
    for number, value in enumerate(call.args[at:]):
        if number and _shows_literal(message, number):
            continue
        for hole in call.tainted(value, Use.LOG):
            yield call.flow(hole, Use.LOG, f"{call.name or call.path}() logs a client's text with its line breaks")
            return


def _shows_literal(message: str, number: int) -> bool:
    """Return whether the nth ``%`` of a message is ``%r``, or a number."""
    kinds = [part[:1] for part in message.replace("%%", "").split("%")[1:]]
    return len(kinds) >= number and kinds[number - 1] in "radioxXeEfFgG" and bool(kinds[number - 1])


def _is_logger(call: Call) -> bool:
    owner = getattr(getattr(call.node, "func", None), "value", None)
    owner = owner.func if isinstance(owner, ast.Call) else owner
    name = (getattr(owner, "attr", "") or getattr(owner, "id", "")).lower()
    return bool(_LOGGER.search(name))


@checks(
    LOG_FORGING,
    reads="call",
    of=("open().write", "open().writelines", "pathlib.Path().open().write", "?.write", "print"),
    by_client=True,
)
def forging_in_files(call: Call) -> Iterator[Match]:
    """Find a client's text in a line that is added to a file of lines."""
    value = call.arg(0)
    if value is None or not (value.taint or value.refs) or not _appends(call):
        return
    for hole in call.tainted(value, Use.LOG):
        if call.path == "print" or "\n" in hole.after[-2:]:
            title = f"{call.name}() adds a client's text to a file of lines, with its line breaks"
            yield call.flow(hole, Use.LOG, title, confidence=Confidence.MEDIUM)
            return


def _appends(call: Call) -> bool:
    """Return whether the file was opened to add to it."""
    handle = call.arg(None, "file") if call.path == "print" else call.receiver
    detail = handle.derived if handle is not None else None
    return detail is not None and detail[0] == "opened" and "a" in str(detail[2])
