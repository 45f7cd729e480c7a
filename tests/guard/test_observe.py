"""Observe mode refuses nothing, leaves headers and cookies, and changes bodies by nonces and token fields alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, Response, render_template_string, session
from werkzeug.test import Client, TestResponse

from flask_garrison import Garrison
from flask_garrison.events import SecurityEvent

Seen = Callable[[], list[SecurityEvent]]
HERE = "https://shop.example"
PAGE = '<form method="post" action="/buy"><script>run()</script><p onclick="x()" style="a">{{ q }}</p></form>'
MAY_ADD = {
    "Content-Security-Policy-Report-Only",
    "Cross-Origin-Opener-Policy-Report-Only",
    "Permissions-Policy-Report-Only",
    "Reporting-Endpoints",
}


def make_app() -> Flask:
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    app.add_url_rule("/", "index", lambda: render_template_string(PAGE, q="<b>"))
    app.add_url_rule("/buy", "buy", lambda: "bought", methods=["GET", "POST", "DELETE"])
    app.add_url_rule("/login", "login", _login, methods=["POST"])
    app.add_url_rule("/own", "own", _own_headers)
    app.add_url_rule("/boom", "boom", lambda: str(1 // 0))
    app.add_url_rule("/socket", "socket", lambda: "open", websocket=True)
    return app


def _login() -> str:
    session["user_id"] = "ada"
    return "welcome"


def _own_headers() -> Response:
    response = Response("<p>", mimetype="text/html")
    response.headers.extend(
        {
            "X-Powered-By": "Flask 3",
            "X-Frame-Options": "ALLOWALL",
            "Content-Security-Policy": "script-src *",
            "Access-Control-Allow-Origin": "https://evil.example",
            "Access-Control-Allow-Credentials": "true",
        }
    )
    response.set_cookie("theme", "dark", samesite="None")
    response.set_cookie("remember_token", "x")
    return response


CROSS_SITE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
REQUESTS: list[tuple[str, str, dict[str, Any]]] = [
    ("GET", "/", {}),
    ("HEAD", "/", {}),
    ("OPTIONS", "/buy", {"headers": {**CROSS_SITE, "Access-Control-Request-Method": "DELETE"}}),
    ("POST", "/buy", {"headers": CROSS_SITE}),
    ("DELETE", "/buy", {"headers": CROSS_SITE}),
    ("POST", "/buy", {"headers": {"Cookie": "a=b"}}),
    ("POST", "/login", {"headers": CROSS_SITE}),
    ("GET", "/own", {"headers": CROSS_SITE}),
    ("GET", "/boom", {}),
    ("GET", "/nothing", {}),
    ("PATCH", "/buy", {"headers": CROSS_SITE}),
    ("GET", "/socket", {"headers": {**CROSS_SITE, "Upgrade": "websocket", "Connection": "Upgrade"}}),
]


def answer(app: Flask, method: str, path: str, options: dict[str, Any]) -> TestResponse:
    return Client(app).open(path, method=method, base_url=HERE, **options)


def plain(body: str) -> str:
    """Return a body without what observe mode may add to it."""
    body = re.sub(r' nonce="[A-Za-z0-9_-]{22}"', "", body)
    return re.sub(r'<input type="hidden" name="_garrison_csrf" value="[^"]+">', "", body)


@pytest.mark.parametrize(("method", "path", "options"), REQUESTS)
def test_an_answer_is_the_same_bare_and_observed(method: str, path: str, options: dict[str, Any]) -> None:
    observed_app = make_app()
    Garrison(observed_app, mode="observe")
    bare = answer(make_app(), method, path, options)
    observed = answer(observed_app, method, path, options)
    assert observed.status_code == bare.status_code
    assert plain(observed.text) == bare.text
    left = {name for name, _ in observed.headers if name not in MAY_ADD | {"Content-Length", "Set-Cookie", "Vary"}}
    assert {name: observed.headers.getlist(name) for name in left} == {
        name: bare.headers.getlist(name) for name, _ in bare.headers if name in left
    }
    assert left == set(bare.headers.keys()) - {"Content-Length", "Set-Cookie", "Vary"}


def test_cookies_are_left_as_they_are() -> None:
    app = make_app()
    Garrison(app, mode="observe")
    own = answer(app, "GET", "/own", {}).headers.getlist("Set-Cookie")
    assert own == answer(make_app(), "GET", "/own", {}).headers.getlist("Set-Cookie")
    (login,) = answer(app, "POST", "/login", {}).headers.getlist("Set-Cookie")
    assert re.sub(r"session=[^;]+", "session=x", login) == "session=x; HttpOnly; Path=/"


def test_everything_that_would_have_been_refused_is_recorded(seen: Seen) -> None:
    app = make_app()
    Garrison(app, mode="observe")
    for method, path, options in REQUESTS:
        answer(app, method, path, options)
    outcomes = {(event.control, event.outcome) for event in seen()}
    for control in ("inputs.csrf", "inputs.websocket-origin", "headers.cors", "headers.framing", "headers.disclosure"):
        assert (control, "would_refuse") in outcomes
    assert not {outcome for _, outcome in outcomes} & {"refused"}
