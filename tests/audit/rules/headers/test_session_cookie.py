"""The session cookie is judged as it leaves over HTTPS, with what Garrison adds."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from tests.audit.shorthand import titles
from tests.audit.support import make, of_app

USED = session
ALL = ("without-secure", "without-httponly", "samesite", "name", "domain", "path", "rejected")
GOOD = {
    "SESSION_COOKIE_NAME": "__Host-session",
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
}


def said(what: str, **config: Any) -> list[str] | None:
    return titles(f"headers.session-cookie-{what}", make(**config))


def test_flasks_defaults_are_found() -> None:
    assert said("without-secure") == ["medium: session is set without Secure"]
    assert said("without-httponly") == []
    assert said("samesite") == ["low: session is set without SameSite"]
    assert said("name") == ["low: session has no __Host- prefix"]
    assert said("domain") == said("path") == said("rejected") == []


@pytest.mark.parametrize("what", ALL)
def test_a_bound_cookie_is_none(what: str) -> None:
    assert said(what, **GOOD) == []


@pytest.mark.parametrize(
    ("what", "config", "words"),
    [
        ("without-httponly", {"SESSION_COOKIE_HTTPONLY": False}, "medium: session is set without HttpOnly"),
        ("samesite", {"SESSION_COOKIE_SAMESITE": "None"}, "low: session is set with SameSite=None"),
        ("domain", {"SESSION_COOKIE_DOMAIN": "shop.example"}, "low: session is sent to every host of shop.example"),
        (
            "path",
            {"APPLICATION_ROOT": "/shop", "SESSION_COOKIE_PATH": "/"},
            "low: session is sent below /, the application is mounted at /shop",
        ),
        ("path", {"SESSION_COOKIE_PATH": "/shop"}, None),
        (
            "path",
            {"APPLICATION_ROOT": "/shop", "SESSION_COOKIE_PATH": "/admin"},
            "low: session is sent below /admin only, where the application is not",
        ),
        ("path", {"APPLICATION_ROOT": "/shop"}, None),
        (
            "rejected",
            {"SESSION_COOKIE_SAMESITE": "None"},
            "low: browsers drop session: SameSite=None demands Secure",
        ),
        (
            "rejected",
            {"SESSION_COOKIE_PARTITIONED": True},
            "low: browsers drop session: Partitioned demands Secure",
        ),
        (
            "rejected",
            {"SESSION_COOKIE_NAME": "__Secure-session"},
            "low: browsers drop __Secure-session: its prefix demands Secure",
        ),
        (
            "rejected",
            {**GOOD, "SESSION_COOKIE_DOMAIN": "shop.example"},
            "low: browsers drop __Host-session: __Host- demands the path / and no domain",
        ),
    ],
)
def test_each_weakness_has_its_words(what: str, config: dict[str, Any], words: str | None) -> None:
    assert said(what, **config) == ([] if words is None else [words])


def test_the_evidence_is_the_header_without_its_value() -> None:
    (match,) = of_app("headers.session-cookie-without-secure", make()) or []
    assert isinstance(match, Match)
    assert [item.summary for item in match.evidence] == ["Set-Cookie: session=...; Path=/; HttpOnly"]


@pytest.mark.parametrize("what", ALL)
def test_a_guarded_application_is_not_nagged(what: str) -> None:
    app = make()
    Garrison(app, hosts=["shop.example"])
    assert titles(f"headers.session-cookie-{what}", app) == []


def test_garrison_that_observes_adds_nothing() -> None:
    app = make()
    Garrison(app, mode="observe")
    rule = "headers.session-cookie-without-secure"
    assert titles(rule, app) == ["medium: session is set without Secure"]


def test_the_old_name_is_found_while_it_is_still_written() -> None:
    app = make()
    Garrison(app, session_cookie="read_new")
    assert titles("headers.session-cookie-name", app) == ["low: session has no __Host- prefix"]


@pytest.mark.without_secret_key
@pytest.mark.parametrize("what", ALL)
def test_an_application_without_a_key_sets_none(what: str) -> None:
    assert titles(f"headers.session-cookie-{what}", Flask("shop")) is None


def test_no_session_is_opened_and_no_route_is_looked_for() -> None:
    app = make()
    opened: list[str] = []
    # One of its own: all applications of a process share Flask's.
    app.session_interface = SecureCookieSessionInterface()
    app.session_interface.open_session = lambda *_: opened.append("opened")  # type: ignore[method-assign,assignment,return-value]
    assert titles("headers.session-cookie-without-secure", app) == ["medium: session is set without Secure"]
    assert opened == []


class OnlyInRequests(SecureCookieSessionInterface):
    def get_cookie_path(self, app: Flask) -> str:
        raise AttributeError("no request has come by")


def test_what_the_interface_does_not_tell_is_not_checked() -> None:
    unread = ["? the session cookie: the application's session interface answers during requests only"]
    app = make(APPLICATION_ROOT="/shop", SESSION_COOKIE_NAME="__Host-session")
    app.session_interface = OnlyInRequests()
    assert titles("headers.session-cookie-path", app) == titles("headers.session-cookie-rejected", app) == unread


def test_what_cannot_matter_is_not_asked_for() -> None:
    app = make()
    app.session_interface = OnlyInRequests()
    assert titles("headers.session-cookie-path", app) == titles("headers.session-cookie-rejected", app) == []
    assert titles("headers.session-cookie-without-secure", app) == ["medium: session is set without Secure"]


@pytest.mark.parametrize(
    ("options", "debug", "secure"),
    [({}, False, True), ({"session_cookie_secure": False}, False, False), ({}, True, False)],
)
def test_flask_talisman_makes_it_secure_at_the_first_request(
    options: dict[str, Any], debug: bool, secure: bool
) -> None:
    talisman = pytest.importorskip("flask_talisman", reason="Flask-Talisman is not installed")
    app = make(SESSION_COOKIE_NAME="__Host-session")
    app.debug = debug
    app.add_url_rule("/", "home", lambda: session.update(a=1) or "in")
    talisman.Talisman(app, **options)
    missing = titles("headers.session-cookie-without-secure", app)
    assert missing == ([] if secure else ["medium: __Host-session is set without Secure"])
    assert (titles("headers.session-cookie-rejected", app) == []) is secure
    # And so it is.
    answer = app.test_client().get("/", base_url="https://shop.example")
    assert ("Secure" in answer.headers["Set-Cookie"]) is secure
