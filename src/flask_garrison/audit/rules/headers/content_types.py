"""Answers whose declared type is not what they carry, or that are made to be read by other sites."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from ....findings import Confidence, Severity
from ....guard.answer import SCRIPT_TYPES
from ....target.answers import Answer
from ...answers.selection import contents, documents, problem, some
from ...observed import Observed
from ...rule import Match, Rule, checks

_HEADER = "Content-Type"
_CHARSET_IN_PAGE = re.compile(rb"<meta[^>]{1,200}charset\s*=", re.IGNORECASE)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CALL = re.compile(rb"\A\s*(?:/\*\*/)?\s*(?:typeof\s+[\w$.]+\s*===\s*'function'\s*&&\s*)?([\w$.]{1,100})\s*\(")
_AS_PREFIX = 1024

TYPE_MISSING = Rule(
    id="headers.content-type-missing",
    kind="runtime",
    control="headers.content-types",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(430, 436),
    asvs=("V4.1.1",),
    title="Answers without a content type",
    why="The browser decides by what it reads: a text that begins like a page is a page, and its scripts run.",
    fix="Declare the type of every answer that carries something.",
    before='Response(data, headers={}, content_type="")',
    after='Response(data, mimetype="application/octet-stream")',
    guard="nosniff, which it sends, makes browsers more careful; the type is the application's to say.",
    language="python",
    lesson="headers-sniffed",
    items=(77,),
)
CHARSET_MISSING = Rule(
    id="headers.charset-missing",
    kind="runtime",
    control="headers.content-types",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(436, 838),
    asvs=("V4.1.1",),
    title="Pages without a character set",
    why="The browser guesses it from what visitors wrote. In another coding harmless bytes are a tag (ISO-2022-JP does "
    "it today, UTF-7 did it once), and what was escaped is not escaped any more.",
    fix="Send text/html; charset=utf-8, as Flask does by itself: mimetype= keeps it, content_type= replaces it.",
    before='Response(page, content_type="text/html")',
    after='Response(page, mimetype="text/html")',
    guard="Nothing: only the application knows what it wrote.",
    language="python",
    lesson="headers-sniffed",
    items=(77,),
)
JSON_AS_PAGE = Rule(
    id="headers.json-as-page",
    kind="runtime",
    control="headers.content-types",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(79, 430),
    asvs=("V3.2.1", "V4.1.1"),
    title="JSON is sent as a page",
    why="Whoever follows a link to it gets a page: a tag in a value runs, since JSON does not escape <. A view that "
    "returns json.dumps(...) sends text/html. (Severity low where Garrison's policy stops scripts.)",
    fix="Return the dictionary itself, or jsonify(...).",
    before="return json.dumps(data)",
    after="return data",
    guard="Its policy keeps scripts without a nonce from running; the type is the application's to say.",
    language="python",
    lesson="headers-sniffed",
    items=(81,),
)
JSONP = Rule(
    id="headers.jsonp",
    kind="runtime",
    control="headers.content-types",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(346, 829),
    asvs=("V3.5.6",),
    title="JSONP hands data to every site",
    why="Any page includes the address as a script and receives the data, with the visitor's cookies. A policy that "
    "names this host also lets an attacker call functions through it.",
    fix="Answer with JSON, and share it by CORS with the origins that need it.",
    before='return Response(f"{request.args[\'callback\']}({body})", mimetype="text/javascript")',
    after='Garrison(app, cors_origins=["https://partner.example"])  # and a view that returns JSON',
    guard="Cross-Origin-Resource-Policy, which it sends, keeps other sites from loading the script; its CORS lists "
    "share data instead.",
    language="python",
    items=(81,),
)


def _found(
    rule: Rule, observed: Observed, words: str, noun: str, among: list[Answer], wrong: Callable[[Answer], bool]
) -> Iterator[Match]:
    found = [answer for answer in among if wrong(answer)]
    if found:
        yield problem(rule, observed.inspected, words, found, among, noun, header=_HEADER)


@checks(TYPE_MISSING, reads="answers", needs=some(contents))
def without_type(observed: Observed) -> Iterator[Match]:
    """Find answers that carry something and name no type."""
    yield from _found(TYPE_MISSING, observed, "No content type", "answers", contents(observed), _without_type)


def _without_type(answer: Answer) -> bool:
    return "/" not in answer.content_type


@checks(CHARSET_MISSING, reads="answers", needs=some(documents))
def without_charset(observed: Observed) -> Iterator[Match]:
    """Find pages that name their character set neither in the header nor, in their beginning, themselves."""
    yield from _found(CHARSET_MISSING, observed, "No charset", "pages", documents(observed), _without_charset)


def _without_charset(answer: Answer) -> bool:
    named = "charset=" in answer.headers.get(_HEADER, "").lower().replace(" ", "")
    marked = answer.body.startswith(_BYTE_ORDER_MARKS) or _CHARSET_IN_PAGE.search(answer.body[:_AS_PREFIX])
    return answer.content_type == "text/html" and not named and not marked


@checks(JSON_AS_PAGE, reads="answers", needs=some(documents))
def json_as_page(observed: Observed) -> Iterator[Match]:
    """Find pages whose whole body is an object or a list of JSON."""
    stopped = observed.inspected.enforces("headers.csp")
    for match in _found(JSON_AS_PAGE, observed, "JSON sent as text/html", "pages", documents(observed), _is_json):
        yield replace(match, severity=Severity.LOW) if stopped else match


def _is_json(answer: Answer) -> bool:
    body = answer.body.strip()
    if not body.startswith((b"{", b"[")) or answer.size > len(answer.body):
        return False
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def _scripts(observed: Observed) -> list[Answer]:
    return [answer for answer in contents(observed) if answer.content_type in SCRIPT_TYPES]


@checks(JSONP, reads="answers", needs=some(_scripts))
def jsonp(observed: Observed) -> Iterator[Match]:
    """Find scripts that are one call of a function that the address names."""
    yield from _found(JSONP, observed, "JSONP", "scripts", _scripts(observed), _is_jsonp)


def _is_jsonp(answer: Answer) -> bool:
    called = _CALL.match(answer.body)
    values = {value for _, value in parse_qsl(urlsplit(answer.url).query)}
    return called is not None and called[1].decode("latin-1") in values
