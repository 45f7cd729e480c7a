"""Headers: exact defaults on each kind of answer, the stricter of two values, and what observe changes (nothing)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Blueprint, Flask, Response, jsonify, send_file
from werkzeug.test import Client

from flask_garrison import Garrison, Policy, view_policy
from flask_garrison.events import SecurityEvent

Seen = Callable[[], list[SecurityEvent]]
FEATURES = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), bluetooth=(), midi=(), "
    "display-capture=(), fullscreen=(self), clipboard-write=(self), publickey-credentials-get=(self), "
    "publickey-credentials-create=(self)"
)
DEFAULTS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin-allow-popups",
    "Origin-Agent-Cluster": "?1",
    "Permissions-Policy": FEATURES,
    "X-XSS-Protection": "0",
}
CONTROL_OF = {
    "X-Content-Type-Options": "headers.nosniff",
    "X-Frame-Options": "headers.framing",
    "Referrer-Policy": "headers.referrer-policy",
    "Cross-Origin-Opener-Policy": "headers.cross-origin",
    "Cross-Origin-Resource-Policy": "headers.cross-origin",
    "Origin-Agent-Cluster": "headers.cross-origin",
    "Permissions-Policy": "headers.permissions-policy",
    "X-XSS-Protection": "headers.xss-auditor",
}
CORP = "Cross-Origin-Resource-Policy"


@pytest.fixture
def site(app: Flask, tmp_path: Path) -> Flask:
    (tmp_path / "app.js").write_text("let a;")
    app.static_folder = str(tmp_path)
    shop = Blueprint("area", __name__, static_folder=str(tmp_path), static_url_path="/area-static")
    app.register_blueprint(shop)
    app.add_url_rule("/file", "file", lambda: send_file(tmp_path / "app.js", conditional=True))
    app.add_url_rule("/csv", "csv", lambda: Response("a,b", mimetype="text/csv"))
    app.add_url_rule("/stream", "stream", lambda: Response(iter(["a"]), mimetype="text/plain"))
    return app


@pytest.mark.parametrize(
    ("path", "status"),
    [("/", 200), ("/json", 200), ("/away", 302), ("/no", 404), ("/buy", 405), ("/boom", 500), ("/static/app.js", 200)],
)
def test_every_answer_carries_the_defaults(site: Flask, path: str, status: int) -> None:
    Garrison(site)
    answer = site.test_client().get(path)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in DEFAULTS} == DEFAULTS


@pytest.mark.parametrize(
    ("path", "default", "strict"),
    [
        ("/", "same-origin", "same-origin"),
        ("/json", "same-origin", "same-origin"),
        ("/static/app.js", "cross-origin", "same-site"),
        ("/area-static/app.js", "cross-origin", "same-site"),
        ("/static/missing.js", "same-origin", "same-origin"),
        ("/file", "same-site", "same-site"),
        ("/csv", "same-site", "same-site"),
        ("/stream", "same-site", "same-site"),
    ],
)
def test_no_answer_lacks_a_resource_policy(site: Flask, path: str, default: str, strict: str) -> None:
    other = Flask("strict", static_folder=site.static_folder)
    other.view_functions, other.url_map, other.blueprints = site.view_functions, site.url_map, site.blueprints
    Garrison(site)
    Garrison(other, Policy.strict(hosts=["localhost"]))
    assert site.test_client().get(path).headers[CORP] == default
    assert other.test_client().get(path).headers[CORP] == strict


def test_a_304_for_a_static_file_keeps_its_resource_policy_and_has_no_csp(site: Flask) -> None:
    Garrison(site)
    client = site.test_client()
    tag = client.get("/static/app.js").headers["ETag"]
    answer = client.get("/static/app.js", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.headers[CORP]) == (304, "cross-origin")
    assert "Content-Security-Policy" not in answer.headers
    assert "Content-Security-Policy-Report-Only" not in answer.headers


@pytest.mark.parametrize("name", CONTROL_OF)
def test_each_switch_takes_its_own_headers_away(app: Flask, name: str) -> None:
    Garrison(app, modes={CONTROL_OF[name]: "off"})
    answer = app.test_client().get("/")
    gone = {header for header, control in CONTROL_OF.items() if control == CONTROL_OF[name]}
    assert not gone & set(answer.headers.keys())
    assert set(CONTROL_OF) - gone <= set(answer.headers.keys())


SETTINGS: list[tuple[dict[str, object], str, str | None]] = [
    ({"frame_ancestors": ["'none'"]}, "X-Frame-Options", "DENY"),
    ({"frame_ancestors": ["'self'", "https://a.example"]}, "X-Frame-Options", None),
    ({"referrer_policy": "same-origin"}, "Referrer-Policy", "same-origin"),
    ({"opener_policy": "same-origin"}, "Cross-Origin-Opener-Policy", "same-origin"),
    ({"embedder_policy": "require-corp"}, "Cross-Origin-Embedder-Policy", "require-corp"),
    ({"resource_policy": "same-site"}, CORP, "same-site"),
    (
        {"permissions": {"camera": ["self", "https://a.example"]}},
        "Permissions-Policy",
        'camera=(self "https://a.example")',
    ),
    ({"permissions": {"camera": ["*"]}}, "Permissions-Policy", "camera=*"),
]


@pytest.mark.parametrize(("settings", "header", "value"), SETTINGS)
def test_each_setting_changes_its_header(app: Flask, settings: dict[str, object], header: str, value: str) -> None:
    Garrison(app, **settings)
    assert app.test_client().get("/").headers.get(header) == value


def test_other_and_static_resource_policies_are_settings_too(site: Flask) -> None:
    Garrison(site, static_resource_policy="same-origin", other_resource_policy="cross-origin")
    client = site.test_client()
    assert client.get("/static/app.js").headers[CORP] == "same-origin"
    assert client.get("/csv").headers[CORP] == "cross-origin"


def test_a_view_overrides_for_itself_alone(app: Flask) -> None:
    @view_policy(frame_ancestors=["https://a.example"], resource_policy="cross-origin", opener_policy="unsafe-none")
    def widget() -> str:
        return "widget"

    app.add_url_rule("/widget", "widget", widget)
    Garrison(app)
    client = app.test_client()
    answer = client.get("/widget")
    assert "X-Frame-Options" not in answer.headers
    assert "frame-ancestors https://a.example;" in answer.headers["Content-Security-Policy"]
    assert (answer.headers[CORP], answer.headers["Cross-Origin-Opener-Policy"]) == ("cross-origin", "unsafe-none")
    assert client.get("/").headers["X-Frame-Options"] == "SAMEORIGIN"


OWN: list[tuple[str, str, str]] = [
    ("X-Frame-Options", "DENY", "DENY"),
    ("X-Frame-Options", "ALLOWALL", "SAMEORIGIN"),
    ("X-Content-Type-Options", "sniff", "nosniff"),
    ("Referrer-Policy", "unsafe-url", "strict-origin-when-cross-origin"),
    ("Referrer-Policy", "same-origin", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin", "same-origin"),
    ("Cross-Origin-Opener-Policy", "unsafe-none", "same-origin-allow-popups"),
    (CORP, "cross-origin", "same-origin"),
    ("X-XSS-Protection", "1; mode=block", "0"),
    ("Origin-Agent-Cluster", "?0", "?1"),
]


def with_own_header(app: Flask, name: str, value: str) -> None:
    def page() -> Response:
        return Response("page", headers={name: value}, mimetype="text/html")

    app.add_url_rule("/own", "own", page)


@pytest.mark.parametrize(("name", "own", "sent"), OWN)
def test_the_stricter_value_wins_and_the_difference_is_named_once(
    app: Flask, seen: Seen, name: str, own: str, sent: str
) -> None:
    with_own_header(app, name, own)
    Garrison(app)
    client = app.test_client()
    assert [client.get("/own").headers.getlist(name) for _ in range(2)] == [[sent]] * 2
    expected = [] if own == sent else [(CONTROL_OF[name], f"{name}: {own} became {sent}")]
    assert [(event.control, event.detail["difference"]) for event in seen()] == expected


def test_features_are_merged_one_by_one(app: Flask) -> None:
    with_own_header(app, "Permissions-Policy", 'camera=(self), geolocation=(self "https://a.example"), gyroscope=()')
    Garrison(app, permissions={"camera": [], "geolocation": ["self"], "usb": []})
    sent = app.test_client().get("/own").headers["Permissions-Policy"]
    assert sent == 'camera=(), geolocation=(self "https://a.example"), usb=(), gyroscope=()'


@pytest.mark.parametrize(("name", "own", "sent"), OWN)
def test_observe_leaves_the_apps_header_and_records(app: Flask, seen: Seen, name: str, own: str, sent: str) -> None:
    with_own_header(app, name, own)
    Garrison(app, mode="observe")
    assert app.test_client().get("/own").headers.getlist(name) == [own]
    differences = {event.detail.get("difference") for event in seen()}
    wanted = dict(DEFAULTS, **{CORP: "same-origin"})[name]
    assert (f"{name}: {own} would become {wanted}" in differences) == (own != wanted)


def test_observe_sends_policies_in_their_report_only_form(app: Flask) -> None:
    Garrison(app, mode="observe", embedder_policy="require-corp")
    headers = app.test_client().get("/").headers
    assert not set(CONTROL_OF) & set(headers.keys())
    assert headers["Cross-Origin-Opener-Policy-Report-Only"] == "same-origin-allow-popups"
    assert headers["Cross-Origin-Embedder-Policy-Report-Only"] == "require-corp"
    assert headers["Permissions-Policy-Report-Only"] == FEATURES


def test_version_headers_are_removed_and_named(app: Flask, seen: Seen) -> None:
    with_own_header(app, "X-Powered-By", "Flask 3.1")
    Garrison(app)
    assert "X-Powered-By" not in app.test_client().get("/own").headers
    (event,) = seen()
    assert event.detail["difference"] == "X-Powered-By: Flask 3.1 was removed"


@pytest.mark.parametrize(("value", "kept"), [("gunicorn/23.0", False), ("shop", True)])
def test_a_server_header_with_a_version_is_removed(app: Flask, value: str, kept: bool) -> None:
    with_own_header(app, "Server", value)
    Garrison(app)
    assert ("Server" in app.test_client().get("/own").headers) is kept


@pytest.mark.parametrize("mode", ["off", "observe"])
def test_switched_off_or_observed_version_headers_stay(app: Flask, mode: str) -> None:
    with_own_header(app, "X-Powered-By", "Flask 3.1")
    Garrison(app, modes={"headers.disclosure": mode})
    assert app.test_client().get("/own").headers["X-Powered-By"] == "Flask 3.1"


def test_pages_of_a_signed_in_visitor_are_not_stored(app: Flask) -> None:
    app.add_url_rule("/cached", "cached", lambda: _touch(Response("x", headers={"Cache-Control": "private"})))
    Garrison(app)
    client = Client(app)
    assert "Cache-Control" not in client.get("/account").headers
    client.post("/login", headers={"Sec-Fetch-Site": "same-origin"})
    assert client.get("/account").headers["Cache-Control"] == "no-store"
    assert client.get("/cached").headers["Cache-Control"] == "private"
    assert "Cache-Control" not in client.get("/").headers


def _touch(response: Response) -> Response:
    from flask import session

    session.get("user_id")
    return response


@pytest.mark.parametrize("mode", ["off", "observe"])
def test_switched_off_or_observed_caching_stays(app: Flask, mode: str) -> None:
    Garrison(app, modes={"headers.caching": mode})
    client = Client(app)
    client.post("/login", headers={"Sec-Fetch-Site": "same-origin"})
    assert "Cache-Control" not in client.get("/account").headers


def test_garrison_itself_does_not_make_a_page_private(app: Flask) -> None:
    app.add_url_rule("/busy", "busy", lambda: ("busy", 503))
    Garrison(app)
    client = Client(app)
    client.post("/login", headers={"Sec-Fetch-Site": "same-origin"})
    assert "Vary" not in client.get("/busy").headers


def test_json_answers_of_the_api_preset_allow_nothing() -> None:
    app = Flask("api")
    app.add_url_rule("/", "index", lambda: jsonify(ok=True))
    Garrison(app, Policy.api())
    headers = app.test_client().get("/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert (headers[CORP], headers["Cross-Origin-Opener-Policy"]) == ("same-origin", "same-origin")
