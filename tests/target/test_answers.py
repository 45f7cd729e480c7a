"""Answers as evidence: what a reader needs, and no value of a cookie."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import Headers

from flask_garrison.target.answers import LONGEST, SHOWN, Answer


def answer(*headers: tuple[str, str], url: str = "https://shop.example/cart?x=1") -> Answer:
    return Answer(case="view", method="GET", url=url, status=200, user="ada", headers=Headers(headers))


def test_a_cookie_is_shown_without_its_value_and_without_its_day() -> None:
    set_cookie = "session=eyJ1c2VyIjoiYWRhIn0; Expires=Tue, 24 Nov 2026 13:17:06 GMT; HttpOnly; Path=/"
    shown = answer(("Set-Cookie", set_cookie), ("Server", "shop")).as_dict()["headers"]
    assert shown == [["Set-Cookie", "session=...; Expires=...; HttpOnly; Path=/"], ["Server", "shop"]]


def test_a_cookie_without_attributes() -> None:
    assert answer(("Set-Cookie", "a=b")).as_dict()["headers"] == [["Set-Cookie", "a=..."]]


def test_the_request_in_one_line() -> None:
    assert answer().shown == "GET /cart?x=1 as ada -> 200"


def test_what_a_browser_shows_as_a_page() -> None:
    assert answer(("Content-Type", "Text/HTML; charset=utf-8")).is_page
    assert not answer(("Content-Type", "text/plain")).is_page
    assert answer().is_secure
    assert not answer(url="http://shop.example/").is_secure


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("X-Api-Key", "4f1c", "..."),
        ("X-Auth-Token", "4f1c", "..."),
        ("Set-Cookie2", "a=4f1c", "..."),
        ("Location", "https://ada:4f1c@other.example/x", "https://...@other.example/x"),
        ("Location", "/x?next=/me&access_token=4f1c", "/x?next=/me&access_token=..."),
        ("Refresh", "0; url=/x?token=4f1c", "0; url=/x?token=..."),
        ("Link", "</a?reset_key=4f1c>; rel=next", "</a?reset_key=...>; rel=next"),
        ("X-Info", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln", "..."),
        # What rules are about stays as it is.
        ("Access-Control-Allow-Credentials", "true", "true"),
        ("Access-Control-Allow-Headers", "X-CSRF-Token, Authorization", "X-CSRF-Token, Authorization"),
        ("Content-Security-Policy", "script-src 'nonce-4f1c' https://cdn.example", None),
        ("Permissions-Policy", "publickey-credentials-get=()", None),
        ("Clear-Site-Data", '"cookies"', None),
        ("WWW-Authenticate", 'Basic realm="shop"', None),
        ("Location", "//other.example/@ada?next=/me", None),
    ],
)
def test_evidence_holds_no_credential(name: str, value: str, shown: str | None) -> None:
    assert answer((name, value)).as_dict()["headers"] == [[name, value if shown is None else shown]]


def test_an_address_that_a_page_links_to_is_shown_without_its_token() -> None:
    one = answer(url="https://shop.example/reset?user=ada&token=4f1c#x")
    assert one.shown == "GET /reset?user=ada&token=...#x as ada -> 200"
    assert one.as_dict()["url"] == "https://shop.example/reset?user=ada&token=...#x"


def test_thousands_of_headers_do_not_fill_a_report() -> None:
    headers = answer(*[(f"X-{n}", "a" * 9_000) for n in range(10_000)]).as_dict()["headers"]
    assert headers[SHOWN:] == [["...", f"and {10_000 - SHOWN} more headers"]]
    assert len(headers[0][1]) == LONGEST + 3
