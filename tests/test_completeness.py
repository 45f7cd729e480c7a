"""What the catalogue calls built is there: a promise without a product fails here."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from flask import Flask, Response
from werkzeug.test import Client

import flask_garrison.events
import flask_garrison.guard
from flask_garrison import Garrison, Policy, events
from flask_garrison.audit.catalogue import all_checks
from flask_garrison.controls import Face, Promise, catalogue
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.headers import rules_for
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
    """Return the ids that the modules of guard and events say they enforce."""
    names = {rule.control for rule in rules_for(Policy())}
    for package in (flask_garrison.guard, flask_garrison.events):
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


def report_on(directive: bytes) -> Callable[[Flask], Any]:
    return request_to("/_garrison/reports", "POST", data=REPORT % directive, content_type="application/csp-report")


def flood(app: Flask) -> None:
    Garrison(app)
    for _ in range(30):
        Client(app).post("/buy", headers=CROSS_SITE)


UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Origin": "https://evil.example"}
OLD_SESSION = {"Cookie": "session=old"}
PROVOCATIONS: dict[str, Callable[[Flask], Any]] = {
    "access.session-cookie": lambda app: (app.config.update(SESSION_COOKIE_DOMAIN="shop.example"), page_with({})(app)),
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
    "inputs.csrf": request_to("/buy", "POST", headers=CROSS_SITE),
    "inputs.websocket-origin": request_to("/buy", headers=UPGRADE),
    "monitoring.error-events": request_to("/boom"),
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
