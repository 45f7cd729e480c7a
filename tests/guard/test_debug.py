"""An application in debug mode answers its own machine only, and says how to admit another."""

from __future__ import annotations

import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from werkzeug.test import Client

from flask_garrison import Garrison
from flask_garrison.events import SecurityEvent
from tests.support.process import free_port, running

Seen = Callable[[], list[SecurityEvent]]
OWN = {"REMOTE_ADDR": "127.0.0.1"}
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.5"}


def ask(app: Flask, peer: str = "127.0.0.1", path: str = "/", **headers: str) -> Any:
    return Client(app).get(path, environ_base={"REMOTE_ADDR": peer}, headers=headers)


def guard(app: Flask, mode: str = "enforce", **settings: Any) -> None:
    """Guard without HTTPS, which would answer first."""
    Garrison(app, modes={"transport.https-only": "off", "assessment.debug": mode}, **settings)


@pytest.fixture
def debugged(app: Flask) -> Flask:
    """Give the app with debug mode set after the guard, as ``app.run`` does."""
    guard(app)
    app.debug = True
    return app


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_its_own_machine_is_answered(debugged: Flask, seen: Seen, peer: str) -> None:
    assert ask(debugged, peer).status_code == 200
    assert seen() == []


@pytest.mark.parametrize(
    "peer", ["203.0.113.5", "10.0.0.8", "172.17.0.1", "2001:db8::1", "::ffff:10.0.0.8", "fe80::1%eth0", "", "<local>"]
)
def test_another_machine_or_an_unknown_one_is_refused(debugged: Flask, seen: Seen, peer: str) -> None:
    answer = ask(debugged, peer, "/boom")
    assert answer.status_code == 403
    assert "This application answers its own machine only at the moment." in answer.text
    (event,) = seen()
    assert (event.event, event.control, event.outcome) == ("authz_fail:,debug", "assessment.debug", "refused")
    assert (event.parameter, event.appsensor) == ("", "RP1")


def test_the_event_has_the_line_to_add_and_that_line_admits(debugged: Flask, app: Flask, seen: Seen) -> None:
    ask(debugged, "172.17.0.1")
    (event,) = seen()
    assert (
        'add allow_insecure_debug_from=["172.17.0.1"] to the policy.' in json.loads(event.as_json())["detail"]["advice"]
    )
    other = Flask("other")
    other.debug = True
    other.add_url_rule("/", "index", lambda: "other")
    guard(other, allow_insecure_debug_from=["172.17.0.1"])
    assert ask(other, "172.17.0.1").status_code == 200
    assert ask(other, "172.17.0.2").status_code == 403


def test_without_debug_mode_everybody_is_answered(app: Flask) -> None:
    guard(app)
    assert ask(app, "203.0.113.5").status_code == 200


def test_debug_mode_that_begins_between_two_requests_is_noticed(app: Flask) -> None:
    guard(app)
    assert ask(app, "203.0.113.5").status_code == 200
    app.debug = True
    assert ask(app, "203.0.113.5").status_code == 403


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Forwarded-For", "203.0.113.5"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Forwarded-Proto", "https"),
        ("X-Forwarded-Host", "shop.example"),
        ("X-Forwarded-Port", "443"),
        ("X-Forwarded-Prefix", "/shop"),
        ("Forwarded", "for=203.0.113.5"),
        ("X-Real-IP", "203.0.113.5"),
        ("Via", "1.1 tunnel"),
    ],
)
def test_a_proxy_or_tunnel_on_this_machine_is_refused(debugged: Flask, name: str, value: str) -> None:
    answer = Client(debugged).get("/", environ_base=OWN, headers={name: value})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X-Forwarded-For": "10.0.0.9"}, 200),
        ({"X-Forwarded-For": "10.0.0.9, 10.0.0.7"}, 200),
        ({"Forwarded": 'for="10.0.0.9:4711";proto=https, for=127.0.0.1'}, 200),
        ({"X-Forwarded-Proto": "https"}, 200),
        ({"X-Forwarded-For": "203.0.113.5"}, 403),
        ({"X-Forwarded-For": "10.0.0.9, 203.0.113.5"}, 403),
        ({"X-Forwarded-For": "203.0.113.5, 10.0.0.9"}, 403),
        ({"X-Forwarded-For": "10.0.0.9, unknown"}, 403),
        ({"X-Forwarded-For": ", ".join(["10.0.0.9"] * 500)}, 403),
        ({"X-Forwarded-For": "127.evil.example"}, 403),
        ({"Forwarded": "for=_hidden"}, 403),
        ({"Forwarded": "FOR = 203.0.113.5"}, 403),
        ({"X-Real-IP": "203.0.113.5", "X-Forwarded-For": "10.0.0.9"}, 403),
    ],
)
def test_behind_a_declared_proxy_every_stated_address_must_be_declared(
    app: Flask, headers: dict[str, str], status: int
) -> None:
    app.debug = True
    guard(app, allow_insecure_debug_from=["10.0.0.0/8", "127.0.0.1"])
    assert Client(app).get("/", environ_base=OWN, headers=headers).status_code == status


