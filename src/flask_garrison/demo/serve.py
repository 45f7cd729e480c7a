"""The guarded app on loopback, for whoever wants to try it by hand."""

from __future__ import annotations

import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from werkzeug.serving import BaseWSGIServer

from .. import events
from ..errors import TargetError
from . import example
from .cells import line_of
from .events_log import recording
from .loopback import HOST, bind, start

Tell = Callable[[str], None]

_WORDS = """
The guarded app: {url}  (Ctrl-C ends it)
Sign in as {users}.
Try to hurt it; what Garrison refuses is told here:
  - write a note with <script>alert(1)</script> in it, and open it
  - search for <img src=x onerror=alert(1)>
  - curl -i -d email=x -H 'Origin: https://evil.example' {url}/account
"""


@dataclass(frozen=True)
class Exhibit:
    """A server that listens already and answers once it stands.

    Attributes:
        server: The guarded app with a fresh database.
        folder: Where its events and its own log are written.
    """

    server: BaseWSGIServer
    folder: Path

    def stand(self, tell: Tell) -> None:
        """Serve until Ctrl-C or SIGTERM, and ``tell`` of every event."""
        users = ", ".join(f"{name} ({password})" for name, password in example.PASSWORDS.items())
        with recording(self.folder / "events.jsonl"), example.logging_to(self.folder / "app.log"):
            unsubscribe = events.subscribe(lambda event: tell("  " + line_of(event)))
            stop = start(self.server)
            tell(_WORDS.format(url=f"http://{HOST}:{self.server.port}", users=users))
            try:
                _wait()
            finally:
                stop()
                unsubscribe()
        tell("Stopped.")


@contextmanager
def bound(port: int, folder: Path) -> Iterator[Exhibit]:
    """Bind the port, and keep the app's database until the block ends.

    Raises:
        TargetError: if somebody else listens there.
    """
    with tempfile.TemporaryDirectory(prefix="garrison-demo-data-") as scratch:
        app = example.build(Path(scratch) / "notes.sqlite", guarded=True)
        try:
            server = bind(app, port)
        except OSError as error:
            raise TargetError(f"port {port} cannot be had ({error.strerror}); --port 0 takes a free one.") from error
        try:
            yield Exhibit(server, folder)
        finally:
            server.server_close()


def _wait() -> None:
    """Return at Ctrl-C or SIGTERM; both are given back as they were."""
    ended = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        ended.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        # A wait without a limit would keep Windows from delivering the signal.
        while not ended.wait(0.5):
            pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
