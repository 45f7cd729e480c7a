"""Answers as evidence: what a reader needs, and no value of a cookie."""

from __future__ import annotations

from werkzeug.datastructures import Headers

from flask_garrison.target.answers import Answer


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
