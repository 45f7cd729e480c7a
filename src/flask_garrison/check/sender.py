"""Sends one request into the application as a stranger would, and records what came back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import Client, EnvironBuilder

from ..target.answers import Answer
from .exceptions import Raised, raised, watched
from .planned import Planned
from .stand_ins import in_place_of
from .time_limit import TooSlow, time_limit

KEPT = 1024 * 1024
READ = 16 * 1024 * 1024
EVENT_STREAM_SECONDS = 0.5
_SERVERS_PAGE = b"<!doctype html><title>500 Internal Server Error</title><h1>Internal Server Error</h1>"


class Visitor:
    """Somebody who sends requests: a stranger, whose address changes and who keeps no cookie, or a user.

    Attributes:
        name: Of the user; empty for a stranger.
    """

    def __init__(self, app: Flask, name: str = "", *, address: str | None = None) -> None:
        self.name = name
        # TEST-NET-3 of RFC 5737: addresses that nobody has. A stranger has many, so that no limit by client stops us.
        self._addresses = cycle([address] if address else [f"203.0.113.{n}" for n in range(7, 255)])
        self.client = Client(app, use_cookies=bool(name))

    @property
    def address(self) -> str:
        """The address of the next request."""
        return next(self._addresses)

    def cookies(self) -> dict[str, str]:
        """Return the values of the cookies by name."""
        kept: dict[Any, Any] = self.client._cookies or {}
        return {cookie.key: cookie.value for cookie in kept.values()}


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of one request.

    Attributes:
        answer: What was answered, or ``None`` where nothing was within the time.
        raised: The exception that the application did not handle, or ``None``.
        streamed: Whether the answer states no length.
        reached: Whether the stand-in, where there was one, was called.
        slow: What took too long, in words; empty where nothing did.
    """

    answer: Answer | None
    raised: Raised | None = None
    streamed: bool = False
    reached: bool = False
    slow: str = ""


class Sender:
    """Sends requests to one application, each within a time limit.

    Args:
        seconds: For the head of an answer, and again for its body.
        root: Path that the application is mounted at.
    """

    def __init__(self, app: Flask, seconds: float, root: str = "") -> None:
        self._app = app
        self._seconds = seconds
        self._root = root
        self._process = os.getpid()

    def send(self, planned: Planned, visitor: Visitor) -> Sent:
        """Send one request; an exception of the application ends in an answer, as behind a server."""
        endpoint = planned.route.endpoint if planned.route is not None else ""
        stand_in: AbstractContextManager[list[str]] = (
            in_place_of(self._app, endpoint, planned.stand_in) if planned.stand_in else nullcontext([])
        )
        builder = _builder(planned, visitor.address, self._root)
        with stand_in as reached, watched(self._app) as seen:
            exchange = _Exchange(builder.get_environ(), self._seconds)
            exchange.run(visitor.client)
        if os.getpid() != self._process:
            os._exit(0)  # A view has forked and this is the child: its work is done elsewhere.
        error = exchange.error or (seen[-1] if seen else None)
        answer = None if exchange.status is None else _answer(planned, builder, visitor, exchange, error)
        streamed = exchange.status == 200 and "Content-Length" not in exchange.headers
        return Sent(answer, error, streamed, bool(reached), exchange.slow)


class _Exchange:
    """One request and what comes back, as far as it comes."""

    def __init__(self, environ: dict[str, Any], seconds: float) -> None:
        self._environ = environ
        self._seconds = seconds
        self.status: int | None = None
        self.headers = Headers()
        self.body = bytearray()
        self.size = 0
        self.error: Raised | None = None
        self.slow = ""

    def run(self, client: Client) -> None:
        """Send and read; nothing that the application raises leaves this function, save Ctrl-C."""
        try:
            with time_limit(self._seconds):
                chunks, status, self.headers = client.run_wsgi_app(self._environ)
                self.status = int(status.split(None, 1)[0])
            with time_limit(self._time_to_read()):
                self._read(chunks)
        except TooSlow:
            self._note_slowness()
        except (Exception, SystemExit) as error:
            self._note_error(error)

    def _time_to_read(self) -> float:
        # Such a stream is not meant to end.
        events = self.headers.get("Content-Type", "").startswith("text/event-stream")
        return min(EVENT_STREAM_SECONDS, self._seconds) if events else self._seconds

    def _read(self, chunks: Iterable[bytes]) -> None:
        with closing(_Closing(chunks)) as pieces:
            for piece in pieces:
                self.body += piece[: KEPT - len(self.body)]
                self.size += len(piece)
                if self.size > READ:
                    return

    def _note_slowness(self) -> None:
        if self.status is None:
            self.slow = f"did not answer within {self._seconds:g} s"
        elif self._time_to_read() == self._seconds:
            self.slow = f"did not end its answer within {self._seconds:g} s"

    def _note_error(self, error: BaseException) -> None:
        self.error = raised(error)
        if self.status is None:
            self.status = 500
            self.headers = Headers([("Content-Type", "text/html; charset=utf-8")])
            self.body += _SERVERS_PAGE
            self.size = len(_SERVERS_PAGE)


class _Closing:
    """An iterable that has ``close`` in any case."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)

    def close(self) -> None:
        close = getattr(self._chunks, "close", None)
        if close is not None:
            close()


def _builder(planned: Planned, address: str, root: str) -> EnvironBuilder:
    parts = urlsplit(planned.url)
    overrides: dict[str, Any] = {}
    if planned.length is not None:
        overrides["CONTENT_LENGTH"] = str(planned.length)
    if planned.host is not None:
        overrides["HTTP_HOST"] = planned.host
    return EnvironBuilder(
        path=parts.path.removeprefix(root) or "/",
        base_url=f"{parts.scheme}://{parts.netloc}{root}/",
        query_string=parts.query,
        method=planned.method,
        headers=Headers(list(planned.headers)),
        data=planned.body or None,
        environ_base={"REMOTE_ADDR": address},
        environ_overrides=overrides,
    )


def _answer(
    planned: Planned, builder: EnvironBuilder, visitor: Visitor, exchange: _Exchange, error: Raised | None
) -> Answer:
    route = planned.route
    sent = Headers([("Host", planned.host or builder.host), *planned.headers])
    return Answer(
        case=planned.case,
        method=planned.method,
        url=planned.url,
        status=exchange.status or 0,
        route=route.rule if route is not None else None,
        endpoint=route.endpoint if route is not None else None,
        user=visitor.name,
        sent=sent,
        headers=exchange.headers,
        body=bytes(exchange.body),
        size=exchange.size,
        raised=error.text if error is not None else "",
    )
