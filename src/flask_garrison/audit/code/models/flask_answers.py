"""Answers: what becomes their body, and of which type it is."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

from ..interpreter.expressions import items_of
from ..values.objects import Mapping, Record, Sequence
from ..values.taint import MARKUP, Use, both, weak
from ..values.value import EMPTY, UNKNOWN, Value, constant, join
from .registry import alias, on_call, on_set
from .support import changed, cleaned

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine

ANSWER: Final = "flask.Response()"
JSON: Final = "application/json"

alias(
    {
        "flask.wrappers.Response": "flask.Response",
        "werkzeug.wrappers.Response": "flask.Response",
        "werkzeug.Response": "flask.Response",
        "werkzeug.wrappers.response.Response": "flask.Response",
        "flask.Flask().response_class": "flask.Response",
        "flask.Flask().make_response": "flask.make_response",
        "flask.helpers.make_response": "flask.make_response",
        "flask.json.jsonify": "flask.jsonify",
        "flask.helpers.abort": "flask.abort",
        "werkzeug.exceptions.abort": "flask.abort",
        "flask_restful.abort": "flask.abort",
        "flask_restx.abort": "flask.abort",
        "flask_restx.Api().abort": "flask.abort",
        "flask_restx.Namespace().abort": "flask.abort",
        "flask_smorest.abort": "flask.abort",
        "flask.Flask().aborter": "flask.abort",
        "flask.Markup": "markupsafe.Markup",
        "jinja2.Markup": "markupsafe.Markup",
        "flask.escape": "markupsafe.escape",
        "jinja2.escape": "markupsafe.escape",
    }
)


def answer(body: Value, content_type: Value = EMPTY, status: Value | None = None, call: Call | None = None) -> Value:
    """Return an answer object; its attributes can be set later."""
    made = None if call is None else (call.machine.frame, call.node)
    headers = Value(path="werkzeug.Headers()", refs=(Mapping({}, None),))
    parts = {"@body": body, "@type": content_type, "@status": status or constant(200), "headers": headers}
    record = Record(parts, made)
    return Value(path=ANSWER, refs=(record,))


def parts_of(machine: Machine, value: Value) -> tuple[Value, Value, Value]:
    """Return body, content type and status of what a view returns."""
    for ref in value.refs:
        if isinstance(ref, Record) and "@body" in ref.payload:
            return _of_record(machine, ref)
        if isinstance(ref, Sequence) and ref.kind == "tuple" and ref.payload[0]:
            return _of_tuple(machine, ref.payload[0])
        if isinstance(ref, (Mapping, Sequence)):
            return value, constant(JSON), constant(200)
    return value, EMPTY, constant(200)


def _of_record(machine: Machine, ref: Record) -> tuple[Value, Value, Value]:
    kind = ref.payload.get("@type", EMPTY)
    kind = ref.payload.get("mimetype", ref.payload.get("content_type", kind))
    body = ref.payload.get("data", ref.payload["@body"])
    kind = _type_in(machine, ref.payload["headers"]) or kind
    return body, kind, ref.payload.get("status_code", ref.payload["@status"])


def _of_tuple(machine: Machine, items: tuple[Value, ...]) -> tuple[Value, Value, Value]:
    body, kind, status = parts_of(machine, items[0])
    for item in items[1:]:
        kind = _type_in(machine, item) or kind
        if item.known and isinstance(item.constant, int):
            status = item
    return body, kind, status


def _type_in(machine: Machine, headers: Value) -> Value | None:
    """Return the content type that headers name: a mapping, or a list of pairs."""
    found: Value | None = None
    for name, value in _pairs(machine, headers):
        if isinstance(name, str) and name.lower() == "content-type":
            found = value
    return found


def _pairs(machine: Machine, headers: Value) -> list[tuple[Any, Value]]:
    pairs: list[tuple[Any, Value]] = []
    for ref in headers.refs:
        if isinstance(ref, Mapping):
            pairs += ref.payload[0].items()
        elif isinstance(ref, Sequence):
            for item in ref.payload[0]:
                parts, rest = items_of(machine, item) if item.refs else ([], None)
                if len(parts) == 2 and rest is None and parts[0].known:
                    pairs.append((parts[0].constant, parts[1]))
    return pairs


@on_call("flask.Response")
def response(call: Call) -> Value:
    """``Response(body, status, headers, mimetype, content_type)``."""
    kind = call.arg(3, "mimetype") or call.arg(4, "content_type")
    headers = call.arg(2, "headers")
    made = answer(call.arg(0, "response") or EMPTY, kind or EMPTY, call.arg(1, "status"), call)
    if headers is not None and headers.refs:
        given = Mapping(dict(_pairs(call.machine, headers)), None)
        record = made.refs[0]
        record.payload = {**record.payload, "headers": Value(path="werkzeug.Headers()", refs=(given,))}
    return made


@on_call("flask.make_response")
def make_response(call: Call) -> Value:
    """``make_response(body, status)``."""
    value = call.arg(0)
    if value is None:
        return answer(EMPTY)
    if any(isinstance(ref, Record) for ref in value.refs):
        return value
    body, kind, status = parts_of(call.machine, value)
    return answer(body, kind, call.arg(1) or status, call)


@on_call("flask.jsonify")
def jsonify(call: Call) -> Value:
    """``jsonify(...)``."""
    values = call.values
    body = values[0] if len(values) == 1 else Value(refs=(Sequence(tuple(values)),))
    return answer(body, constant(JSON))


@on_set(ANSWER)
def set_on_answer(machine: Machine, owner: Value, key: Value, value: Value, node: ast.AST) -> None:
    """``answer.mimetype = ...`` is kept by the assignment itself."""


@on_call(f"{ANSWER}.set_data")
def set_data(call: Call) -> Value:
    """``answer.set_data(body)``."""
    for ref in call.receiver.refs if call.receiver is not None else ():
        if isinstance(ref, Record):
            call.machine.heap.write(ref, {**ref.payload, "data": call.arg(0) or EMPTY})
    return UNKNOWN


@on_call("flask.redirect", "werkzeug.utils.redirect", "flask.helpers.redirect")
def redirect(call: Call) -> Value:
    """The page of a redirect shows its target escaped."""
    return answer(UNKNOWN, constant("text/html"), call.arg(1, "code") or constant(302))


@on_call("flask.url_for")
def url_for(call: Call) -> Value:
    """An address of the application: what a client chose is encoded, and stands behind the host."""
    result = UNKNOWN
    for value in call.values:
        made = cleaned(
            call, value, MARKUP | Use.SPACE | Use.HREF | Use.HOST | Use.REDIRECT | Use.LINE | Use.LOG | Use.SCRIPT
        )
        result = join(result, made) if made.taint else result
    return result


@on_call(
    "markupsafe.escape", "html.escape", "cgi.escape", "xml.sax.saxutils.escape", "flask.escape", "werkzeug.utils.escape"
)
def escape(call: Call) -> Value:
    """Escaping for HTML; quotes as well, but for two of them that need to be told so."""
    value = call.arg(0, "s")
    quote = call.arg(1, "quote")
    uses = MARKUP
    if call.path == "xml.sax.saxutils.escape" or (quote is not None and quote.is_only(False)):
        uses = Use.HTML
    return cleaned(call, value, uses | Use.XML)


@on_call("html.unescape", "markupsafe.Markup().unescape", "xml.sax.saxutils.unescape", "?.unescape")
def unescape(call: Call) -> Value:
    """The opposite: whatever was escaped, or was sent escaped, is dangerous again."""
    value = call.arg(0) if call.args else call.receiver
    made = changed(call, value)
    if not made.taint & both(Use.SCRIPT):
        return made
    again = MARKUP | Use.SPACE | Use.XML
    return made.but(taint=made.taint | (again if made.taint & Use.SCRIPT else weak(again)), facts=frozenset())


@on_call("xml.sax.saxutils.quoteattr")
def quoteattr(call: Call) -> Value:
    """Escaped, with quotes around."""
    return cleaned(call, call.arg(0), MARKUP | Use.SPACE | Use.XML)


@on_call("urllib.parse.quote", "urllib.parse.quote_plus", "werkzeug.urls.url_quote", "werkzeug.urls.url_quote_plus")
def quote(call: Call) -> Value:
    """Percent-encoding: letters, digits, ``_.-~`` and, but for ``quote_plus`` or ``safe=""``, the slash are left."""
    uses = (
        MARKUP | Use.SPACE | Use.HREF | Use.SCRIPT | Use.STYLE | Use.SQL | Use.SHELL | Use.TEMPLATE | Use.LINE | Use.LOG
    )
    uses |= Use.LDAP | Use.XPATH | Use.XML | Use.CODE | Use.FORMAT | Use.STYLESHEET | Use.CELL
    safe = call.arg(1, "safe")
    if call.path.endswith("plus") or (safe is not None and safe.is_only("")):
        uses |= Use.PATH | Use.NAME | Use.REDIRECT
    return cleaned(call, call.arg(0), uses)


@on_call("urllib.parse.urlencode", "werkzeug.urls.url_encode")
def urlencode(call: Call) -> Value:
    """A query: everything that means something is encoded."""
    uses = (
        MARKUP | Use.SPACE | Use.HREF | Use.SCRIPT | Use.STYLE | Use.SQL | Use.SHELL | Use.TEMPLATE | Use.LINE | Use.LOG
    )
    return cleaned(
        call, call.arg(0), uses | Use.PATH | Use.NAME | Use.REDIRECT | Use.HOST | Use.XML | Use.LDAP | Use.XPATH
    )


@on_call("flask.send_file", "flask.send_from_directory", "flask.helpers.send_file", "flask.helpers.send_from_directory")
def send_file(call: Call) -> Value:
    """A file as an answer."""
    kind = call.arg(1 if call.path.endswith("send_file") else 2, "mimetype")
    return answer(UNKNOWN, kind or constant("@file"))
