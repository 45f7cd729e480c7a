"""Attributes of cookies as they come, each told once: by the configuration's rule or by the answers' rule."""

from __future__ import annotations

import json

import flask
import pytest
from flask import Flask, make_response

from flask_garrison import Garrison
from flask_garrison.audit.answers.cookies import is_identity
from tests.audit.answers.support import answer, found, is_applicable, real, shown
from tests.audit.support import make, of_answers, of_app

SECURE, READABLE, SAME_SITE = (
    "headers.cookie-not-secure",
    "headers.cookie-readable-by-scripts",
    "headers.cookie-same-site",
)
REJECTED, DOMAIN, PREFIX = "headers.cookie-rejected", "headers.cookie-domain", "headers.cookie-prefix"
LIFETIME = "headers.cookie-lifetime"
GOOD = "Path=/; Secure; HttpOnly; SameSite=Lax"


def setting(*cookies: str, **more: object) -> object:
    return answer("/", *(("Set-Cookie", cookie) for cookie in cookies), **more)  # type: ignore[arg-type]


def of(rule: str, *cookies: str, **more: object) -> list[tuple[str, str]]:
    return found(rule, setting(*cookies, **more))  # type: ignore[arg-type]


IDENTITY = """
session sessionid __Host-session sid connect.sid access_token_cookie auth jwt remember_token authToken shop_session
"""
OTHERS = "theme csrf_token XSRF-TOKEN csrf_access_token author lang consent side obsession tokens_left"


@pytest.mark.parametrize("name", IDENTITY.split())
def test_cookies_that_let_their_holder_be_somebody(name: str) -> None:
    assert is_identity(Flask("shop"), name)


@pytest.mark.parametrize("name", OTHERS.split())
def test_other_cookies(name: str) -> None:
    assert not is_identity(Flask("shop"), name)


def test_secure() -> None:
    assert of(SECURE, "theme=a; Path=/", "auth=b") == [
        ("medium", "Cookie 'auth' without Secure on 1 of 1 answers that set it"),
        ("low", "Cookie 'theme' without Secure on 1 of 1 answers that set it"),
    ]
    assert of(SECURE, f"auth=b; {GOOD}") == []
    assert found(SECURE, answer("/", ("Set-Cookie", "auth=b"), base="http://shop.example")) == []


def test_http_only_is_asked_of_cookies_of_identity_alone() -> None:
    assert of(READABLE, "auth=b; Secure", "theme=dark", "csrf_token=c") == [
        ("medium", "Cookie 'auth' without HttpOnly on 1 of 1 answers that set it")
    ]
    assert of(READABLE, f"auth=b; {GOOD}") == []


def test_same_site() -> None:
    assert of(SAME_SITE, "auth=b", "theme=dark; SameSite=Maybe") == [
        ("low", "Cookie 'auth' without SameSite on 1 of 1 answers that set it"),
        ("info", "Cookie 'theme' without SameSite on 1 of 1 answers that set it"),
    ]
    assert of(SAME_SITE, "auth=b; SameSite=None; Secure") == [
        ("medium", "Cookie 'auth' with SameSite=None on 1 of 1 answers that set it")
    ]
    assert of(SAME_SITE, f"auth=b; {GOOD}", "theme=dark; SameSite=Strict") == []


