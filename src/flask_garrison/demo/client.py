"""A client that speaks HTTP as a browser does: it keeps cookies and says where its requests come from."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

CROSS_SITE_FORM = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
SAME_SITE_FRAME = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}
SAME_SITE_FETCH = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: status, headers (case-insensitive) and text."""

    status: int
    headers: Message
    text: str


class Client:
    """One visitor of one app, without a browser.

    Args:
        url: Origin of the app; requests go there and nowhere else, proxies of the environment are not asked.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._cookies: dict[str, str] = {}

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a GET; without ``headers`` as if its address had been typed."""
        return self._send("GET", path, "", headers or {"Sec-Fetch-Site": "none"})

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        """Send a form; without ``headers`` as a page of the app itself sends it."""
        own = {"Origin": self._url, "Sec-Fetch-Site": "same-origin"}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._send("POST", path, urlencode(fields), {**form, **(headers or own)})

    def _send(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> Answer:
        address = urlsplit(self._url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=10)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            connection.request(method, path, body, {**headers, **({"Cookie": cookies} if cookies else {})})
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", []):
            self._cookies.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
        return Answer(response.status, response.headers, text)
