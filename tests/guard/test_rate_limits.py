"""Requests are limited where the policy or the view says so, and the answer says how much is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from flask_garrison import Garrison
from flask_garrison.events import SecurityEvent
from flask_garrison.policy import view_policy

HERE = "https://shop.example"
CONTROL = "access.rate-limits"
BROWSER = {"Sec-Fetch-Site": "same-origin"}
Seen = Callable[[], list[SecurityEvent]]


def guarded(app: Flask, **settings: Any) -> Flask:
    Garrison(app, hosts=["shop.example"], **settings)
    return app


def get(app: Flask, path: str = "/", address: str = "192.0.2.1", client: Client | None = None, **options: Any) -> Any:
    options.setdefault("method", "GET")
    peer = {"REMOTE_ADDR": address}
    return (client or Client(app)).open(path, base_url=HERE, environ_overrides=peer, **options)


def codes(app: Flask, times: int, *arguments: Any, **options: Any) -> list[int]:
    return [get(app, *arguments, **options).status_code for _ in range(times)]


def of_control(seen: Seen) -> list[SecurityEvent]:
    return [event for event in seen() if event.control == CONTROL]


def test_without_a_limit_nothing_is_counted_or_stated(app: Flask) -> None:
    guarded(app)
    assert codes(app, 200) == [200] * 200
    assert "RateLimit" not in get(app).headers


def test_a_limit_in_the_configuration_refuses_what_is_beyond_it(app: Flask, seen: Seen) -> None:
    app.config["GARRISON_RATE_LIMIT"] = "2 per minute; 100/hour"
    guarded(app)
    first = get(app)
    assert first.headers["RateLimit-Policy"] == '"2 per minute";q=2;w=60, "100/hour";q=100;w=3600'
    assert first.headers["RateLimit"] == '"2 per minute";r=1;t=60, "100/hour";r=99;t=3600'
    assert get(app).headers["RateLimit"].startswith('"2 per minute";r=0;t=')
    refused = get(app)
    assert refused.status_code == 429
    assert 60 <= int(refused.headers["Retry-After"]) <= 120
    assert [(event.event, event.outcome, event.status, event.appsensor) for event in of_control(seen)] == [
        ("excess_rate_limit_exceeded:,2", "refused", 429, "UT4")
    ]


def test_each_route_and_each_client_has_its_own(app: Flask) -> None:
    guarded(app, rate_limit=["1 per hour"])
    assert codes(app, 2) == [200, 429]
    assert codes(app, 1, "/json") == [200]
    assert codes(app, 1, "/", "192.0.2.2") == [200]
    assert codes(app, 1, "/", "::ffff:192.0.2.2") == [429]
    assert codes(app, 2, "/", "2001:db8::1") == [200, 429]
    assert codes(app, 1, "/", "2001:db8::ffff") == [429]


def test_a_header_does_not_choose_the_client(app: Flask) -> None:
    guarded(app, rate_limit=["1 per hour"], proxies=0)
    answers = [get(app, headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code for number in range(3)]
    assert answers == [200, 429, 429]


def test_a_view_replaces_the_policys_limits(app: Flask) -> None:
    app.view_functions["json"] = view_policy(rate_limit="3 per hour")(app.view_functions["json"])
    app.view_functions["away"] = view_policy(rate_limit=[])(app.view_functions["away"])
    guarded(app, rate_limit=["1 per hour"])
    assert codes(app, 4, "/json") == [200] * 3 + [429]
    assert codes(app, 4, "/away") == [302] * 4


def test_an_account_is_counted_wherever_it_connects(app: Flask) -> None:
    guarded(app, rate_limit=["2 per hour"], rate_limit_by="account")
    ada = Client(app)
    assert get(app, "/login", client=ada, method="POST", headers=BROWSER).status_code == 200
    answers = [get(app, "/account", f"198.51.100.{number}", client=ada).status_code for number in range(3)]
    assert answers == [200, 200, 429]
    assert codes(app, 1, "/account") == [200]


def test_a_view_can_count_all_together(app: Flask) -> None:
    app.view_functions["json"] = view_policy(rate_limit_by="route")(app.view_functions["json"])
    guarded(app, rate_limit=["2 per hour"])
    answers = [get(app, "/json", f"198.51.100.{number}").status_code for number in range(3)]
    assert answers == [200, 200, 429]
    assert [get(app, "/", f"198.51.100.{number}").status_code for number in range(3)] == [200] * 3


def test_what_one_limit_refuses_uses_up_no_other(app: Flask) -> None:
    guarded(app, rate_limit=["50 per day", "1 per hour"])
    assert codes(app, 3) == [200, 429, 429]
    assert get(app).headers["RateLimit"].startswith('"50 per day";r=49;')


def test_static_files_preflights_and_the_guards_own_paths_are_not_counted(app: Flask, tmp_path: Any) -> None:
    (tmp_path / "app.css").write_text("p {}")
    shop = Flask("files", static_folder=str(tmp_path), static_url_path="/static")
    shop.add_url_rule("/", "index", lambda: "shop")
    shop.secret_key = "a key for tests only, long enough to sign with"
    guarded(shop, rate_limit=["1 per hour"])
    assert codes(shop, 3, "/static/app.css") == [200] * 3
    assert codes(shop, 3, "/", method="OPTIONS") == [200] * 3
    report = {"method": "POST", "data": b"{}", "content_type": "application/csp-report"}
    assert 429 not in codes(shop, 3, "/_garrison/reports", **report)
    assert codes(shop, 2) == [200, 429]


def test_a_view_that_only_calls_itself_static_is_counted() -> None:
    app = Flask("files", static_folder=None)
    app.secret_key = "a key for tests only, long enough to sign with"
    app.add_url_rule("/x", "static", lambda: "x")
    guarded(app, rate_limit=["1 per hour"])
    assert codes(app, 2, "/x") == [200, 429]


def test_the_apps_own_handler_renders_it_and_the_wait_is_stated(app: Flask) -> None:
    app.register_error_handler(429, lambda error: ("slow down", 429))
    guarded(app, rate_limit=["1 per hour"])
    get(app)
    refused = get(app)
    assert (refused.status_code, refused.text) == (429, "slow down")
    assert int(refused.headers["Retry-After"]) > 0


def test_fields_that_the_app_writes_stay(app: Flask) -> None:
    app.view_functions["json"] = lambda: ("ok", 200, {"RateLimit": '"mine";r=1'})
    guarded(app, rate_limit=["5 per hour"])
    answer = get(app, "/json")
    assert answer.headers["RateLimit"] == '"mine";r=1'
    assert "RateLimit-Policy" not in answer.headers


@pytest.mark.parametrize("settings", [{"mode": "observe"}, {"modes": {CONTROL: "observe"}}])
def test_observe_refuses_nothing_and_says_it_once_a_window(app: Flask, seen: Seen, settings: dict[str, Any]) -> None:
    guarded(app, rate_limit=["1 per hour"], **settings)
    assert codes(app, 5) == [200] * 5
    assert "RateLimit" not in get(app).headers
    assert [event.outcome for event in of_control(seen)] == ["would_refuse"]


def test_off_does_nothing(app: Flask, seen: Seen) -> None:
    guarded(app, rate_limit=["1 per hour"], modes={CONTROL: "off"})
    assert codes(app, 5) == [200] * 5
    assert of_control(seen) == []


def test_behind_an_undeclared_proxy_clients_are_not_refused(app: Flask, seen: Seen) -> None:
    guarded(app, rate_limit=["1 per hour"])
    headers = {"X-Forwarded-For": "203.0.113.9"}
    assert codes(app, 3, "/", "10.0.0.1", headers=headers) == [200] * 3
    assert [event.outcome for event in of_control(seen)] == ["would_refuse"]
