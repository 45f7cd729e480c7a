"""What an error answer shows: its body and its headers, compared with what must not stand there."""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import unquote, unquote_plus

from flask import Flask, Response
from werkzeug.wsgi import ClosingIterator

from ...context import SecurityContext
from .clues import Clue
from .secret_values import SecretValues

MAX_BODY = 1_048_576
"""Bytes of a body that are read for the messages of exceptions; a longer 5xx answer is replaced unread."""
_MARKERS = (
    (r"Traceback \(most recent call last\)", "traceback"),
    (r'File "[^"\n]{1,500}", line \d+', "traceback"),
    (r"[\\/](?:site|dist)-packages[\\/]", "path"),
)
_ESCAPE = r"\\(?:u([0-9a-fA-F]{4})|(.))"
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_TAGS = r"<[^<>]{0,500}>"


class Found(NamedTuple):
    """What an answer shows.

    Attributes:
        kinds: ``traceback``, ``message``, ``class``, ``path``, ``secret``, or ``unreadable`` for a body that could
            not be read.
        settings: Names of the settings whose values it shows.
        headers: Names of the headers that show something.
        body: Whether the body or the status line does.
    """

    kinds: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()
    headers: frozenset[str] = frozenset()
    body: bool = False

    def __bool__(self) -> bool:
        return bool(self.kinds)


class Finder:
    """Reads the error answers of one application."""

    def __init__(self, app: Flask) -> None:
        self._secrets = SecretValues(app)
        self._roots = tuple(sorted({_root_pattern(path) for path in (app.root_path, app.instance_path)}))

    def look(self, context: SecurityContext, response: Response, clues: Iterable[Clue], *, read: bool) -> Found:
        """Return what ``response`` shows.

        Args:
            context: The request; what it says itself is no secret to whoever sent it.
            clues: What the exceptions of this request would reveal; looked for from 500 on.
            read: Whether this answer's body was read before: one that was compressed since may stay.
        """
        server_error = response.status_code >= 500
        wanted = {*self._secrets.clues(), *(clues if server_error else ())}
        known = _asked(context)
        wanted = {clue for clue in wanted if clue.text not in known}
        body = _body_of(response, read=read, bounded=server_error)
        # Everybody knows ``/site-packages/``: in the address it must not excuse a path that a failure shows.
        excused = "" if server_error else known
        shown = {_UNREADABLE} if body is None else self._shown(body + "\n" + response.status, wanted, excused)
        by_header = {name: self._shown(value, wanted, excused) for name, value in response.headers}
        headers = frozenset(name for name, clues in by_header.items() if clues)
        everything = shown.union(*by_header.values())
        kinds = frozenset(clue.kind for clue in everything)
        settings = frozenset(clue.setting for clue in everything if clue.setting)
        return Found(kinds, settings, headers, bool(shown))

    def _shown(self, text: str, wanted: set[Clue], known: str) -> set[Clue]:
        forms = _forms(text)
        found = {clue for clue in wanted if any([clue.text in form for form in forms])}
        decoded = _percent_decoded(text)
        found |= {clue for clue in wanted if clue.kind == "secret" and any([clue.text in form for form in decoded])}
        for pattern, kind in (*_MARKERS, *((root, "path") for root in self._roots)):
            # Everybody knows how a traceback begins: whoever writes that into the address must not hide a real one.
            excused = known if kind == "path" else ""
            if any([_matches(pattern, form, excused) for form in forms]):
                found.add(Clue(kind, ""))
        return found


_UNREADABLE = Clue("unreadable", "")


def _asked(context: SecurityContext) -> str:
    """Return the address that was asked for: a page that repeats it reveals nothing."""
    request = context.request
    return f"{request.path}?{unquote_plus(request.query_string.decode('latin-1'))}"


def _matches(pattern: str, text: str, known: str) -> bool:
    return any(match[0] not in known for match in re.finditer(pattern, text))


def _root_pattern(path: str) -> str:
    """Return what shows the folder of the application: any path below it, or source files where its name is short.

    ``/app/`` may as well be an address of the site; ``/app/shop/views.py`` is not.
    """
    long = len([part for part in re.split(r"[\\/]", path) if part]) > 2
    return re.escape(path) + (r"[\\/]" if long else r"[\\/][\w.\\/-]{0,200}\.(?:pyc?|cfg|toml|env|sqlite3?|db)\b")


def _forms(text: str) -> list[str]:
    """Return a text as it is and as clients read it: without HTML's and JSON's escapes, and without tags."""
    forms = [text]
    if "\\" in text:
        forms.append(re.sub(_ESCAPE, _unescape, text))
    if "&" in text:
        forms += [html.unescape(form) for form in forms]
    if "<" in text:
        forms += [re.sub(_TAGS, "", form) for form in forms]
    return forms


def _percent_decoded(text: str) -> tuple[str, ...]:
    """Return a text as those read it who take it for part of a URL, by RFC 3986 and as a form; empty if it is none."""
    return (unquote(text), unquote_plus(text)) if "%" in text or "+" in text else ()


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _PLAIN.get(match[2], match[2])


def _body_of(response: Response, *, read: bool, bounded: bool) -> str | None:
    """Return the body as text, empty for a stream or file, ``None`` for one that is too long or cannot be read."""
    _gather(response)
    if response.direct_passthrough or not response.is_sequence:
        return None if isinstance(response.response, _Unfinished) else ""
    raw = b"".join(_chunks(response))
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("", "identity"):
        plain = _inflated(raw) if coding in ("gzip", "x-gzip", "deflate") else None
        if plain is None:
            return "" if read else None
        raw = plain
    if bounded and len(raw) > MAX_BODY:
        return None
    return _decoded(raw, response.mimetype_params.get("charset", "utf-8"))


class _Unfinished(ClosingIterator):
    """The page of a WSGI callable that was too long to be read."""


def _gather(response: Response) -> None:
    """Take the page of an HTTP exception, which Flask runs as a WSGI callable, into memory as far as it is allowed."""
    chunks: Any = response.response
    if not isinstance(chunks, ClosingIterator) or isinstance(chunks, _Unfinished):
        return
    read, size = [], 0
    for chunk in chunks:
        read.append(chunk)
        size += len(chunk)
        if size > MAX_BODY:
            response.response = _Unfinished(chain(read, chunks), chunks.close)
            return
    response.response = read
    response.call_on_close(chunks.close)


def _chunks(response: Response) -> Iterator[bytes]:
    for chunk in response.response:
        yield chunk if isinstance(chunk, bytes) else str(chunk).encode("utf-8", "replace")


def _inflated(raw: bytes) -> bytes | None:
    engine = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        plain = engine.decompress(raw, MAX_BODY + 1)
    except zlib.error:
        return None
    # Clients read on where one gzip member ends and another begins (RFC 1952).
    return None if engine.unconsumed_tail or engine.unused_data else plain


def _decoded(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset, "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")
