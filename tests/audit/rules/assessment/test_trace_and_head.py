"""TRACE, and HEAD beside GET."""

from __future__ import annotations

from flask import Flask, abort, request

from tests.audit.answers.support import answer, found, is_applicable, real, shown
from tests.audit.support import make, of_answers

TRACE, HEAD = "assessment.trace-answered", "assessment.head-differs"


def test_trace() -> None:
    app = make()
    app.add_url_rule("/echo", "echo", lambda: str(request.headers), methods=["GET", "TRACE"])
    app.add_url_rule("/", "home", lambda: "<p>Tea</p>")
    replies = real(app, ("TRACE", "/echo"), ("TRACE", "/"))
    assert shown(of_answers(TRACE, app, *replies)) == [("-", "TRACE answered on 1 of 2 requests with TRACE")]
    assert of_answers(TRACE, app, replies[1]) == []
    assert not is_applicable(TRACE, answer("/"))


def asked(app: Flask, path: str) -> list[object]:
    return [*real(app, ("GET", path)), *real(app, ("HEAD", path), case="head")]


def test_a_check_of_the_method_that_head_passes_by() -> None:
    app = make()

    @app.get("/account")
    def account() -> str:
        if request.method == "GET":
            abort(403)
        return "orders"

    app.add_url_rule("/", "home", lambda: "<p>Tea</p>")
    assert shown(of_answers(HEAD, app, *asked(app, "/account"))) == [  # type: ignore[arg-type]
        ("medium", "HEAD let through where GET is refused on 1 of 1 requests with HEAD")
    ]
    assert of_answers(HEAD, app, *asked(app, "/")) == []  # type: ignore[arg-type]


def test_other_differences_are_less() -> None:
    replies = (answer("/a"), answer("/a", method="HEAD", case="head", status=404, body=b""))
    assert found(HEAD, *replies) == [("-", "Another status for HEAD than for GET on 1 of 1 requests with HEAD")]


def test_what_says_nothing() -> None:
    get, twin = answer("/a", status=200), answer("/a", status=302)
    for status in (200, 302, 405, 429):
        assert found(HEAD, get, twin, answer("/a", method="HEAD", case="head", status=status, body=b"")) == []
    assert not is_applicable(HEAD, answer("/b", method="HEAD"), get)
    assert not is_applicable(HEAD, answer("/a", method="HEAD", user="ada"), get)
