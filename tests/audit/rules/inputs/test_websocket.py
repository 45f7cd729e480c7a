"""WebSockets and where their handshakes come from."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, request

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from flask_garrison.findings import Severity
from tests.audit.support import make, of_app

SOCKETIO = "inputs.socketio-any-origin"
SOCK = "inputs.websocket-unchecked-origin"


def said(rule: str, app: Flask) -> list[tuple[str, Severity | None, str | None]]:
    found = of_app(rule, app)
    assert found is not None
    return [(one.title, one.severity, one.route) for one in found if isinstance(one, Match)]


def with_socketio(**options: Any) -> Flask:
    flask_socketio = pytest.importorskip("flask_socketio", reason="Flask-SocketIO is not installed")
    app = make()
    flask_socketio.SocketIO(app, async_mode="threading", **options)
    return app


def test_socket_io_for_everybody_is_found_with_garrison_too() -> None:
    app = with_socketio(cors_allowed_origins="*")
    expected = [("Socket.IO accepts connections from every origin", None, None)]
    assert said(SOCKETIO, app) == expected
    Garrison(app, hosts=["shop.example"])
    assert said(SOCKETIO, app) == expected


def test_an_empty_list_switches_the_check_off() -> None:
    assert len(said(SOCKETIO, with_socketio(cors_allowed_origins=[]))) == 1


def test_with_logins_by_cookie_it_is_high() -> None:
    flask_login = pytest.importorskip("flask_login", reason="Flask-Login is not installed")
    app = with_socketio(cors_allowed_origins="*")
    flask_login.LoginManager(app)
    assert [severity for _, severity, _ in said(SOCKETIO, app)] == [Severity.HIGH]


def test_the_default_and_a_list_are_none() -> None:
    listed = with_socketio(cors_allowed_origins=["https://app.shop.example"])
    assert said(SOCKETIO, with_socketio()) == said(SOCKETIO, listed) == []
    assert of_app(SOCKETIO, make()) is None


def with_sock(*, careful: bool) -> Flask:
    flask_sock = pytest.importorskip("flask_sock", reason="Flask-Sock is not installed")
    app = make()
    sock = flask_sock.Sock(app)

    @sock.route("/chat")
    def chat(ws: Any) -> None:
        if careful and request.headers.get("Origin") != "https://shop.example":
            return
        ws.send("hello")

    @sock.route("/news")
    def news(ws: Any) -> None:
        ws.send("news")

    return app


def test_a_route_that_never_looks_is_found() -> None:
    assert said(SOCK, with_sock(careful=True)) == [("news accepts handshakes from every origin", None, "/news")]


def test_garrison_looks_for_it() -> None:
    app = with_sock(careful=False)
    Garrison(app, hosts=["shop.example"])
    assert said(SOCK, app) == []


def test_a_hook_that_looks_is_enough() -> None:
    app = with_sock(careful=False)

    @app.before_request
    def check_origin() -> None:
        assert request.headers.get("Origin") == "https://shop.example"

    assert said(SOCK, app) == []
    assert of_app(SOCK, make()) is None
