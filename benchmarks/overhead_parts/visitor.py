"""A browser, as far as a WSGI application can tell: its headers and its cookies."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

ORIGIN = "https://shop.example"
CLIENT = "203.0.113.7"
FORM_TYPE = "application/x-www-form-urlencoded"
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_BROWSER = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36",
    "Accept-Language": "en-GB,en;q=0.9",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    "Sec-CH-UA": '"Chromium";v="142", "Not_A Brand";v="99"',
    "Sec-CH-UA-Mobile": "?0",
    "Sec-CH-UA-Platform": '"Linux"',
    "Sec-Fetch-Site": "same-origin",
    "Referer": f"{ORIGIN}/page",
}
NAVIGATION = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-User": "?1",
    "Upgrade-Insecure-Requests": "1",
}
SCRIPT_CALL = {"Accept": "*/*", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}
STYLESHEET = {"Accept": "text/css,*/*;q=0.1", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "style"}
CROSS_SITE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example", "Referer": "https://evil.example/"}
"""What a browser adds by itself to a post from another site."""

_TOKEN = re.compile(rb'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application sent.

    Attributes:
        headers: In the order sent; names in lower case.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """Return the value of a header, or an empty string."""
        return next((value for key, value in self.headers if key == name.lower()), "")

    def all(self, name: str) -> list[str]:
        """Return every value of a header."""
        return [value for key, value in self.headers if key == name.lower()]

    def token(self) -> str:
        """Return the token that Flask-WTF put into a form, or an empty string."""
        found = _TOKEN.search(self.body)
        return found[1].decode() if found else ""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that can be sent again and again: its environ without a body stream, and the body."""

    environ: dict[str, Any]
    body: bytes

    def fresh(self) -> dict[str, Any]:
        """Return an environ for one call."""
        environ = self.environ.copy()
        environ["wsgi.input"] = io.BytesIO(self.body)
        return environ

    def send(self, app: Application) -> Answer:
        """Let ``app`` answer, read the whole body, and return both."""
        started: list[Any] = []
        chunks = app(self.fresh(), lambda status, headers, error=None: started.extend((status, headers)))
        try:
            body = b"".join(chunks)
        finally:
            getattr(chunks, "close", lambda: None)()
        status, headers = started[-2:]
        return Answer(int(status[:3]), tuple((name.lower(), value) for name, value in headers), body)


@dataclass(slots=True)
class Visitor:
    """A visitor with a cookie jar; two ordinary cookies are in it from the start."""

    cookies: dict[str, str] = field(default_factory=lambda: {"theme": "dark", "consent": "2026-11-02.essential"})

    def prepare(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] = NAVIGATION,
        body: bytes = b"",
        content_type: str | None = None,
    ) -> Prepared:
        """Return the request that this visitor's browser would send now."""
        sent = {**_BROWSER, **({"Origin": ORIGIN} if method == "POST" else {}), **headers}
        sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        builder = EnvironBuilder(
            path,
            ORIGIN,
            method=method,
            headers=Headers(sent),
            content_type=content_type,
            input_stream=io.BytesIO(body),
            content_length=len(body) if body else None,
            environ_overrides={"REMOTE_ADDR": CLIENT},
        )
        try:
            environ = builder.get_environ()
        finally:
            builder.close()
        return Prepared(environ, body)

    def send(self, app: Application, prepared: Prepared) -> Answer:
        """Send a request and keep the cookies of the answer."""
        answer = prepared.send(app)
        for header in answer.all("Set-Cookie"):
            self._keep(header)
        return answer

    def get(self, app: Application, path: str, headers: Mapping[str, str] = NAVIGATION) -> Answer:
        """Open a page."""
        return self.send(app, self.prepare("GET", path, headers))

    def post(self, app: Application, path: str, body: bytes, headers: Mapping[str, str] = NAVIGATION) -> Answer:
        """Send a form."""
        return self.send(app, self.prepare("POST", path, headers, body, FORM_TYPE))

    def _keep(self, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            if morsel["max-age"] == "0" or "1970" in morsel["expires"]:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
