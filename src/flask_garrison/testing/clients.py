"""Clients of an application: a browser of its user, and the same browser on a page of another site."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.test import Client, TestResponse

from .address import base_url_of

EVIL = "https://evil.example"


class User(Client):
    """A browser on a page of the application itself, over HTTPS; it keeps cookies.

    Args:
        app: The application.
        base_url: Scheme and host; by default a host that the application declares, else ``https://localhost``.
    """

    def __init__(self, app: Flask, base_url: str | None = None) -> None:
        super().__init__(app)
        self.app = app
        self.base_url = base_url or base_url_of(app)

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request as a page of the application sends it."""
        kwargs.setdefault("base_url", self.base_url)
        headers = {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
        if str(kwargs.get("method", "GET")).upper() not in ("GET", "HEAD"):
            headers["Origin"] = self.base_url.rstrip("/")
        kwargs["headers"] = _joined(headers, kwargs.get("headers"))
        return super().open(*args, **kwargs)


class Attacker(Client):
    """A page of another site in a visitor's browser: it cannot read answers, and the browser sends its cookies along.

    Args:
        app: The application.
        victim: The client whose cookies the browser sends; a real browser sends at most these.
    """

    def __init__(self, app: Flask, victim: User | None = None) -> None:
        super().__init__(app)
        self.base_url = victim.base_url if victim is not None else base_url_of(app)
        if victim is not None:
            self.attack(victim)

    def attack(self, victim: Client) -> Attacker:
        """Send the cookies of ``victim`` from now on, as they are at each request; return the attacker itself."""
        self._cookies = victim._cookies
        return self

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request as a form of another site sends it."""
        kwargs.setdefault("base_url", self.base_url)
        headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
        kwargs["headers"] = _joined({**headers, "Origin": EVIL}, kwargs.get("headers"))
        return super().open(*args, **kwargs)


def _joined(own: dict[str, str], given: Any) -> Any:
    from werkzeug.datastructures import Headers

    joined = Headers(own)
    for name, value in Headers(given or {}).items():
        joined.set(name, value)
    return joined
