"""Control ``inputs.canonical-text``: NUL, invalid UTF-8 and control characters are refused where text is expected.

Files and raw bodies are not text and are not looked at.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from ..context import SecurityContext
from ..errors import RefusedMalformed
from ..events import Words, name_with, record
from ..policy import Mode
from . import text_checks
from .gate import Gate
from .parsing import around_forms, around_json, innermost, may_have_body

CONTROL = "inputs.canonical-text"
WORDS = "The request contains characters that are not permitted there."
_FORM = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_HONEST = _REPLACED.encode()


def install(gate: Gate) -> None:
    """Judge the line and the headers of each request at once, its body where the application has it parsed."""
    mode = gate.mode(CONTROL)
    if mode != "off":
        gate.arrivals.append(lambda context: _arrive(context, mode))


def _arrive(context: SecurityContext, mode: Mode) -> None:
    environ = context.request.environ
    path = environ.get("PATH_INFO", "")
    if not (path.isascii() and path.isprintable()):
        _judge(context, mode, "path", text_checks.wrong_in_path(path))
    query = environ.get("QUERY_STRING")
    if query and ("%" in query or not (query.isascii() and query.isprintable())):
        _judge(context, mode, "query", text_checks.wrong_in_pairs(query.encode("latin-1", "replace")))
    # One look at all values together: where all can be printed, no header has a control character.
    if not "".join([value for value in environ.values() if value.__class__ is str]).isprintable():
        _judge_headers(context, mode)
    if "HTTP_AUTHORIZATION" in environ or "\\000" in environ.get("HTTP_COOKIE", ""):
        _judge_decoded(context, mode)
    if may_have_body(environ):
        around_forms(context.request, _Form(context, mode).parse)
        around_json(context.request, _JSON(context, mode).loads)


def _judge_headers(context: SecurityContext, mode: Mode) -> None:
    for key, value in context.request.environ.items():
        if key[:5] == "HTTP_":
            _judge(context, mode, key[5:].replace("_", "-").lower(), text_checks.wrong_in_header(value))


def _judge_decoded(context: SecurityContext, mode: Mode) -> None:
    """Judge what Werkzeug decodes of headers: quoted cookies (octal escapes) and Basic credentials (RFC 7617)."""
    for name, value in context.request.cookies.items(True):
        _judge(context, mode, "cookie", text_checks.NUL if "\0" in name or "\0" in value else None)
    given = context.request.authorization
    for part in (given.username, given.password) if given is not None and given.type == "basic" else ():
        _judge(context, mode, "authorization", text_checks.wrong_in_value(part or ""))


class _Form:
    """The form of one request, where it is parsed."""

    def __init__(self, context: SecurityContext, mode: Mode) -> None:
        self._context = context
        self._mode = mode

    def parse(self, parser: Any, stream: Any, mimetype: str, *rest: Any, **options: Any) -> Any:
        """Parse, and judge names and values; an urlencoded form by its bytes, since a decoded one hides wrong ones."""
        if mimetype == _FORM:
            data = stream.read()
            _judge(self._context, self._mode, "form", text_checks.wrong_in_pairs(data))
            stream = io.BytesIO(data)
        if mimetype != _MULTIPART:
            return parser.parse(stream, mimetype, *rest, **options)
        watched = _Watched(stream)
        _, form, files = self._parse_parts(parser, watched, mimetype, *rest, **options)
        self._judge_parts(form, files, watched.honest)
        return stream, form, files

    def _parse_parts(self, parser: Any, *arguments: Any, **options: Any) -> Any:
        """Parse a multipart body; where Werkzeug would silently give an empty form for a wrong byte, judge that."""
        inner = innermost(parser)
        silent = getattr(inner, "silent", False)
        inner.silent = False
        try:
            return parser.parse(*arguments, **options)
        except ValueError as error:
            wrong = text_checks.NOT_UTF8 if isinstance(error, UnicodeDecodeError) else None
            _judge(self._context, self._mode, "name", wrong)
            if not silent:
                raise
            return arguments[0], inner.cls(), inner.cls()

    def _judge_parts(self, form: Any, files: Any, honest: int) -> None:
        names = [*form, *files, *(file.filename or "" for _, file in files.items(True))]
        values = [value for _, value in form.items(True)]
        for name in names:
            _judge(self._context, self._mode, "name", text_checks.wrong_in_name(name or ""))
        for name, value in form.items(True):
            _judge(self._context, self._mode, name, text_checks.wrong_in_value(value))
        if _replaced(names) + _replaced(values) > honest:
            _judge(self._context, self._mode, "form", text_checks.NOT_UTF8)


class _Watched:
    """A stream that counts the replacement characters sent, to tell them from those that decoding put in."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self._tail = b""
        self.honest = 0

    def read(self, size: int = -1) -> bytes:
        """Return at most ``size`` bytes."""
        data: bytes = self._inner.read(size)
        self.honest += (self._tail + data).count(_HONEST)
        self._tail = (self._tail + data)[-2:]
        return data

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def _replaced(texts: Iterable[str]) -> int:
    return sum(text.count(_REPLACED) for text in texts if text)


class _JSON:
    """The JSON body of one request, where it is parsed."""

    def __init__(self, context: SecurityContext, mode: Mode) -> None:
        self._context = context
        self._mode = mode

    def loads(self, module: Any, data: Any, **options: Any) -> Any:
        """Judge the text, then parse it as the application would."""
        wrong = text_checks.wrong_in_json(data)
        _judge(self._context, self._mode, "json", wrong)
        return module.loads(data, **options)


def _judge(context: SecurityContext, mode: Mode, where: str, wrong: str | None) -> None:
    """Refuse what has something wrong with it, and record where; the AppSensor point tells NUL and encoding apart."""
    if wrong is None:
        return
    record(
        context,
        name_with("input_validation_fail", where),
        control=CONTROL,
        outcome="refused" if mode == "enforce" else "would_refuse",
        status=400 if mode == "enforce" else None,
        parameter=where,
        appsensor={text_checks.NUL: "CIE3", text_checks.NOT_UTF8: "EE2"}.get(wrong, "RE8"),
        detail={"where": where, "problem": Words(f"It contains {wrong}.")},
    )
    if mode == "enforce":
        raise RefusedMalformed(CONTROL, WORDS, event=name_with("input_validation_fail", where))
