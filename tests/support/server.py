"""A real HTTP or HTTPS server on loopback for one WSGI application."""

from __future__ import annotations

import ssl as tls
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import trustme
from werkzeug.serving import WSGIRequestHandler, make_server

HOST = "127.0.0.1"


class Site(str):
    """The URL of a running server, without a slash at its end: ``site + "/path"``."""

    __slots__ = ()

    @property
    def port(self) -> int:
        """The port it listens on."""
        port = urlsplit(self).port
        assert port is not None
        return port

    def on(self, host: str) -> Site:
        """Return the URL of the same server by another name; the test browser finds ``*.test`` on loopback."""
        return Site(f"{urlsplit(self).scheme}://{host}:{self.port}")


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing: a test reads answers, not access logs."""


@cache
def certificate_authority() -> trustme.CA:
    """Return this process's own certificate authority."""
    return trustme.CA()


def server_context() -> tls.SSLContext:
    """Return a server-side context with a fresh certificate for loopback and ``*.test``."""
    context = tls.SSLContext(tls.PROTOCOL_TLS_SERVER)
    certificate_authority().issue_cert(HOST, "localhost", "*.test").configure_cert(context)
    return context


@contextmanager
def serve(app: Any, *, ssl: bool = False) -> Iterator[Site]:
    """Serve the WSGI callable ``app`` in a thread, each request in a thread of its own, on a free port of 127.0.0.1."""
    context = server_context() if ssl else None
    server = make_server(HOST, 0, app, threaded=True, request_handler=_QuietHandler, ssl_context=context)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield Site(f"{'https' if ssl else 'http'}://{HOST}:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
