"""WebSockets that pages of every site may open."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Evidence, Severity
from ...facts.guarding import has_cookie_login
from ...facts.layers import layers, words_of, written_in
from ...inspected import Inspected, Route
from ...rule import Match, Rule, checks

SOCKETIO = Rule(
    id="inputs.socketio-any-origin",
    kind="runtime",
    control="inputs.websocket-origin",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(346, 1385),
    asvs=("V4.4.2",),
    title="Pages of every site may connect to Socket.IO",
    why="Browsers send cookies with a handshake from any page. With cors_allowed_origins='*' a page on another site "
    "opens a connection as its visitor, sends events and reads what comes back.",
    fix="Delete the setting, which allows the site's own pages, or list the origins.",
    before='SocketIO(app, cors_allowed_origins="*")',
    after='SocketIO(app, cors_allowed_origins=["https://app.shop.example"])',
    guard="Nothing: Socket.IO answers in front of Flask, where Garrison's check of handshakes does not reach.",
    language="python",
    items=(138,),
)

UNCHECKED = Rule(
    id="inputs.websocket-unchecked-origin",
    kind="runtime",
    control="inputs.websocket-origin",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(346, 1385),
    asvs=("V4.4.2",),
    title="A WebSocket route does not look at where a handshake comes from",
    why="Flask-Sock accepts every handshake, and browsers send cookies with one from any page. A page on another site "
    "speaks on the connection as its visitor.",
    fix="Compare the Origin header with the site's own before anything else, or put Garrison(app) in front.",
    before='@sock.route("/chat")\ndef chat(ws): ...',
    after='@sock.route("/chat")\ndef chat(ws):\n'
    '    if request.headers.get("Origin") != "https://www.shop.example":\n        return\n    ...',
    guard="It refuses handshakes from other origins than the site's own and the declared ones.",
    language="python",
    items=(138,),
)


@checks(SOCKETIO, reads="app", needs=lambda inspected: inspected.extension("socketio") is not None)
def any_origin(inspected: Inspected) -> Iterator[Match]:
    """Ask the engine what it allows; an empty list switches its check off as well."""
    allowed = inspected.extension("socketio").server.eio.cors_allowed_origins
    if allowed == "*" or allowed == [] or (isinstance(allowed, list | tuple | set) and "*" in allowed):
        severity = Severity.HIGH if has_cookie_login(inspected) else None
        evidence = (Evidence("config", f"cors_allowed_origins of the engine is {allowed!r}"),)
        yield Match("Socket.IO accepts connections from every origin", severity=severity, evidence=evidence)


@checks(UNCHECKED, reads="app", needs=lambda inspected: any(map(_is_sock, inspected.routes)))
def unchecked(inspected: Inspected) -> Iterator[Match]:
    """Find WebSocket routes whose code, and whose hooks, never say Origin."""
    if inspected.enforces("inputs.websocket-origin") or any(
        map(_looks, inspected.app.before_request_funcs.get(None, ()))
    ):
        return
    for route in filter(_is_sock, inspected.routes):
        if not any(_looks(layer) for layer in layers(route.view)):
            yield Match(f"{route.endpoint} accepts handshakes from every origin", subject=route.rule, route=route.rule)


def _is_sock(route: Route) -> bool:
    return any(written_in(layer) == "flask_sock" for layer in layers(route.view))


def _looks(function: object) -> bool:
    words = words_of(function)
    return any(word.lower() in ("origin", "http_origin") or "check_origin" in word.lower() for word in words)
