"""Whose word counts on client, scheme and host: strangers' never, declared proxies' always, each once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, jsonify, request
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import Client

from flask_garrison import Garrison
from flask_garrison.context import current
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.proxies import client_is_vouched

from .conftest import SECRET

Seen = Callable[[], list[SecurityEvent]]
FORGED = {
    "X-Forwarded-For": "6.6.6.6",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=6.6.6.6;proto=https;host=evil.example",
}
ONE = {"X-Forwarded-For": "8.8.8.8", "X-Forwarded-Proto": "https"}
ALL_HEADERS = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix"]
RFC = ["Forwarded"]


def told() -> Any:
    context = current()
    assert context is not None
    return jsonify(
        client=request.remote_addr,
        context=context.client,
        peer=context.peer,
        vouched=client_is_vouched(context),
        scheme=request.scheme,
        host=request.host,
        root=request.root_path,
    )


def make(**settings: Any) -> Flask:
    app = Flask("shop")
    app.secret_key = SECRET
    app.add_url_rule("/", "told", told)
    app.add_url_rule("/evil/", "evil", told)
    Garrison(app, **{"allow_insecure_http": ["told", "evil"], **settings})
    return app


def ask(app: Any, headers: dict[str, str] | None = None, peer: str = "10.0.0.1", path: str = "/") -> dict[str, Any]:
    answer = Client(app).get(
        path, headers=headers, base_url="http://shop.example", environ_overrides={"REMOTE_ADDR": peer}
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    assert found["client"] == found["context"]
    return found


@pytest.mark.parametrize("settings", [{}, {"proxies": 0}, {"proxies": ["192.0.2.0/24"]}])
@pytest.mark.parametrize("peer", ["6.7.8.9", "10.0.0.1"])
def test_a_strangers_headers_change_nothing(settings: dict[str, Any], peer: str) -> None:
    found = ask(make(**settings), FORGED, peer)
    assert (found["client"], found["scheme"], found["host"], found["root"]) == (peer, "http", "shop.example", "")


def test_over_a_real_server_a_strangers_headers_change_nothing(serve: Callable[..., str]) -> None:
    import requests

    site = serve(make())
    found = requests.get(f"{site}/", headers=FORGED, timeout=5).json()
    assert (found["client"], found["scheme"], found["host"]) == ("127.0.0.1", "http", site.partition("//")[2])
    assert requests.get(f"{site}/", headers=FORGED, timeout=5).status_code == 200


def test_one_declared_proxy_names_client_and_scheme() -> None:
    found = ask(make(proxies=1), ONE)
    assert (found["client"], found["peer"], found["scheme"], found["vouched"]) == ("8.8.8.8", "10.0.0.1", "https", True)


@pytest.mark.parametrize(
    ("header", "client"),
    [
        ("6.6.6.6, 8.8.8.8", "8.8.8.8"),
        ("8.8.8.8:5678", "8.8.8.8"),
        ("[2001:db8::7]:80", "2001:db8::7"),
        ("fe80::1%eth0", "fe80::1"),
        ('"6.6.6.6, 8.8.8.8', "8.8.8.8"),
        ("9" * 10_000 + ", 8.8.8.8", "8.8.8.8"),
        ("unknown", "10.0.0.1"),
        ("<script>", "10.0.0.1"),
        ("9" * 10_000, "10.0.0.1"),
    ],
)
def test_the_entry_of_the_declared_proxy_counts_and_no_other(header: str, client: str) -> None:
    assert ask(make(proxies=1), {"X-Forwarded-For": header})["client"] == client
    assert ask(make(proxies=["10.0.0.0/8"]), {"X-Forwarded-For": header})["client"] == client


def test_two_proxies_count_from_the_right_and_the_scheme_may_be_passed_on() -> None:
    app = make(proxies=2)
    chain = {"X-Forwarded-For": "6.6.6.6, 8.8.8.8, 10.0.0.2"}
    assert ask(app, chain | {"X-Forwarded-Proto": "http, https, http"})["scheme"] == "https"
    found = ask(app, chain | {"X-Forwarded-Proto": "https"})
    assert (found["client"], found["scheme"]) == ("8.8.8.8", "https")


@pytest.mark.parametrize("value", ["javascript", "https\tx", "", '"https'])
def test_a_scheme_that_is_none_is_not_taken(value: str) -> None:
    assert ask(make(proxies=1), {"X-Forwarded-For": "8.8.8.8", "X-Forwarded-Proto": value})["scheme"] in (
        "http",
        "https",
    )
    assert ask(make(proxies=1), {"X-Forwarded-Proto": "javascript"})["scheme"] == "http"


def test_host_port_and_prefix_count_only_when_named() -> None:
    sent = {**ONE, "X-Forwarded-Host": "www.example", "X-Forwarded-Port": "8443", "X-Forwarded-Prefix": "/shop"}
    assert (ask(make(proxies=1), sent)["host"], ask(make(proxies=1), sent)["root"]) == ("shop.example", "")
    found = ask(make(proxies=1, proxy_headers=ALL_HEADERS), sent)
    assert (found["host"], found["root"]) == ("www.example:8443", "/shop")
    sent["X-Forwarded-Prefix"] = "//evil.example"
    assert ask(make(proxies=1, proxy_headers=ALL_HEADERS), sent)["root"] == ""


def test_networks_are_walked_from_the_right() -> None:
    app = make(proxies=["10.0.0.0/8", "fd00::/8"])
    found = ask(
        app, {"X-Forwarded-For": "6.6.6.6, 8.8.8.8, 10.0.0.9, fd00::7", "X-Forwarded-Proto": "http, https, http"}
    )
    assert (found["client"], found["vouched"]) == ("8.8.8.8", True)
    assert ask(app, {"X-Forwarded-For": "6.6.6.6, unknown, 10.0.0.9"})["client"] == "10.0.0.9"
    assert ask(app, {"X-Forwarded-For": "8.8.8.8"}, peer="::ffff:10.0.0.1")["client"] == "8.8.8.8"


def test_forwarded_counts_when_it_is_the_declared_header_and_alone() -> None:
    sent = {**FORGED, "Forwarded": 'for="6.6.6.6;proto=http, for="[2001:db8::7]:99";proto=https;host=www.example'}
    for proxies in (1, ["10.0.0.0/8"]):
        found = ask(make(proxies=proxies, proxy_headers=RFC), sent)
        assert (found["client"], found["scheme"], found["host"]) == ("2001:db8::7", "https", "www.example")
    assert ask(make(proxies=1), {"Forwarded": FORGED["Forwarded"]})["client"] == "10.0.0.1"


def test_nested_applications_read_the_headers_once() -> None:
    outer, inner = make(proxies=1), make(proxies=1)
    outer.wsgi_app = DispatcherMiddleware(outer.wsgi_app, {"/in": inner})  # type: ignore[method-assign]
    found = ask(outer, {"X-Forwarded-For": "6.6.6.6, 8.8.8.8"}, path="/in/")
    assert (found["client"], found["peer"]) == ("8.8.8.8", "10.0.0.1")


def test_behind_a_unix_socket_no_header_passes_for_the_peer() -> None:
    found = ask(make(proxies=1), {"X-Forwarded-For": "127.0.0.1"}, peer="")
    assert (found["client"], found["peer"]) == ("127.0.0.1", "unix:")


@pytest.mark.parametrize("settings", [{}, {"proxies": 1}])
def test_an_apps_own_proxyfix_is_its_word(settings: dict[str, Any], seen: Seen) -> None:
    app = make(**settings)
    app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]
    found = ask(app, {"X-Forwarded-For": "6.6.6.6, 8.8.8.8", "X-Forwarded-Proto": "https"})
    assert (found["client"], found["peer"], found["vouched"]) == ("8.8.8.8", "10.0.0.1", True)
    assert [event for event in seen() if event.control == "transport.proxy-trust"] == []


def test_an_apps_own_proxyfix_of_the_scheme_alone_vouches_for_no_client(seen: Seen) -> None:
    app = make()
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=1)  # type: ignore[method-assign]
    found = ask(app, ONE)
    assert (found["client"], found["scheme"], found["vouched"]) == ("10.0.0.1", "https", False)
    assert ask(app, ONE, peer="8.8.4.4")["vouched"] is True
    (event,) = [event for event in seen() if event.control == "transport.proxy-trust"]
    assert event.detail["line"] == "ProxyFix(app.wsgi_app, x_for=1, x_proto=1)"


@pytest.mark.parametrize("peer", ["", "localhost", "<local>", "127.0.0.1"])
def test_an_undeclared_proxy_on_this_machine_is_told_of(peer: str, seen: Seen) -> None:
    ask(make(hosts=["shop.example"]), ONE, peer)
    (event,) = [event for event in seen() if event.control == "transport.proxy-trust"]
    assert event.detail["line"] == "proxies=1"


@pytest.mark.parametrize(
    ("settings", "peer", "headers", "vouched"),
    [
        ({"proxies": 0}, "127.0.0.1", ONE, True),
        ({}, "127.0.0.1", {}, False),
        ({}, "", {}, False),
        ({}, "localhost", {}, False),
        ({}, "<local>", ONE, False),
        ({"proxies": ["10.0.0.0/8"]}, "localhost", ONE, False),
        ({}, "10.0.0.1", ONE, False),
        ({}, "10.0.0.1", {}, True),
        ({}, "8.8.4.4", FORGED, True),
        ({"proxies": 1}, "10.0.0.1", ONE, True),
        ({"proxies": 1}, "10.0.0.1", {}, False),
        ({"proxies": 2}, "10.0.0.1", ONE, False),
        ({"proxies": ["10.0.0.0/8"]}, "8.8.4.4", FORGED, True),
        ({"proxies": ["10.0.0.0/8"]}, "10.0.0.1", {}, False),
        ({"proxies": ["10.0.0.0/8"]}, "10.0.0.1", {"X-Forwarded-For": "10.0.0.7"}, False),
    ],
)
def test_who_is_vouched_for(settings: dict[str, Any], peer: str, headers: dict[str, str], vouched: bool) -> None:
    assert ask(make(**settings), headers, peer)["vouched"] is vouched


def test_a_peer_with_one_short_chain_is_wrong_from_then_on_and_others_are_not() -> None:
    app, full = make(proxies=2), {"X-Forwarded-For": "8.8.8.8, 10.0.0.2"}
    assert ask(app, full)["vouched"] is True
    ask(app, {})
    assert ask(app, full)["vouched"] is True, "a probe without any entry is no proof"
    ask(app, ONE)
    assert ask(app, full)["vouched"] is False
    assert ask(app, full, peer="10.0.0.5")["vouched"] is True


def test_peers_are_remembered_in_bounded_memory() -> None:
    from flask_garrison.guard.proxy_chain import MAX_PEERS, Chain, Ledger

    ledger = Ledger()
    for number in range(1_000):
        ledger.note(Chain(f"10.0.{number // 250}.{number % 250}", short=True))
    assert len(ledger._wrong) == MAX_PEERS
    assert ledger.is_wrong("10.0.3.249")


NETWORKS = 'proxies=["10.0.0.0/8"] (the networks of your proxies)'


@pytest.mark.parametrize(
    ("settings", "headers", "line"),
    [
        ({}, ONE, "proxies=1"),
        ({"proxies": 2}, ONE, "proxies=1"),
        ({"proxies": 1}, {}, "proxies=0"),
        ({"proxies": 1}, {"X-Forwarded-For": "8.8.8.8, 10.0.0.2"}, "proxies=2"),
        ({"proxies": 3}, {"X-Forwarded-For": "8.8.8.8, " + "10.0.0.2, " * 2 + "10.0.0.2"}, "proxies=4"),
        ({"proxies": 4}, {"X-Forwarded-For": "8.8.8.8, " + "10.0.0.2, " * 3 + "10.0.0.2"}, NETWORKS),
        ({"proxies": 16}, {"X-Forwarded-For": "8.8.8.8, " + "10.0.0.2, " * 15 + "10.0.0.2"}, NETWORKS),
        ({"proxies": 16}, {"X-Forwarded-For": "8.8.8.8, " + "10.0.0.2, " * 13 + "10.0.0.2"}, NETWORKS),
    ],
)
def test_a_declaration_that_cannot_be_right_is_said_once_with_the_line(
    settings: dict[str, Any], headers: dict[str, str], line: str, seen: Seen, caplog: pytest.LogCaptureFixture
) -> None:
    app = make(hosts=["shop.example"], **settings)
    for _ in range(3):
        ask(app, headers)
    (event,) = [event for event in seen() if event.control == "transport.proxy-trust"]
    assert event.detail["line"] == line
    assert sum(line in message for message in caplog.messages) == 1


@pytest.mark.parametrize(
    ("settings", "headers", "peer"),
    [
        ({}, FORGED, "8.8.4.4"),
        ({}, {}, "10.0.0.1"),
        ({"proxies": 0}, ONE, "10.0.0.1"),
        ({"proxies": 1}, ONE, "10.0.0.1"),
        ({"modes": {}, "mode": "off"}, ONE, "10.0.0.1"),
    ],
)
def test_nothing_is_said_where_nothing_is_wrong(
    settings: dict[str, Any], headers: dict[str, str], peer: str, seen: Seen
) -> None:
    ask(make(hosts=["shop.example"], **settings), headers, peer)
    assert [event for event in seen() if event.control == "transport.proxy-trust"] == []


@pytest.mark.parametrize(
    "settings", [{"proxies": ["0.0.0.0/0"]}, {"proxies": 1, "proxy_headers": ["X-Forwarded-Proto"]}]
)
def test_a_declaration_that_is_wrong_by_itself_is_said_at_start(
    settings: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    make(**settings)
    assert "prox" in caplog.text
    caplog.clear()
    make(proxies=1)
    assert caplog.text == ""


def test_observe_believes_the_declaration_and_off_does_not() -> None:
    assert ask(make(proxies=1, mode="observe"), ONE)["client"] == "8.8.8.8"
    assert ask(make(proxies=1, mode="off"), ONE)["client"] == "10.0.0.1"
