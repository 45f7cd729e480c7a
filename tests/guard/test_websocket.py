"""A WebSocket handshake must come from an allowed origin."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from werkzeug.test import Client

from flask_garrison import Garrison
from flask_garrison.events import SecurityEvent

HERE = "https://shop.example"
UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket"}


def handshake(app: Flask, headers: dict[str, str]) -> int:
    app.add_url_rule("/socket", "socket", lambda: "open", websocket=True)
    answer = Client(app).get("/socket", base_url=HERE.replace("http", "ws"), headers={**UPGRADE, **headers})
    return answer.status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {},
        {"Origin": "https://shop.example.evil.example"},
        {"Origin": "https://evil.example", "Upgrade": "WebSocket"},
        {"Origin": "https://evil.example", "Upgrade": "h2c, websocket"},
    ],
)
def test_a_foreign_handshake_is_refused(app: Flask, headers: dict[str, str]) -> None:
    Garrison(app)
    assert handshake(app, headers) == 403


@pytest.mark.parametrize(
    ("headers", "event", "point"),
    [
        ({"Origin": "https://evil.example"}, "malicious_cors:https://evil.example", "IE2"),
        ({}, "malicious_cors:", "RE6"),
    ],
)
def test_a_refusal_names_the_header_and_the_detection_point(
    app: Flask, seen: Callable[[], list[SecurityEvent]], headers: dict[str, str], event: str, point: str
) -> None:
    Garrison(app)
    handshake(app, headers)
    (one,) = [one for one in seen() if one.control == "inputs.websocket-origin"]
    assert (one.event, one.outcome, one.status) == (event, "refused", 403)
    assert (one.parameter, one.appsensor) == ("origin", point)


@pytest.mark.parametrize("origin", [HERE, "https://shop.example:443", "https://app.example"])
def test_an_allowed_handshake_passes(app: Flask, origin: str) -> None:
    Garrison(app, trusted_origins=["https://app.example"])
    assert handshake(app, {"Origin": origin}) == 200


def test_observe_and_off_let_it_pass(app: Flask) -> None:
    Garrison(app, modes={"inputs.websocket-origin": "observe"})
    assert handshake(app, {"Origin": "https://evil.example"}) == 200


def test_off_lets_it_pass(app: Flask) -> None:
    Garrison(app, modes={"inputs.websocket-origin": "off"})
    assert handshake(app, {"Origin": "https://evil.example"}) == 200