def test_observe_refuses_nothing_and_says_what_it_would(app: Flask, seen: Seen) -> None:
    app.debug = True
    guard(app, "observe")
    assert ask(app, "203.0.113.5").status_code == 200
    (event,) = seen()
    assert (event.control, event.outcome) == ("assessment.debug", "would_refuse")


def test_switched_off_it_does_nothing(app: Flask, seen: Seen) -> None:
    app.debug = True
    guard(app, "off")
    assert ask(app, "203.0.113.5").status_code == 200
    assert seen() == []


def test_the_apps_own_test_client_is_not_asked_where_it_comes_from(debugged: Flask) -> None:
    debugged.testing = True
    assert debugged.test_client().get("/", environ_base=ELSEWHERE).status_code == 200
    assert ask(debugged, "203.0.113.5").status_code == 403


class _BrokenSessions(SecureCookieSessionInterface):
    def open_session(self, app: Flask, request: Any) -> Any:
        raise LookupError("secret inside")


def test_what_fails_before_the_first_guard_reaches_no_debugger_of_a_stranger(app: Flask) -> None:
    app.session_interface = _BrokenSessions()
    guard(app)
    app.debug = True
    assert ask(app, "203.0.113.5").status_code == 403
    with pytest.raises(LookupError):
        ask(app)


APP = """
from flask import Flask
from flask_garrison import Garrison

app = Flask(__name__)
app.secret_key = "a1d3e6b49c7f02588d4c1e9f7b60a35d"
Garrison(app{more})


@app.get("/boom")
def boom():
    raise RuntimeError("secret inside")
"""


def own_address() -> str:
    """Return an address of this machine that is not loopback; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            address: str = probe.getsockname()[0]
        except OSError:
            address = "127.0.0.1"
    return address


@pytest.fixture
def development(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[int]:
    """Serve with ``flask run --debug`` on every address of this machine, and give the port."""
    (tmp_path / "shop.py").write_text(APP.format(more=getattr(request, "param", "")))
    port = free_port()
    argv = [sys.executable, "-m", "flask", "--app", "shop", "run", "--debug", "--no-reload"]
    argv += ["--host", "0.0.0.0", "--port", str(port)]  # noqa: S104 - that is what the test is about
    env = {key: value for key, value in os.environ.items() if not key.startswith("WERKZEUG")}
    with running(argv, port=port, log=tmp_path / "log", cwd=tmp_path, env=env):
        yield port


class TestDevelopmentServer:
    def test_a_traceback_reaches_this_machine_only(self, development: int) -> None:
        near = httpx.get(f"http://127.0.0.1:{development}/boom", trust_env=False)
        assert (near.status_code, "secret inside" in near.text) == (500, True)
        address = own_address()
        headers = {"X-Forwarded-For": "203.0.113.5"} if address.startswith("127.") else {}
        far = httpx.get(f"http://{address}:{development}/boom", headers=headers, trust_env=False)
        assert (far.status_code, "secret inside" in far.text, "Traceback" in far.text) == (403, False, False)

    @pytest.mark.parametrize(
        "development", [", modes={'assessment.debug': 'off', 'transport.https-only': 'off'}"], indirect=True
    )
    def test_without_the_guard_it_would_reach_everybody(self, development: int) -> None:
        far = httpx.get(f"http://{own_address()}:{development}/boom", trust_env=False)
        assert (far.status_code, "secret inside" in far.text) == (500, True)


def test_the_words_do_not_name_debug_mode_or_a_setting(debugged: Flask) -> None:
    text = ask(debugged, "203.0.113.5").text
    assert "debug" not in text.lower()
