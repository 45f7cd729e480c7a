"""Which names the application answers to: malformed never, declared ones always, forged ones in no link."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template_string, request, url_for
from werkzeug.test import Client

from flask_garrison import Garrison, Policy
from flask_garrison.errors import PolicyError
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.hosts import is_well_formed

from .conftest import SECRET

Seen = Callable[[], list[SecurityEvent]]
MALFORMED = [
    "shop.example\x00",
    "shop.example\r\nX: y",
    "shop.example\t",
    "shop example",
    "user@shop.example",
    "shop.example/path",
    "shop.example,evil.example",
    "shop.example evil.example",
    "shop.example:0",
    "shop.example:99999",
    "shop.example:80x",
    "shop.example:",
    "[fe80::1%eth0]",
    "[fe80::1%25eth0]:80",
    "[::1",
    "::1",
    "sh\xf6p.example",
    "a" * 10_000,
]
HONEST = ["shop.example", "SHOP.example:8443", "127.0.0.1:80", "[2001:db8::1]", "[2001:db8::1]:443", "localhost"]
FORWARDED = {"X-Forwarded-For": "8.8.8.8"}


def make(**settings: Any) -> Flask:
    app = Flask("shop")
    app.secret_key = SECRET
    app.add_url_rule("/", "index", lambda: "shop")
    app.add_url_rule("/forgot", "forgot", lambda: url_for("index", _external=True), methods=["GET", "POST"])
    app.add_url_rule("/mail", "mail", lambda: render_template_string("{{ url_for('index', _external=True) }}"))
    app.config.update(settings.pop("config", {}))
    Garrison(app, **{"modes": {"transport.https-only": "off"}, **settings})
    return app


def ask(app: Flask, host: str | None, path: str = "/", peer: str = "8.8.4.4", **options: Any) -> int:
    overrides = {"REMOTE_ADDR": peer, "HTTP_HOST": host}
    return Client(app).open(path, environ_overrides=overrides, **options).status_code


def of_hosts(seen: Seen) -> list[SecurityEvent]:
    return [event for event in seen() if event.control == "transport.hosts"]


@pytest.mark.parametrize("host", MALFORMED)
@pytest.mark.parametrize("settings", [{}, {"hosts": ["shop.example"]}])
def test_a_malformed_host_is_refused_always(host: str, settings: dict[str, Any], seen: Seen) -> None:
    assert not is_well_formed(host)
    assert ask(make(**settings), host) == 400
    (event,) = of_hosts(seen)
    assert (event.event, event.outcome, event.status) == ("input_validation_fail:host", "refused", 400)
    assert (event.parameter, event.appsensor) == ("host", "RE7" if len(host) > 260 else "RE8")


@pytest.mark.parametrize("host", HONEST)
def test_an_undeclared_host_passes(host: str) -> None:
    assert ask(make(), host) == 200


@pytest.mark.parametrize(
    "settings",
    [
        {"hosts": ["shop.example"]},
        {"config": {"TRUSTED_HOSTS": ["shop.example"]}},
        {"config": {"TRUSTED_HOSTS": "shop.example"}},
    ],
)
def test_declared_names_pass_and_others_do_not(settings: dict[str, Any], seen: Seen) -> None:
    app = make(**settings)
    assert (ask(app, "shop.example"), ask(app, "shop.example:8443")) == (200, 200)
    assert of_hosts(seen) == []
    for forged in ("evil.example", "shop.example.evil.example", "evilshop.example", "a.shop.example", "localhost"):
        assert ask(app, forged) == 400, forged
    assert [(event.parameter, event.appsensor) for event in of_hosts(seen)] == [("host", "IE2")] * 5
    assert '"evil.example" to hosts' in str(of_hosts(seen)[0].detail["advice"])


def test_a_leading_dot_includes_subdomains_and_addresses_can_be_declared() -> None:
    assert ask(make(hosts=["shop.example"]), "SHOP.EXAMPLE") == 200
    app = make(hosts=[".shop.example", "[2001:db8::1]", "192.0.2.1"])
    assert [ask(app, host) for host in ("shop.example", "a.b.shop.example", "[2001:db8::1]:80", "192.0.2.1")] == [
        200
    ] * 4
    assert [ask(app, host) for host in ("evilshop.example", "[2001:db8::2]", "192.0.2.2")] == [400] * 3


def test_trusted_hosts_are_read_at_each_request() -> None:
    app = make()
    assert ask(app, "evil.example") == 200
    app.config["TRUSTED_HOSTS"] = ["shop.example"]
    assert ask(app, "evil.example") == 400


def test_a_forged_host_is_refused_before_csrf_is_judged(seen: Seen) -> None:
    app = make(hosts=["shop.example"])
    evil = {"Origin": "http://evil.example"}
    assert ask(app, "evil.example", "/forgot", method="POST", headers=evil) == 400
    assert [event.control for event in seen()] == ["transport.hosts"]


def test_a_forged_host_gets_no_password_reset_link(serve: Callable[..., Any]) -> None:
    site = serve(make(hosts=["127.0.0.1"]))
    forged, honest = (over_the_wire(site.port, host) for host in ("evil.example", f"127.0.0.1:{site.port}"))
    assert forged.startswith("HTTP/1.1 400")
    assert "evil.example" not in forged
    assert f"http://127.0.0.1:{site.port}/" in honest


def test_control_characters_over_a_real_server(serve: Callable[..., Any]) -> None:
    site = serve(make())
    for host in ("shop.example\x01", "shop\x0b.example", "\x7f", "shop.example\x85"):
        assert over_the_wire(site.port, host).startswith("HTTP/1.1 400"), host


def over_the_wire(port: int, host: str) -> str:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(f"GET /forgot HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode("latin-1"))
        return b"".join(iter(lambda: connection.recv(65_536), b"")).decode("latin-1")


def test_probes_of_named_networks_may_name_any_host_unless_forwarded() -> None:
    app = make(hosts=["shop.example"], allow_insecure_hosts_from=["10.0.0.0/8"])
    assert ask(app, "10.0.0.7:8000", peer="10.0.0.1") == 200
    assert ask(app, "evil.example", peer="10.0.0.1", headers=FORWARDED) == 400
    assert ask(app, "10.0.0.7:8000", peer="8.8.4.4") == 400
    assert ask(app, "bad host", peer="10.0.0.1") == 400


def test_a_client_cannot_forge_the_address_of_a_probe() -> None:
    app = make(hosts=["shop.example"], allow_insecure_hosts_from=["10.0.0.0/8"], proxies=1)
    assert ask(app, "evil.example", peer="8.8.4.4", headers={"X-Forwarded-For": "10.0.0.1"}) == 400


def test_the_apps_own_test_client_keeps_its_default_host() -> None:
    app = make(hosts=["shop.example"])
    assert app.test_client().get("/").status_code == 400
    app.testing = True
    assert app.test_client().get("/").status_code == 200
    assert app.test_client().get("/", base_url="http://evil.example").status_code == 400
    assert Client(app).get("/").status_code == 400


def test_debug_passes_loopback_names_from_loopback_only() -> None:
    app = make(hosts=["shop.example"])
    assert ask(app, "localhost:5000", peer="127.0.0.1") == 400
    app.debug = True
    assert ask(app, "localhost:5000", peer="127.0.0.1") == 200
    assert ask(app, "evil.example", peer="127.0.0.1") == 400


def test_strict_requires_the_declaration() -> None:
    bare = Flask("shop")
    bare.secret_key = SECRET
    bare.config["SERVER_NAME"] = "www.shop.example:443"
    with pytest.raises(PolicyError, match=r'hosts=\["www.shop.example"\]'):
        Garrison(bare, require_hosts=True)
    with pytest.raises(PolicyError, match="hosts"):
        Garrison(Flask("other"), Policy.strict(modes={"access.secret-key": "off"}))
    assert ask(make(require_hosts=True, hosts=["shop.example"]), "shop.example") == 200
    assert ask(make(require_hosts=True, config={"TRUSTED_HOSTS": ["shop.example"]}), "shop.example") == 200


@pytest.mark.parametrize(
    ("config", "line"),
    [({}, "www.your-site.example"), ({"SERVER_NAME": "shop.example:80"}, 'hosts=["shop.example"]')],
)
def test_an_undeclared_host_is_said_once_and_the_first_name_is_not_proposed(
    config: dict[str, Any], line: str, seen: Seen, caplog: pytest.LogCaptureFixture
) -> None:
    app = make(config=config)
    ask(app, "localhost:5000", peer="127.0.0.1")
    assert caplog.messages == []
    for _ in range(3):
        ask(app, "evil.example")
    (message,) = caplog.messages
    assert line in message
    assert "this request named evil.example" in message
    assert 'hosts=["evil.example"]' not in message
    assert of_hosts(seen) == []


def test_subdomain_matching_proposes_the_subdomains(caplog: pytest.LogCaptureFixture) -> None:
    app = Flask("shop", subdomain_matching=True)
    app.secret_key = SECRET
    app.config["SERVER_NAME"] = "shop.example"
    Garrison(app)
    ask(app, "shop.example")
    assert 'hosts=[".shop.example"]' in caplog.text


@pytest.mark.parametrize("path", ["/forgot", "/mail"])
@pytest.mark.parametrize("early", [True, False])
def test_an_absolute_link_under_an_undeclared_host_is_an_event_once(path: str, early: bool, seen: Seen) -> None:
    app = Flask("shop")
    app.secret_key = SECRET
    if early:
        assert app.jinja_env is not None
    app.add_url_rule("/", "index", lambda: url_for("forgot"))
    app.add_url_rule("/forgot", "forgot", lambda: url_for("index", _external=True))
    app.add_url_rule("/mail", "mail", lambda: render_template_string("{{ url_for('index', _external=True) }}"))
    Garrison(app, modes={"transport.https-only": "off"})
    for _ in range(2):
        ask(app, "evil.example", path)
    links = [event for event in of_hosts(seen) if "absolute link" in str(event.detail.get("problem"))]
    assert [event.route for event in links] == [path]
    ask(app, "evil.example", "/")
    ask(app, "localhost", path, peer="127.0.0.1")
    assert len(of_hosts(seen)) == 1


def test_links_are_made_outside_requests_and_under_declared_hosts_without_a_word(seen: Seen) -> None:
    app = make(hosts=["shop.example"])
    assert ask(app, "shop.example", "/forgot") == 200
    app.config["SERVER_NAME"] = "shop.example"
    with app.app_context():
        assert url_for("index") == "http://shop.example/"
    with app.test_request_context("/", base_url="http://evil.example"):
        assert url_for("index", _external=True, _anchor="x").endswith("/#x")
        assert request.path == "/"
    assert of_hosts(seen) == []


def test_a_request_without_a_host_means_the_servers_name() -> None:
    assert ask(make(), "") == 200
    assert ask(make(hosts=["shop.example"]), "") == 400
    assert ask(make(hosts=["localhost"]), "") == 200


def test_observe_records_and_lets_pass_and_off_says_nothing(seen: Seen) -> None:
    observing = make(hosts=["shop.example"], mode="observe")
    assert ask(observing, "evil.example") == 200
    assert [event.outcome for event in of_hosts(seen)] == ["would_refuse"]
    assert ask(make(hosts=["shop.example"], modes={"transport.hosts": "off"}), "evil.example") in (200, 307)
    assert len(of_hosts(seen)) == 1