def test_the_last_attribute_counts_and_deletions_do_not() -> None:
    assert of(SAME_SITE, "auth=b; SameSite=None; SameSite=Lax") == []
    assert not is_applicable(SECURE, setting("auth=; Max-Age=0"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cookie", "reason"),
    [
        ("__Host-id=a; Secure; Path=/; Domain=shop.example", "a __Host- cookie needs Path=/ and no Domain"),
        ("__Host-id=a; Secure", "a __Host- cookie needs Path=/ and no Domain"),
        ("__Secure-id=a", "its name asks for Secure"),
        ("id=a; SameSite=None", "SameSite=None needs Secure"),
        ("id=a; Partitioned", "Partitioned needs Secure"),
    ],
)
def test_cookies_that_no_browser_keeps(cookie: str, reason: str) -> None:
    name = cookie.partition("=")[0]
    assert of(REJECTED, cookie) == [("-", f"Cookie {name!r} is not kept: {reason} on 1 of 1 answers that set it")]
    assert of(REJECTED, f"__Host-id=a; {GOOD}") == []


def test_reach_and_lifetime() -> None:
    assert of(DOMAIN, f"auth=b; {GOOD}; Domain=shop.example", f"lang=en; {GOOD}; Domain=shop.example") == [
        ("-", "Cookie 'auth' with a Domain on 1 of 1 answers that set it")
    ]
    assert of(PREFIX, f"auth=b; {GOOD}", f"__Host-sid=b; {GOOD}", "sid=c", f"lang=en; {GOOD}") == [
        ("-", "Cookie 'auth' without the prefix __Host- on 1 of 1 answers that set it")
    ]
    assert of(LIFETIME, f"auth=b; {GOOD}; Max-Age=31536000", f"sid=c; {GOOD}; Max-Age=3600", f"jwt=d; {GOOD}") == [
        ("-", "Cookie 'auth' kept for more than 90 days on 1 of 1 answers that set it")
    ]


def test_a_lifetime_is_counted_from_the_date_of_the_answer() -> None:
    date = ("Date", "Thu, 01 Jan 2037 00:00:00 GMT")
    long = answer("/", date, ("Set-Cookie", "auth=b; Expires=Fri, 01 May 2037 00:00:00 GMT"))
    short = answer("/", date, ("Set-Cookie", "auth=b; Expires=Sun, 01 Feb 2037 00:00:00 GMT"))
    assert len(found(LIFETIME, long)) == 1
    assert found(LIFETIME, short) == []


def test_no_value_is_shown() -> None:
    results = of_answers(SECURE, make(), setting("auth=s3cr3tv4lue; Path=/")) or ()  # type: ignore[arg-type]
    assert "s3cr3tv4lue" not in repr(results)
    assert "s3cr3tv4lue" not in json.dumps([item.as_dict() for one in results for item in one.evidence])  # type: ignore[union-attr]


def shop() -> Flask:
    app = make()

    @app.get("/")
    def home():  # type: ignore[no-untyped-def]
        flask.session["seen"] = True
        response = make_response("<p>Tea</p>")
        response.set_cookie("access_token", "s3cr3tv4lue")
        return response

    return app


def test_flasks_session_is_told_of_by_the_rule_on_its_configuration() -> None:
    app = shop()
    answers = real(app, ("GET", "/"))
    assert len(of_app("headers.session-cookie-without-secure", app) or ()) == 1
    assert shown(of_answers(SECURE, app, *answers)) == [
        ("medium", "Cookie 'access_token' without Secure on 1 of 1 answers that set it")
    ]


def test_a_guard_completes_every_cookie_but_for_what_only_the_application_knows() -> None:
    app = shop()
    Garrison(app, hosts=["shop.example"])
    answers = real(app, ("GET", "/"))
    for rule in (SECURE, SAME_SITE, REJECTED, DOMAIN, LIFETIME):
        assert of_answers(rule, app, *answers) == [], rule
    assert shown(of_answers(READABLE, app, *answers)) == [
        ("medium", "Cookie 'access_token' without HttpOnly on 1 of 1 answers that set it")
    ]


def test_a_declared_cookie_is_hidden() -> None:
    app = shop()
    Garrison(app, hosts=["shop.example"], httponly_cookies=["access_token"])
    assert of_answers(READABLE, app, *real(app, ("GET", "/"))) == []


def test_a_secure_cookie_of_an_answer_in_the_clear_is_kept_from_the_others() -> None:
    clear = setting(f"csrf=a; {GOOD}", base="http://shop.example", status=403)
    assert found(REJECTED, setting(f"csrf=a; {GOOD}"), clear) == []  # type: ignore[arg-type]
    words = "Cookie 'csrf' is not kept: Secure, in an answer that came in the clear on 1 of 1 answers that set it"
    assert found(REJECTED, clear) == [("-", words)]  # type: ignore[arg-type]
