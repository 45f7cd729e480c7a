"""In the clear: reads are redirected, the rest is refused, no redirect runs in a circle; HSTS goes where it may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, Response
from werkzeug.test import Client, TestResponse

from flask_garrison import Garrison, view_policy
from flask_garrison.events import SecurityEvent

from .conftest import SECRET

Seen = Callable[[], list[SecurityEvent]]
PLAIN = "http://shop.example"
SECURE = "https://shop.example"
YEAR = 31_536_000


def make(**settings: Any) -> Flask:
    app = Flask("shop")
    app.secret_key = SECRET
    app.add_url_rule("/", "index", lambda: "shop", methods=["GET", "POST", "OPTIONS"])
    app.add_url_rule("/health", "health", lambda: "well")
    app.add_url_rule("/ready", "ready", view_policy(allow_insecure_http=True)(lambda: "ready"))
    Garrison(app, **{"hosts": ["shop.example", "127.0.0.1", "localhost", "[::1]"], **settings})
    return app


def ask(app: Flask, path: str = "/", base: str = PLAIN, peer: str = "8.8.4.4", **options: Any) -> TestResponse:
    return Client(app).open(path, base_url=base, environ_overrides={"REMOTE_ADDR": peer}, **options)


def of_https(seen: Seen) -> list[SecurityEvent]:
    return [event for event in seen() if event.control == "transport.https-only"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reads_are_redirected(method: str, seen: Seen) -> None:
    answer = ask(make(), "/a?b=c&d=%2F", method=method)
    assert (answer.status_code, answer.headers["Location"]) == (307, f"{SECURE}/a?b=c&d=%2F")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in answer.headers
    assert [(event.outcome, event.status) for event in of_https(seen)] == [("allowed", 307)]


def test_a_year_of_hsts_makes_redirects_permanent() -> None:
    assert ask(make(hsts_max_age=YEAR)).status_code == 308
    assert ask(make(hsts_max_age=YEAR - 1)).status_code == 307
    assert ask(make(hsts_max_age=YEAR, modes={"transport.hsts": "observe"})).status_code == 307


@pytest.mark.parametrize("method", ["POST", "OPTIONS", "DELETE"])
def test_what_is_no_read_is_refused_with_words(method: str, seen: Seen) -> None:
    answer = ask(make(), method=method)
    assert answer.status_code == 403
    assert "Use https://" in answer.text
    assert [event.outcome for event in of_https(seen)] == ["refused"]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("//evil.example/x", "//evil.example/x"),
        ("/a%0d%0aSet-Cookie:x", "/a%0D%0ASet-Cookie:x"),
        ("/%2e%2e/%C3%B6?q=%0a&r=a b", "/../%C3%B6?q=%0A&r=a%20b"),
        ("/\\evil.example", "/%5Cevil.example"),
        ("/@evil.example", "/@evil.example"),
    ],
)
def test_a_redirect_stays_on_the_host_and_splits_no_header(path: str, location: str) -> None:
    answer = Client(make()).get("/", base_url=PLAIN, environ_overrides={"REMOTE_ADDR": "8.8.4.4", **parts(path)})
    found = answer.headers["Location"]
    assert found.lower() == (SECURE + location).lower()
    assert "Set-Cookie" not in answer.headers


def parts(path: str) -> dict[str, str]:
    from urllib.parse import unquote_to_bytes

    bare, _, query = path.partition("?")
    return {"PATH_INFO": unquote_to_bytes(bare).decode("latin-1"), "QUERY_STRING": query}


def test_port_prefix_and_old_port() -> None:
    app = make(https_port=8443)
    assert ask(app, base="http://shop.example:8080").headers["Location"] == "https://shop.example:8443/"
    overrides = {"REMOTE_ADDR": "8.8.4.4", "SCRIPT_NAME": "/shop"}
    answer = Client(app).get("/x", base_url=PLAIN, environ_overrides=overrides)
    assert answer.headers["Location"] == "https://shop.example:8443/shop/x"


def test_a_malformed_host_is_in_no_location_though_hosts_are_not_judged() -> None:
    app = make(modes={"transport.hosts": "off"})
    overrides = {"REMOTE_ADDR": "8.8.4.4", "HTTP_HOST": "shop.example/@evil.example"}
    answer = Client(app).get("/", environ_overrides=overrides)
    assert answer.status_code == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize("host", ["localhost:5000", "127.0.0.1:8000", "[::1]:5000"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", ""])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_loopback_development_needs_no_flag(host: str, peer: str, method: str) -> None:
    browser = {"Sec-Fetch-Site": "same-origin", "Origin": f"http://{host}"}
    assert ask(make(), base=f"http://{host}", peer=peer, method=method, headers=browser).status_code == 200


def test_a_loopback_name_from_elsewhere_is_not_loopback() -> None:
    assert ask(make(), base="http://localhost").status_code == 307


def test_over_a_real_server_development_works(serve: Callable[..., str]) -> None:
    import requests

    assert requests.get(f"{serve(make())}/", timeout=5).text == "shop"


def test_the_apps_own_test_client_passes_under_testing_only() -> None:
    app = make()
    assert app.test_client().get("/", base_url=PLAIN).status_code == 307
    app.testing = True
    assert app.test_client().get("/", base_url=PLAIN).status_code == 200
    assert app.test_client().get("/", base_url=PLAIN, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert ask(app).status_code == 307


def test_a_request_that_a_test_makes_and_dispatches_itself_passes_under_testing_only() -> None:
    app = make()

    def status() -> int:
        with app.test_request_context("/", base_url=PLAIN, environ_base={"REMOTE_ADDR": "1.2.3.4"}):
            return app.full_dispatch_request().status_code

    assert status() == 307
    app.testing = True
    assert status() == 200


def test_named_endpoints_and_views_answer_in_the_clear() -> None:
    app = make(allow_insecure_http=["health"])
    assert [ask(app, path).status_code for path in ("/health", "/ready", "/")] == [200, 200, 307]
    assert ask(make(), "/health").status_code == 307


SIGNS = {
    "proto": ({"X-Forwarded-Proto": "https"}, {}, "write proxies=1."),
    "made up": ({"X-Forwarded-Proto": ", ".join(["https", *("x" * 50)])}, {}, "write proxies=16."),
    "none declared": ({"X-Forwarded-Proto": "https"}, {"proxies": 0}, "write proxies=1."),
    "forwarded": ({"Forwarded": "for=1.2.3.4;proto=https"}, {}, 'proxies=1, proxy_headers=["Forwarded"]'),
    "two proxies": (
        {"X-Forwarded-For": "8.8.8.8, 10.0.0.2", "X-Forwarded-Proto": "https, http"},
        {"proxies": 1},
        "write proxies=2.",
    ),
    "networks": ({"X-Forwarded-Proto": "https"}, {"proxies": ["10.0.0.0/8"]}, 'proxies=["10.0.0.0/8", <its network>]'),
    "browser": ({"Sec-Fetch-Mode": "navigate"}, {}, "proxy_set_header X-Forwarded-Proto $scheme"),
    "origin": ({"Origin": SECURE}, {"proxies": 1}, "proxy_set_header X-Forwarded-Proto $scheme"),
}


@pytest.mark.parametrize("name", SIGNS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_redirect_loop_where_the_client_speaks_https_already(
    name: str, method: str, seen: Seen, caplog: pytest.LogCaptureFixture
) -> None:
    headers, settings, advice = SIGNS[name]
    app = make(**settings)
    answers = [ask(app, method=method, headers=headers) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503] * 3
    assert "proxies" not in answers[0].text
    assert "Location" not in answers[0].headers
    assert all(advice in str(event.detail["advice"]) for event in of_https(seen))
    said = [record.getMessage() for record in caplog.records if record.name == "flask_garrison"]
    assert sum(advice in message for message in said) == 1


def test_the_line_that_is_printed_works() -> None:
    headers = {"X-Forwarded-For": "8.8.8.8", "X-Forwarded-Proto": "https"}
    answer = ask(make(proxies=1), headers=headers)
    assert (answer.status_code, answer.headers["Strict-Transport-Security"]) == (200, "max-age=86400")
    spoken = {"Forwarded": "for=8.8.8.8;proto=https"}
    assert ask(make(proxies=1, proxy_headers=["Forwarded"]), headers=spoken).status_code == 200


def test_a_declared_proxy_that_says_http_gets_its_client_redirected() -> None:
    headers = {"X-Forwarded-For": "8.8.8.8", "X-Forwarded-Proto": "http"}
    assert ask(make(proxies=1), headers=headers).status_code == 307
    assert (
        ask(make(proxies=1), method="POST", headers={**headers, "Origin": "https://other.example"}).status_code == 403
    )


def test_observe_records_each_case_and_changes_nothing(seen: Seen) -> None:
    app = make(mode="observe")
    for method, headers in (("GET", {}), ("POST", {}), ("GET", {"X-Forwarded-Proto": "https"})):
        assert ask(app, method=method, headers=headers).status_code == 200
    assert [event.outcome for event in of_https(seen)] == ["would_refuse"] * 3
    assert "Strict-Transport-Security" not in ask(app, base=SECURE).headers


def test_off_says_nothing(seen: Seen) -> None:
    assert ask(make(modes={"transport.https-only": "off"}), method="POST").status_code == 200
    assert of_https(seen) == []


@pytest.mark.parametrize(
    ("settings", "value"),
    [
        ({}, "max-age=86400"),
        ({"hsts_max_age": 0}, "max-age=0"),
        ({"hsts_max_age": YEAR, "hsts_subdomains": True}, f"max-age={YEAR}; includeSubDomains"),
        (
            {"hsts_max_age": YEAR, "hsts_subdomains": True, "hsts_preload": True},
            f"max-age={YEAR}; includeSubDomains; preload",
        ),
        ({"modes": {"transport.hsts": "off"}}, None),
        ({"modes": {"transport.hsts": "observe"}}, None),
    ],
)
def test_hsts_over_https(settings: dict[str, Any], value: str | None) -> None:
    app = make(**settings)
    for path in ("/", "/nothing"):
        assert ask(app, path, base=SECURE).headers.get("Strict-Transport-Security") == value
    assert "Strict-Transport-Security" not in ask(app, "/ready").headers


@pytest.mark.parametrize("base", ["https://127.0.0.1", "https://localhost:5000", "https://[::1]"])
def test_no_hsts_for_addresses_and_loopback(base: str) -> None:
    assert "Strict-Transport-Security" not in ask(make(), base=base).headers


@pytest.mark.parametrize(
    ("own", "value"),
    [
        ("max-age=63072000; includeSubDomains", "max-age=63072000; includeSubDomains"),
        ("max-age=60", "max-age=86400"),
        ("max-age=0", "max-age=86400"),
        ("nonsense", "max-age=86400"),
        ('MAX-AGE="100000" ; preload', "max-age=100000; preload"),
    ],
)
def test_an_apps_own_stricter_header_stays_and_a_weaker_one_is_raised(own: str, value: str) -> None:
    app = Flask("shop")
    app.secret_key = SECRET
    app.add_url_rule("/", "index", lambda: Response("shop", headers={"Strict-Transport-Security": own}))
    Garrison(app)
    assert ask(app, base=SECURE).headers.getlist("Strict-Transport-Security") == [value]
