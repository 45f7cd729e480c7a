"""A request body that is counted while it is read, whoever reads it and however it is framed.

Werkzeug checks ``Content-Length`` against a limit; a chunked body (RFC 9112, section 7.1) it cuts off at the limit
without a word. Here the byte after the last permitted one is an error, at every later read too.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

from flask import Request
from werkzeug.wsgi import get_input_stream

_CHUNK = 65_536
Limit = Callable[[], int]
Exceeded = Callable[[int], None]


class CountedInput(io.RawIOBase):
    """The ``wsgi.input`` of a request, which gives at most as many bytes as ``limit()`` says at that moment.

    Args:
        inner: The server's stream.
        limit: Asked at each read, since a view or a hook may still change it; in bytes.
        exceeded: Called with the limit; raises in enforce.
        length: What ``Content-Length`` states, or ``None``; more than the limit is refused before anything is read.
        ends: Whether the server's stream ends with the body (``wsgi.input_terminated``).
        cut: Whether ``limit`` bounds what is asked of the server's stream (enforce), or is only compared (observe).
    """

    def __init__(
        self, inner: Any, limit: Limit, exceeded: Exceeded, *, length: int | None, ends: bool, cut: bool
    ) -> None:
        self._inner = inner
        self._limit = limit
        self._exceeded = exceeded
        self._length = length
        self._ends = ends
        self._cut = cut
        self._count = 0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Return at most ``size`` bytes, or the rest of the body."""
        if size is None or size < 0:
            return self.readall()
        limit = self._limit()
        return self._counted(self._inner.read(self._at_most(size, limit)), limit)

    def readall(self) -> bytes:
        """Return the rest of the body."""
        if not self._cut:
            limit = self._limit()
            self._at_most(0, limit)
            return self._counted(self._inner.read(), limit)
        pieces = []
        while piece := self.read(self._rest()):
            pieces.append(piece)
        return b"".join(pieces)

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return the next line, or ``size`` bytes of it."""
        limit = self._limit()
        allowed = self._at_most(size if size is not None and size >= 0 else 1 << 62, limit)
        return self._counted(self._inner.readline(allowed) if self._cut else self._inner.readline(), limit)

    def readinto(self, buffer: Any, /) -> int:
        """Fill ``buffer`` and return how many bytes were read."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _rest(self) -> int:
        """Return how much to ask for next: never past a stated length, where some servers would wait for ever."""
        if self._length is None or self._ends:
            return _CHUNK
        return min(_CHUNK, max(0, self._length - self._count))

    def _at_most(self, size: int, limit: int) -> int:
        if self._length is not None and self._length > limit:
            self._exceeded(limit)
        if self._count > limit:
            self._exceeded(limit)
        return min(size, limit - self._count + 1) if self._cut else size

    def _counted(self, data: bytes, limit: int) -> bytes:
        self._count += len(data)
        if self._count > limit:
            self._exceeded(limit)
        return data


class LateStream:
    """What ``request.stream`` is: opened at the first read, so that a hook may still replace ``wsgi.input``.

    A stream that the application puts in its place, such as one that decompresses, is counted too.
    """

    def __init__(self, request: Request, count: Callable[[Any], CountedInput]) -> None:
        self._request = request
        self._count = count
        self._opened: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._open(), name)

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._open())

    def __next__(self) -> bytes:
        line: bytes = next(self._open())
        return line

    def _open(self) -> Any:
        if self._opened is None:
            environ = self._request.environ
            raw = environ["wsgi.input"]
            if not isinstance(raw, CountedInput):
                environ = {**environ, "wsgi.input": self._count(raw)}
            self._opened = get_input_stream(environ)
        return self._opened
