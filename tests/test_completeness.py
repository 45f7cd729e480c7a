"""What the catalogue calls built is there: a promise without a product fails here."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from flask import Flask, Response, session
from pydantic import create_model
from werkzeug.test import Client

import flask_garrison.events
import flask_garrison.guard
import flask_garrison.inputs
from flask_garrison import Garrison, Policy, events, validated
from flask_garrison.audit.catalogue import all_checks
from flask_garrison.controls import Face, Promise, catalogue
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.headers import rules_for
from flask_garrison.inputs import clean_html, safe_redirect, save_upload
from flask_garrison.policy import GUARDED_CONTROLS

CROSS_SITE = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
HERE = "https://shop.example"
REPORT = b'{"csp-report": {"effective-directive": "%s", "blocked-uri": "inline"}}'


def built(face: Face) -> list[str]:
    return [control.id for control in catalogue().values() if control.promise(face) is Promise.BUILT]


def modules_below(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def named_in_code() -> set[str]:
    """Return the ids that the modules of guard, inputs and events say they enforce."""
    names = {rule.control for rule in rules_for(Policy())}
    for package in (flask_garrison.guard, flask_garrison.inputs, flask_garrison.events):
        for module in modules_below(package):
            one = getattr(module, "CONTROL", None)
            names |= {one} if isinstance(one, str) else set()
            names |= set(getattr(module, "CONTROLS", ()))
            names |= {getattr(module, "TRUSTED_TYPES", None)} - {None}
    return names


def test_what_is_enforced_is_promised_and_what_is_promised_is_enforced() -> None:
    assert set(built(Face.ENFORCE)) == named_in_code()


def test_every_control_with_a_mode_is_in_the_catalogue() -> None:
    assert set(GUARDED_CONTROLS) <= set(built(Face.ENFORCE))


def test_every_rule_belongs_to_a_control_that_promises_an_audit() -> None:
    assert {check.rule.control for check in all_checks().values()} == set(built(Face.AUDIT))


@pytest.mark.parametrize("face", [Face.PROBE, Face.LESSON])
def test_faces_of_later_versions_are_not_called_built(face: Face) -> None:
    assert built(face) == []


def page_with(headers: dict[str, str], **asked: str) -> Callable[[Flask], Any]:
    def provoke(app: Flask) -> Any:
        app.add_url_rule("/own", "own", lambda: Response("page", headers=headers, mimetype="text/html"))
        Garrison(app)
        return Client(app).get("/own", base_url=HERE, headers=asked)

    return provoke


def request_to(path: str, method: str = "GET", **options: Any) -> Callable[[Flask], Any]:
    def provoke(app: Flask) -> Any:
        Garrison(app)
        return Client(app).open(path, method=method, base_url=HERE, **options)

    return provoke


def page_from_one_proxy(app: Flask) -> Any:
    return Client(app).get("/buy", base_url=HERE, headers={"X-Forwarded-For": "8.8.8.8"})


def report_on(directive: bytes) -> Callable[[Flask], Any]:
    return request_to("/_garrison/reports", "POST", data=REPORT % directive, content_type="application/csp-report")


def flood(app: Flask) -> None:
    Garrison(app)
    for _ in range(30):
        Client(app).post("/buy", headers=CROSS_SITE)


def weak_key(app: Flask) -> None:
    app.secret_key = "dev"
    Garrison(app, modes={"access.secret-key": "observe"})
    Client(app).get("/buy", base_url=HERE)


def expired_session(app: Flask) -> None:
    app.add_url_rule("/in", "in", lambda: session.update(user="ada", _garrison_session="0.0") or "in")
    Garrison(app)
    client = Client(app)
    for path in ("/in", "/in"):
        client.get(path, base_url=HERE)


def declared_with(body: object) -> Callable[[Flask], Any]:
    def provoke(app: Flask) -> Any:
        declared = create_model("Declared", name=(str, ...))
        app.add_url_rule("/new", "new", validated(json=declared)(lambda json: json), methods=["POST"])
        Garrison(app)
        return Client(app).post("/new", json=body, base_url=HERE)

    return provoke


UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Origin": "https://evil.example"}
OLD_SESSION = {"Cookie": "session=old"}
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.5"}


def debugged_from_elsewhere(app: Flask) -> Any:
    app.debug = True
    return request_to("/buy", environ_base=ELSEWHERE)(app)


def page_that_shows_its_key(app: Flask) -> Any:
    app.register_error_handler(500, lambda error: (f"{app.secret_key!r}", 500))
    return request_to("/boom")(app)


def wrong_basic(app: Flask) -> None:
    app.add_url_rule("/own", "own", lambda: ("who?", 401))
    Garrison(app)
    Client(app).get("/own", auth=("ada", "wrong"), base_url=HERE)


def too_many(app: Flask) -> None:
    Garrison(app, rate_limit=["1 per hour"])
    for _ in range(2):
        Client(app).post("/buy", headers={"Sec-Fetch-Site": "same-origin"}, base_url=HERE)


def view_of(call: Callable[[], Any]) -> Callable[[Flask], Any]:
    def provoke(app: Flask) -> Any:
        app.add_url_rule("/own", "own", call)
        Garrison(app)
        return Client(app).get("/own", base_url=HERE)

    return provoke


PROVOCATIONS: dict[str, Callable[[Flask], Any]] = {
    "access.login-throttle": wrong_basic,
    "access.rate-limits": too_many,
    "access.redirects": view_of(lambda: safe_redirect("//evil.example", fallback="/")),
    "access.secret-key": weak_key,
    "access.session-lifetimes": expired_session,
    "access.session-cookie": lambda app: (app.config.update(SESSION_COOKIE_DOMAIN="shop.example"), page_with({})(app)),
    "assessment.debug": debugged_from_elsewhere,
    "assessment.error-pages": page_that_shows_its_key,
    "headers.cookies": page_with({"Set-Cookie": "theme=dark"}),
    "headers.cors": page_with(
        {"Access-Control-Allow-Origin": "null", "Access-Control-Allow-Credentials": "true"}, Origin="null"
    ),
    "headers.cross-origin": page_with({"Cross-Origin-Opener-Policy": "unsafe-none"}),
    "headers.csp": report_on(b"script-src-attr"),
    "headers.disclosure": page_with({"X-Powered-By": "Flask"}),
    "headers.framing": page_with({"X-Frame-Options": "ALLOWALL"}),
    "headers.nosniff": page_with({"X-Content-Type-Options": "sniff"}),
    "headers.permissions-policy": page_with({"Permissions-Policy": "camera=*"}),
    "headers.referrer-policy": page_with({"Referrer-Policy": "unsafe-url"}),
    "headers.reports": request_to("/_garrison/reports", "POST", data=b"{", content_type="application/csp-report"),
    "headers.trusted-types": report_on(b"require-trusted-types-for"),
    "headers.xss-auditor": page_with({"X-XSS-Protection": "1"}),
    "inputs.body-limits": request_to("/buy?" + "a=1&" * 10_000),
    "inputs.canonical-text": request_to("/buy%00"),
    "inputs.csrf": request_to("/buy", "POST", headers=CROSS_SITE),
    "inputs.mass-assignment": declared_with({"name": "tea", "is_admin": True}),
    "inputs.schemas": declared_with({}),
    "inputs.safe-html": view_of(lambda: clean_html("<b>" * 10_000)),
    "inputs.uploads": view_of(lambda: save_upload(None, "avatars", types=["image/png"])),
    "inputs.websocket-origin": request_to("/buy", headers=UPGRADE),
    "monitoring.error-events": request_to("/boom"),
    "transport.hosts": request_to("/buy", headers={"Host": "shop.example/evil"}),
    "transport.https-only": lambda app: (Garrison(app), Client(app).post("/buy", base_url="http://shop.example")),
    "transport.proxy-trust": lambda app: (Garrison(app, proxies=2), page_from_one_proxy(app)),
}
UNDER_ANOTHER_NAME = {
    "monitoring.refusal-events": (request_to("/buy", "POST", headers=CROSS_SITE), "inputs.csrf"),
    "monitoring.flood-aggregation": (flood, "inputs.csrf"),
}


@pytest.fixture
def app() -> Flask:
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    app.add_url_rule("/buy", "buy", lambda: "bought", methods=["POST"])
    app.add_url_rule("/boom", "boom", lambda: 1 // 0)
    return app


def events_of(provoke: Callable[[Flask], Any], app: Flask) -> list[SecurityEvent]:
    events.flush()
    collected: list[SecurityEvent] = []
    unsubscribe = events.subscribe(collected.append)
    provoke(app)
    assert events.flush()
    unsubscribe()
    return collected


def test_every_control_that_promises_an_event_can_be_provoked() -> None:
    assert set(built(Face.EVENT)) == set(PROVOCATIONS) | set(UNDER_ANOTHER_NAME)


@pytest.mark.parametrize("control", sorted(PROVOCATIONS))
def test_a_promised_event_is_emitted(app: Flask, control: str) -> None:
    assert control in {event.control for event in events_of(PROVOCATIONS[control], app)}


@pytest.mark.parametrize("control", sorted(UNDER_ANOTHER_NAME))
def test_an_event_about_events_names_the_control_that_refused(app: Flask, control: str) -> None:
    provoke, name = UNDER_ANOTHER_NAME[control]
    assert name in {event.control for event in events_of(provoke, app)}


def test_a_flood_is_summed_up_with_its_exact_count(app: Flask) -> None:
    seen = events_of(flood, app)
    assert sum(int(str(event.detail.get("suppressed", 1))) for event in seen) == 30
    assert len(seen) < 30
