"""What was made for one user, and what caches are told to do with it."""

from __future__ import annotations

from typing import Any

import flask
import pytest

from flask_garrison import Garrison, Policy
from flask_garrison.target.answers import Answer
from tests.audit.answers.support import answer, found, is_applicable, real, shown
from tests.audit.support import make, of_answers

SHARED, STORED = "headers.private-answer-shared", "headers.private-answer-stored"
VARY, COOKIE = "headers.vary-cookie-missing", "headers.cookie-in-shared-answer"
LOGOUT = "headers.clear-site-data-missing"
NOUN = "answers made for one user"


def account(*headers: tuple[str, str]) -> tuple[Answer, ...]:
    """Return what a stranger, and twice a user, get at one address."""
    stranger = answer("/account", ("Location", "/login"), status=302, body=b"")
    user = {"user": "ada", "body": b"<p>Ada's orders</p>"}
    return (stranger, answer("/account", *headers, **user), answer("/account", *headers, **user))


@pytest.mark.parametrize(
    ("headers", "severity", "words"),
    [
        ([("Cache-Control", "public, max-age=60")], "-", "Kept by shared caches for everybody"),
        ([("Cache-Control", "max-age=60")], "-", "Kept by shared caches for everybody"),
        ([("Cache-Control", "public")], "-", "Kept by shared caches for everybody"),
        (
            [("Cache-Control", "s-maxage=5, max-age=0"), ("Vary", "Cookie")],
            "medium",
            "Kept by shared caches for each cookie",
        ),
        (
            [("Expires", "Thu, 01 Jan 2026 01:00:00 GMT"), ("Date", "Thu, 01 Jan 2026 00:00:00 GMT")],
            "-",
            "Kept by shared caches for everybody",
        ),
    ],
)
def test_shared(headers: list[tuple[str, str]], severity: str, words: str) -> None:
    assert found(SHARED, *account(*headers)) == [(severity, f"{words} on 2 of 2 {NOUN}")]
    assert found(STORED, *account(*headers)) == found(VARY, *account(*headers)) == []


@pytest.mark.parametrize("value", ["no-store", "private, max-age=60", "no-cache", "NO-STORE"])
def test_withheld(value: str) -> None:
    answers = account(("Cache-Control", value))
    assert found(SHARED, *answers) == found(STORED, *answers) == found(VARY, *answers) == []


@pytest.mark.parametrize("headers", [[], [("Cache-Control", "max-age=0")], [("Cache-Control", "must-revalidate")]])
def test_nothing_said(headers: list[tuple[str, str]]) -> None:
    answers = account(*headers)
    assert found(STORED, *answers) == [("-", f"No Cache-Control that keeps them private on 2 of 2 {NOUN}")]
    assert found(VARY, *answers) == [("-", f"No Vary: Cookie on 2 of 2 {NOUN}")]
    assert found(SHARED, *answers) == []


def test_what_everybody_gets_is_nobodys_own() -> None:
    same = (answer("/about"), answer("/about", user="ada"))
    assert not any(is_applicable(rule, *same) for rule in (SHARED, STORED, VARY))


def test_a_page_that_differs_each_time_shows_nothing_unless_it_says_so() -> None:
    def clock(body: bytes, **more: Any) -> Answer:
        return answer("/now", body=body, **more)

    answers = (clock(b"12:00"), clock(b"12:01", user="ada", twin=2), clock(b"12:02", user="ada"))
    assert not is_applicable(STORED, *answers)
    steady = (clock(b"hello"), clock(b"hello Ada", user="ada", twin=2), clock(b"hello Ada", user="ada"))
    assert found(STORED, *steady) == [("-", f"No Cache-Control that keeps them private on 1 of 1 {NOUN}")]
    told = answer("/now", ("Vary", "Accept-Encoding, Cookie"), user="ada")
    assert found(STORED, told) == [("-", f"No Cache-Control that keeps them private on 1 of 1 {NOUN}")]


def test_cookies_in_answers_that_are_kept() -> None:
    cookie = ("Set-Cookie", "session=abc; Path=/")
    assert found(COOKIE, answer("/", cookie, ("Cache-Control", "public, max-age=5")), answer("/b", cookie)) == [
        ("-", "Kept by shared caches together with its cookie on 1 of 2 answers that set a cookie")
    ]
    gone = ("Set-Cookie", "session=; Max-Age=0; Path=/")
    assert not is_applicable(COOKIE, answer("/", gone, ("Cache-Control", "public, max-age=5")))


def test_a_guarded_application_keeps_its_users_pages_to_itself() -> None:
    app = make()
    app.add_url_rule("/", "home", lambda: f"<p>{flask.session.get('user')}</p>")

    def answers() -> list[Answer]:
        client = app.test_client()
        with client.session_transaction(base_url="https://shop.example") as kept:
            kept["user"] = "ada"
        response = client.get("/", base_url="https://shop.example")
        return [answer("/", *list(response.headers)[1:], user="ada", body=response.get_data())]

    assert shown(of_answers(STORED, app, *answers())) == [
        ("-", f"No Cache-Control that keeps them private on 1 of 1 {NOUN}")
    ]
    Garrison(app, Policy(hosts=["shop.example"], principal=lambda: flask.session.get("user")))
    assert of_answers(STORED, app, *answers()) == []


@pytest.mark.parametrize("route", ["/logout", "/auth/sign-out", "/account/logoff/"])
def test_a_logout_that_clears_nothing(route: str) -> None:
    away = ("Location", "/")
    assert found(LOGOUT, answer(route, away, status=302)) == [("-", "No Clear-Site-Data on 1 of 1 logouts")]
    assert found(LOGOUT, answer(route, away, ("Clear-Site-Data", '"cache"'), status=302)) == []


@pytest.mark.parametrize(
    "other",
    [answer("/blogout"), answer("/logout", status=405), answer("/logout", body=b"<form>Sure?</form>"), answer("/")],
)
def test_what_has_not_logged_out(other: Answer) -> None:
    assert not is_applicable(LOGOUT, other)


def test_the_helper_clears() -> None:
    from flask import redirect

    from flask_garrison import clear_site_data

    app = make()
    app.add_url_rule("/logout", "logout", lambda: clear_site_data(redirect("/")))
    assert of_answers(LOGOUT, app, *real(app, ("GET", "/logout"))) == []
