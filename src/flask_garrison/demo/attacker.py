"""The attacker: a server with pages of another origin, and a record of what victims' browsers sent to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from werkzeug.wrappers import Request, Response

from .loopback import HOST, serving


class Attacker:
    """Pages and loot.

    The server listens on 127.0.0.1. Called ``localhost`` it is another *site* than the app, as a stranger's is; called
    127.0.0.1 it is another *origin of the same site*, as a blog beside a shop on one domain is. Browsers send a
    visitor's cookies to the app more freely in the second case.

    Attributes:
        measured: Where the button lies that a framed page is after, in pixels.
    """

    def __init__(self) -> None:
        self.port = 0
        self.measured: tuple[float, float] | None = None
        self._pages: dict[str, str] = {}
        self._loot: dict[str, list[str]] = {}

    @property
    def stranger(self) -> str:
        """Origin of the attacker as another site."""
        return f"http://localhost:{self.port}"

    @property
    def sibling(self) -> str:
        """Origin of the attacker as another host of the same site."""
        return f"http://{HOST}:{self.port}"

    def publish(self, name: str, html: str) -> str:
        """Put a page under ``/name`` and return that path."""
        self._pages[f"/{name}"] = f"<!doctype html><meta charset=utf-8><title>Win!</title>{html}"
        return f"/{name}"

    def loot_url(self, name: str) -> str:
        """Return the URL to which a payload appends what it found."""
        return f"{self.stranger}/loot/{name}?found="

    def received(self, name: str, seconds: float) -> str | None:
        """Return what arrived under ``name``, waiting for it at most ``seconds``; ``None`` if nothing did."""
        deadline = time.monotonic() + seconds
        while not self._loot.get(name) and time.monotonic() < deadline:
            time.sleep(0.02)
        found = self._loot.get(name)
        return found[0] if found else None

    def answer(self, request: Request) -> Response:
        """Answer one request: a page, or thanks for the loot."""
        if request.path.startswith("/loot/"):
            self._loot.setdefault(request.path.removeprefix("/loot/"), []).append(request.args.get("found", ""))
            return Response(status=204)
        page = self._pages.get(request.path)
        return Response(page, mimetype="text/html") if page else Response("Nothing here.", 404)


@contextmanager
def attacker_serving() -> Iterator[Attacker]:
    """Serve an attacker until the block ends."""
    attacker = Attacker()
    with serving(Request.application(attacker.answer)) as port:
        attacker.port = port
        yield attacker
