"""Answers that any page may read, proved by asking from one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask_cors import CORS

from flask_garrison import Garrison
from tests.audit.answers.support import answer, found, is_applicable, real, shown
from tests.audit.support import make, of_answers

ANY, NULL, REFUSED, VARY = (
    "headers.cors-any-origin",
    "headers.cors-null-origin",
    "headers.cors-refused",
    "headers.cors-vary-missing",
)
EVIL = {"Origin": "https://attacker.example"}
ORIGIN, CREDENTIALS = "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials"
NOUN = "answers to pages of other origins"
COOKIE = ("Set-Cookie", "session=a; Secure; HttpOnly")


def asked(*headers: tuple[str, str], sent: dict[str, str] | None = None) -> Any:
    return answer("/data", *headers, kind="application/json", sent=EVIL if sent is None else sent, case="cors")


def test_a_reflected_origin_with_credentials() -> None:
    headers = ((ORIGIN, "https://attacker.example"), (CREDENTIALS, "true"))
    words = f"Whatever origin asks is allowed with credentials on 1 of 1 {NOUN}"
    assert found(ANY, asked(*headers, COOKIE)) == [("high", words)]
    assert found(ANY, asked(*headers)) == [("medium", words)]
    assert found(ANY, asked(headers[0])) == [("low", f"Whatever origin asks is allowed on 1 of 1 {NOUN}")]


def test_null() -> None:
    reply = asked((ORIGIN, "null"), (CREDENTIALS, "true"), COOKIE, sent={"Origin": "null"})
    assert found(NULL, reply) == [("high", f"null is allowed with credentials on 1 of 1 {NOUN}")]
    assert found(ANY, reply) == []


@pytest.mark.parametrize(
    "headers",
    [
        [],
        [(ORIGIN, "https://partner.example"), (CREDENTIALS, "true")],
        [(ORIGIN, "*")],
        [(ORIGIN, "https://attacker.example.evil"), (CREDENTIALS, "true")],
    ],
)
def test_honest_answers(headers: list[tuple[str, str]]) -> None:
    assert found(ANY, asked(*headers)) == found(NULL, asked(*headers)) == []


def test_the_own_origin_is_not_foreign() -> None:
    reply = asked((ORIGIN, "https://shop.example"), (CREDENTIALS, "true"), sent={"Origin": "https://shop.example"})
    assert not is_applicable(ANY, reply)


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ([(ORIGIN, "*"), (CREDENTIALS, "true")], True),
        ([(ORIGIN, "https://a.example, https://b.example")], True),
        ([(ORIGIN, "https://a.example"), (ORIGIN, "https://b.example")], True),
        ([(ORIGIN, "https://a.example/")], True),
        ([(ORIGIN, "a.example")], True),
        ([(ORIGIN, "*")], False),
        ([(ORIGIN, "https://a.example:8443"), (CREDENTIALS, "true")], False),
        ([(ORIGIN, "null")], False),
    ],
)
def test_headers_that_browsers_refuse(headers: list[tuple[str, str]], refused: bool) -> None:
    expected = [("-", "CORS headers that browsers refuse on 1 of 1 answers with such headers")] if refused else []
    assert found(REFUSED, asked(*headers)) == expected


def test_without_a_foreign_origin_no_browser_reads_them() -> None:
    assert not is_applicable(REFUSED, asked((ORIGIN, "*"), (CREDENTIALS, "true"), sent={}))


def test_vary() -> None:
    def shared_with(origin: str, *more: tuple[str, str]) -> Any:
        return asked((ORIGIN, origin), *more, sent={"Origin": origin})

    def both(*more: tuple[str, str]) -> list[tuple[str, str]]:
        return found(VARY, shared_with("https://a.example", *more), shared_with("https://b.example", *more))

    assert both() == [("-", "No Vary: Origin on 2 of 2 answers that are shared")]
    for header in (("Vary", "Cookie, Origin"), ("Cache-Control", "no-store"), ("Vary", "*")):
        assert both(header) == []
    always = (shared_with("https://a.example"), shared_with("https://a.example"))
    assert found(VARY, *always) == []


def shop(**options: Any) -> Flask:
    app = make()
    app.add_url_rule("/data", "data", lambda: ({"tea": 1}, {"Set-Cookie": COOKIE[1]}))
    CORS(app, **options)
    return app


def test_flask_cors_with_everybody_and_credentials() -> None:
    app = shop(origins="*", supports_credentials=True)
    replies = real(app, ("GET", "/data"), case="cors", **EVIL)
    assert shown(of_answers(ANY, app, *replies)) == [
        ("high", f"Whatever origin asks is allowed with credentials on 1 of 1 {NOUN}")
    ]
    Garrison(app, hosts=["shop.example"])
    replies = real(app, ("GET", "/data"), case="cors", **EVIL)
    assert of_answers(ANY, app, *replies) == []


def test_flask_cors_with_a_list() -> None:
    app = shop(origins=["https://partner.example"], supports_credentials=True)
    replies = [
        *real(app, ("GET", "/data"), case="cors", **EVIL),
        *real(app, ("GET", "/data"), case="cors", Origin="https://partner.example"),
    ]
    assert of_answers(ANY, app, replies[0]) == []
    assert of_answers(VARY, app, *replies) == of_answers(REFUSED, app, *replies) == []


def test_null_where_whatever_origin_asks_is_allowed_is_one_finding() -> None:
    reflected = asked((ORIGIN, "https://attacker.example"), (CREDENTIALS, "true"), COOKIE)
    null = asked((ORIGIN, "null"), (CREDENTIALS, "true"), sent={"Origin": "null"})
    words = f"Whatever origin asks is allowed with credentials on 1 of 1 {NOUN}"
    assert found(ANY, reflected, null) == [("high", words)]
    assert found(NULL, reflected, null) == []
    bare = asked((ORIGIN, "https://attacker.example"))
    assert found(NULL, bare, null, reflected_less(null)) == [
        ("medium", f"null is allowed with credentials on 2 of 3 {NOUN}")
    ]


def reflected_less(reply: Any) -> Any:
    return replace(reply, url="https://shop.example/other")
