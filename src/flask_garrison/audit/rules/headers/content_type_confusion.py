"""Content types that a client chose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ....findings import Confidence, Severity
from ...code.events import Answer, Call, Setting, Sighting
from ...code.values.objects import Mapping, Sequence
from ...code.values.taint import Use
from ...code.values.value import Value
from ...rule import Match, Rule, checks

CONTENT_TYPE_CONFUSION = Rule(
    id="headers.content-type-confusion",
    kind="code",
    control="headers.content-types",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(436, 79),
    asvs=("V4.1.1",),
    title="A client chooses the content type of an answer",
    why="Text that is harmless as text/plain or JSON is a page once it is called text/html: a script in it runs in the "
    "name of this site.",
    fix="Look the type up in a dictionary of those that you serve, or send the answer as an attachment of type "
    "application/octet-stream.",
    before='return Response(text, content_type=request.args["as"])',
    after='return Response(text, content_type=TYPES.get(request.args["as"], "text/plain"))',
    guard="Garrison sends nosniff with every answer, which makes browsers believe the type that was chosen.",
    language="python",
    lesson="headers-sniffed",
)

_TITLE: Final = "The content type of an answer is what the client says"


@checks(CONTENT_TYPE_CONFUSION, reads="call", of=("flask.Response", "flask.send_file", "flask.send_from_directory"))
def made(call: Call) -> Iterator[Match]:
    """``Response(body, mimetype=...)``, ``send_file(path, mimetype=...)``."""
    attachment = call.arg(None, "as_attachment")
    if attachment is not None and attachment.is_only(True):
        return
    position = {"flask.Response": 3, "flask.send_file": 1}.get(call.path)
    for value in (call.arg(position, "mimetype"), call.arg(4 if position == 3 else None, "content_type")):
        yield from _chosen(call, value)
    if call.path == "flask.Response":
        headers = call.arg(2, "headers")
        for ref in headers.refs if headers is not None else ():
            if isinstance(ref, Mapping):
                yield from _in_headers(call, ref)


def _in_headers(call: Call, headers: Mapping) -> Iterator[Match]:
    for name, value in headers.payload[0].items():
        if isinstance(name, str) and name.lower() == "content-type":
            yield from _chosen(call, value)


@checks(CONTENT_TYPE_CONFUSION, reads="setting")
def set_later(setting: Setting) -> Iterator[Match]:
    """``answer.mimetype = ...``, ``answer.headers["Content-Type"] = ...``."""
    of_answer = not setting.is_item and setting.path == "flask.Response()"
    of_headers = setting.is_item and setting.path.lower().endswith(("headers", "headers()"))
    if (of_answer and setting.name in ("mimetype", "content_type")) or (
        of_headers and setting.name.lower() == "content-type" and "Session()" not in setting.path
    ):
        yield from _chosen(setting, setting.value)


@checks(CONTENT_TYPE_CONFUSION, reads="call", of=("werkzeug.Headers().set", "werkzeug.Headers().add"))
def added(call: Call) -> Iterator[Match]:
    """``answer.headers.set("Content-Type", ...)``."""
    name = call.arg(0)
    if name is not None and any(text.lower() == "content-type" for text in name.texts()):
        yield from _chosen(call, call.arg(1))


@checks(CONTENT_TYPE_CONFUSION, reads="answer")
def returned(answer: Answer) -> Iterator[Match]:
    """``return body, 200, {"Content-Type": kind}``."""
    if any(isinstance(ref, Sequence) and ref.kind == "tuple" for ref in answer.value.refs):
        yield from _chosen(answer, answer.content_type)


def _chosen(sighting: Sighting, value: Value | None) -> Iterator[Match]:
    for hole in sighting.tainted(value, Use.TYPE):
        if "/" not in hole.before:
            yield sighting.flow(hole, Use.TYPE, _TITLE)
            return
