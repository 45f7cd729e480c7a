"""Line breaks of a client's in the headers of answers, of other protocols, and of mails."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call, Setting
from ...code.interpreter.expressions import held
from ...code.models.mail import LEGACY
from ...code.values.objects import Mapping, Sequence
from ...code.values.pieces import Hole
from ...code.values.taint import Use
from ...code.values.value import Value
from ...rule import Match, Rule, checks

HEADER_INJECTION = Rule(
    id="inputs.header-injection",
    kind="code",
    control="inputs.header-injection",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(113, 93),
    asvs=("V1.2.1",),
    title="A client's line breaks reach the headers of a message",
    why="A line break in the value ends the header, and what follows is a header of the client's, or a message of its "
    "own: a cookie is set, a request is smuggled to the server behind. Werkzeug refuses it in its answers; a WSGI "
    "wrapper, a socket and `http.server` do not.",
    fix='Set headers through Werkzeug or an HTTP client, which refuse line breaks, or refuse them before: `if "\\n" in '
    'value or "\\r" in value`.',
    before='start_response(status, [*headers, ("X-Campaign", campaign)])',
    after='start_response(status, [*headers, ("X-Campaign", quote(campaign))])',
    guard="Nothing: what stands around the application is not seen by it.",
    language="python",
)

MAIL_HEADER_INJECTION = Rule(
    id="inputs.mail-header-injection",
    kind="code",
    control="inputs.header-injection",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(93,),
    asvs=("V1.3.11",),
    title="A client's line breaks reach the headers of a mail",
    why="A line break in a subject or a name begins a header of the client's: `Bcc:` with a thousand addresses, or a "
    "blank line and another text. The server sends spam in its own name.",
    fix="Build the mail with `email.message.EmailMessage`, which refuses line breaks in headers, and send it with "
    "`send_message`.",
    before='smtp.sendmail(SENDER, [OFFICE], f"Subject: {topic}\\n\\n{text}")',
    after='mail = EmailMessage()\nmail["Subject"] = topic\nmail.set_content(text)\nsmtp.send_message(mail)',
    guard="Nothing yet.",
    language="python",
)

_SOCKETS = ("?.send", "?.sendall", "?.sendto", "?.write", "?.writelines", "?.send_bytes")
_LINE = re.compile(r"(?:^|[\n\0])[ \t]*[A-Za-z][\w-]*:[ \t]?[^\n]*$")
_REQUEST = re.compile(r"\r\n|\bHTTP/1|\bRTSP/1|\bSIP/2")
_MAIL = re.compile(r"(?:^|[\n\0])(?:to|from|subject|cc|bcc|reply-to|sender|mime-version):", re.IGNORECASE)
_SENDS = (
    "?.sendmail",
    "?.send_raw_email",
    "?.send_email",
    "?.communicate",
    "?.write",
    "?.stdin_write",
    "subprocess.run",
    "subprocess.check_output",
    "subprocess.call",
    "?.data",
    "?.sendmail_raw",
)
_ADDRESSED = frozenset({"subject", "to", "from", "cc", "bcc", "reply-to", "sender", "return-path", "x-mailer"})


@checks(HEADER_INJECTION, reads="call", of=("?.start_response", "?.send_header", "?.send_response_only", *_SOCKETS))
def header_injection(call: Call) -> Iterator[Match]:
    """Find a client's line breaks in headers that nobody looks at any more."""
    for hole in _header_holes(call):
        title = f"{call.name}() sends a header with a client's text, line breaks and all"
        yield call.flow(hole, Use.LINE, title)
        return


def _header_holes(call: Call) -> Iterator[Hole]:
    if call.name == "start_response":
        for value in (call.arg(0, "status"), call.arg(1, "headers", "response_headers")):
            yield from _leaves(call, value, 0)
    elif call.name in ("send_header", "send_response_only"):
        for value in call.args:
            yield from call.tainted(value, Use.LINE)
    else:
        yield from _in_protocol(call)


def _leaves(call: Call, value: Value | None, depth: int) -> Iterator[Hole]:
    """Yield the parts of a list of headers."""
    if value is None or depth > 3:
        return
    value = call.machine.resolve(value)
    inside = [item for ref in value.refs if isinstance(ref, (Sequence, Mapping)) for item in held(ref)]
    for item in inside:
        yield from _leaves(call, item, depth + 1)
    if not inside:
        yield from call.tainted(value, Use.LINE)


def _in_protocol(call: Call) -> Iterator[Hole]:
    value = call.arg(0, "data", "buf")
    if value is None or value.refs or not value.pieces or _MAIL.search(call.text(0, "data", "buf")):
        return
    for hole in call.tainted(value, Use.LINE):
        whole = hole.before + "\0" + hole.after
        head = "\r\n\r\n" not in hole.before and "\n\n" not in hole.before
        if (
            head
            and _REQUEST.search(whole)
            and "\n" in hole.after
            and (_LINE.search(hole.before) or "HTTP/" in hole.after)
        ):
            yield hole


@checks(MAIL_HEADER_INJECTION, reads="call", of=_SENDS)
def mail_header_injection(call: Call) -> Iterator[Match]:
    """Find a client's line breaks before the blank line of a mail that is sent as a text."""
    for value in _mails(call):
        for hole in call.tainted(value, Use.LINE):
            if _in_head(call, hole):
                title = f"{call.name}() sends a mail with a client's text in its headers, line breaks and all"
                yield call.flow(hole, Use.LINE, title)
                return


def _mails(call: Call) -> Iterator[Value]:
    if call.path.startswith("subprocess.") or call.name == "communicate":
        given = [call.arg(0 if call.name == "communicate" else None, "input")]
    elif call.name == "sendmail":
        given = [call.arg(2, "msg", "message")]
    elif call.name == "send_raw_email":
        raw = call.arg(None, "RawMessage")
        given = [item for ref in (raw.refs if raw is not None else ()) for item in held(ref)]
    else:
        given = [call.arg(0)]
    yield from (value for value in given if value is not None)


def _in_head(call: Call, hole: Hole) -> bool:
    """Return whether a part stands in the headers: behind the name of one, and before the first blank line."""
    before = hole.before.replace("\r", "")
    if "\n\n" in before:
        return False
    if call.name in ("sendmail", "send_raw_email"):
        return bool(hole.before) and (":" in before)
    return bool(_MAIL.search(hole.before))


@checks(MAIL_HEADER_INJECTION, reads="setting")
def mail_header_set(setting: Setting) -> Iterator[Match]:
    """Find a header of a message of the old policy that is set to a client's text."""
    if not setting.is_item or setting.path != LEGACY or setting.name.lower() not in _ADDRESSED:
        return
    for hole in setting.tainted(setting.value, Use.LINE):
        title = (
            f"The header {setting.name} of a message of the old policy is set to a client's text, line breaks and all"
        )
        yield setting.flow(hole, Use.LINE, title, confidence=Confidence.MEDIUM)
        return
