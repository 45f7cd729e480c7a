"""Questions to a running app that only an acting control answers rightly, asked after the visit, lines in force."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPMessage

from .recipe import Place

EVIL = "https://evil.example"
_HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version": "13",
    "Origin": EVIL,
}
_REPORT = {"csp-report": {"effective-directive": "script-src", "blocked-uri": "inline"}}
Ask = Callable[..., tuple[int, HTTPMessage]]


def asker(place: Place) -> Ask:
    """Return a function that sends one request to the app and returns status and headers."""

    def ask(
        method: str = "GET", path: str = "/", headers: Mapping[str, str] = {}, body: str = ""
    ) -> tuple[int, HTTPMessage]:
        connection = HTTPConnection("127.0.0.1", place.port, timeout=20)
        try:
            connection.request(method, path, body or None, dict(headers))
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers
        finally:
            connection.close()

    return ask


def _has(name: str, *words: str) -> Callable[[Ask], bool]:
    """Return whether the header is sent, once, with all the words in it."""

    def probe(ask: Ask) -> bool:
        sent = ask()[1].get_all(name) or []
        return len(sent) == 1 and all(word in sent[0] for word in words)

    return probe


def _refuses_cross_site(ask: Ask) -> bool:
    return ask("POST", headers={"Sec-Fetch-Site": "cross-site", "Origin": EVIL})[0] == 403


def _keeps_answers_from_others(ask: Ask) -> bool:
    return ask(headers={"Origin": EVIL})[1].get("Access-Control-Allow-Origin") not in ("*", EVIL)


def _takes_reports(ask: Ask) -> bool:
    headers = {"Content-Type": "application/csp-report"}
    return ask("POST", "/_garrison/reports", headers, json.dumps(_REPORT))[0] == 204


PROBES: Mapping[str, Callable[[Ask], bool]] = {
    "headers.csp": _has("Content-Security-Policy", "script-src", "object-src 'none'", "form-action"),
    "headers.trusted-types": _has("Content-Security-Policy-Report-Only", "require-trusted-types-for"),
    "headers.framing": _has("X-Frame-Options", ""),
    "headers.nosniff": _has("X-Content-Type-Options", "nosniff"),
    "headers.referrer-policy": _has("Referrer-Policy", ""),
    "headers.cross-origin": _has("Cross-Origin-Opener-Policy", "same-origin"),
    "headers.permissions-policy": _has("Permissions-Policy", "camera=()"),
    "headers.xss-auditor": _has("X-XSS-Protection", "0"),
    "headers.reports": _takes_reports,
    "headers.cors": _keeps_answers_from_others,
    "inputs.csrf": _refuses_cross_site,
    "inputs.websocket-origin": lambda ask: ask(headers=_HANDSHAKE)[0] == 403,
}
"""A control to its question. The others show themselves only where an app gives them cause: cookies, sessions, errors,
pages of a logged-in visitor, version headers."""


def silent(place: Place) -> list[str]:
    """Return the controls that did not answer as they should."""
    ask = asker(place)
    return [control for control, probe in PROBES.items() if not probe(ask)]
