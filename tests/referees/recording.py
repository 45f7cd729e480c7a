"""Records what a guarded app answers over HTTPS, with a certificate that the client verifies, for outside judges."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from flask import Flask

from tests.support import server

HOST = "notes.test"


class Recorder:
    """A signed-in browser at one app, over HTTPS and over plain HTTP."""

    def __init__(self, secure: httpx.Client, plain: httpx.Client) -> None:
        self._secure = secure
        self._plain = plain
        self._cookies: list[tuple[str, str]] = []

    def sign_in(self, name: str, password: str) -> None:
        """Sign in with the app's own form; the cookies are those that judges see."""
        answer = self._secure.post("/login", data={"name": name, "password": password})
        assert answer.status_code == 302
        self._cookies = [("Set-Cookie", value) for value in answer.headers.get_list("set-cookie")]
        self._secure.headers["Cookie"] = "; ".join(value.partition(";")[0] for _, value in self._cookies)

    def record(self, path: str, method: str = "GET", **options: Any) -> dict[str, Any]:
        """Return one answer, the same over plain HTTP, and what a preflight of another origin gets."""
        asked = {"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
        return {
            "answer": self._answer(self._secure.request(method, path, **options), jar=self._cookies),
            "http": self._answer(self._plain.get(path)),
            "cors": self._answer(self._secure.options(path, headers=asked)),
        }

    @staticmethod
    def _answer(response: httpx.Response, jar: list[tuple[str, str]] | None = None) -> dict[str, Any]:
        # The development server names itself; a deployment has another one.
        headers = [(name.decode(), value.decode()) for name, value in response.headers.raw]
        return {
            "url": f"{response.request.url.scheme}://{HOST}{response.request.url.raw_path.decode()}",
            "status": response.status_code,
            "headers": [pair for pair in headers if pair[0].lower() != "server"] + (jar or []),
            "body": response.text,
            "sent": dict(response.request.headers),
        }


@contextmanager
def recorder(app: Flask, folder: Path) -> Iterator[Recorder]:
    """Serve an app with and without TLS on loopback."""
    authority = folder / "ca.pem"
    server.certificate_authority().cert_pem.write_to_path(str(authority))
    trusted = ssl.create_default_context(cafile=str(authority))
    headers = {"Host": HOST, "Sec-Fetch-Site": "same-origin"}
    with (
        server.serve(app, ssl=True) as secure,
        server.serve(app) as plain,
        httpx.Client(base_url=str(secure), verify=trusted, headers=headers) as safely,
        httpx.Client(base_url=str(plain), headers={"Host": HOST}) as openly,
    ):
        yield Recorder(safely, openly)
