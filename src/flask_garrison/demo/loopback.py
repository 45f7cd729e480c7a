"""A WSGI server in a thread, on 127.0.0.1 and nowhere else."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HOST = "127.0.0.1"


class _QuietHandler(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing: the terminal belongs to the table."""


def bind(app: WSGIApplication, port: int = 0) -> BaseWSGIServer:
    """Return a server that listens already; port 0 takes a free one.

    Raises:
        OSError: if somebody else listens there.
    """
    # Werkzeug ends the process when a port is taken; a socket of ours raises instead, and Werkzeug duplicates it.
    with socket.create_server((HOST, port)) as listener:
        chosen: int = listener.getsockname()[1]
        return make_server(HOST, chosen, app, True, request_handler=_QuietHandler, fd=listener.fileno())


@contextmanager
def serving(app: WSGIApplication) -> Iterator[int]:
    """Serve ``app`` on a free port until the block ends; gives the port."""
    server = bind(app)
    stop = start(server)
    try:
        yield server.port
    finally:
        stop()


def start(server: BaseWSGIServer) -> Callable[[], None]:
    """Serve in a thread; return a function that stops it and closes its socket."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()

    def stop() -> None:
        server.shutdown()
        thread.join()
        server.server_close()

    return stop
