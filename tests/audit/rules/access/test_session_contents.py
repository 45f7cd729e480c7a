"""A secret in a readable session is found by the name of its key; what others write in theirs is not."""

from __future__ import annotations

from typing import Any

from flask import Flask, session
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from flask_garrison.audit.rules.access.session_contents import content_of
from flask_garrison.target.answers import Answer
from tests.audit.support import make, of_answers

RULE = "access.secret-in-session"


def answer_of(app: Flask, content: dict[str, Any]) -> Answer:
    app.add_url_rule("/in", "in", lambda: session.update(content) or "in")
    response = Client(app).get("/in", base_url="https://shop.example")
    return Answer(
        case="view", method="GET", url="https://shop.example/in", status=200, headers=response.headers, route="/in"
    )


def found(app: Flask, content: dict[str, Any]) -> list[str] | None:
    said = of_answers(RULE, app, answer_of(app, content))
    return None if said is None else [one.title for one in said if isinstance(one, Match)]


def test_a_token_in_the_session_is_found_and_not_shown() -> None:
    app = make()
    (match,) = of_answers(RULE, app, answer_of(app, {"access_token": "tok-4711", "user": "ada"})) or []
    assert isinstance(match, Match)
    assert match.title == "the session holds 'access_token', and its cookie can be read"
    assert "tok-4711" not in str(match)


def test_a_large_session_is_packed_and_read_all_the_same() -> None:
    words = ["the session holds 'password', and its cookie can be read"]
    assert found(make(), {"password": "s3cret", "basket": "tea " * 200}) == words


def test_what_extensions_keep_there_is_none() -> None:
    assert found(make(), {"_user_id": "1", "_id": "ab12", "_fresh": True, "csrf_token": "c0ffee", "next": "/"}) == []


def test_garrisons_cookie_is_read_under_its_name() -> None:
    app = make()
    Garrison(app, hosts=["shop.example"])
    assert found(app, {"pin": "1234"}) == ["the session holds 'pin', and its cookie can be read"]


def test_without_a_session_there_is_nothing_to_read() -> None:
    answer = Answer(case="view", method="GET", url="https://shop.example/", status=200)
    assert of_answers(RULE, make(), answer) is None


@given(st.text())
def test_no_cookie_breaks_the_reader(value: str) -> None:
    content = content_of(value)
    assert content is None or isinstance(content, dict)


def test_a_prefix_in_the_configured_name_is_no_other_cookie() -> None:
    app = make(SESSION_COOKIE_NAME="__Host-shop", SESSION_COOKIE_SECURE=True)
    assert found(app, {"otp_code": "123456"}) == ["the session holds 'otp_code', and its cookie can be read"]
