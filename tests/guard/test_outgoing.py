"""Headers on their way out: copied and added to as Werkzeug would, and never with a line break."""

from __future__ import annotations

import pytest
from flask import Flask, Response
from werkzeug.datastructures import Headers
from werkzeug.test import Client

from flask_garrison import Garrison, PolicyError
from flask_garrison.guard.outgoing import OutgoingHeaders, add, checked, names_of


def test_a_copy_is_a_copy() -> None:
    own = Headers([("A", "1"), ("a", "2")])
    copied = OutgoingHeaders.of(own)
    add(copied, checked([("B", "3")]))
    assert list(copied) == [("A", "1"), ("a", "2"), ("B", "3")]
    assert list(own) == [("A", "1"), ("a", "2")]
    assert list(OutgoingHeaders.of(copied)) == list(copied)
    assert names_of(copied) == {"a", "b"}


def test_headers_of_another_class_keep_it() -> None:
    class Counted(Headers):
        pass

    copied = OutgoingHeaders.of(Counted([("A", "1")]))
    add(copied, [("B", "2")])
    assert type(copied) is Counted
    assert list(copied) == [("A", "1"), ("B", "2")]


def test_a_line_break_is_no_value() -> None:
    with pytest.raises(ValueError, match="newline"):
        checked([("A", "1\r\nSet-Cookie: a=b")])


def test_a_limit_with_a_line_break_becomes_one_line() -> None:
    app = Flask("shop")
    Garrison(app, rate_limit="5\nper   minute")
    app.add_url_rule("/", "home", lambda: "hello")
    answer = Client(app).get("/", base_url="https://shop.example")
    assert answer.headers["RateLimit-Policy"] == '"5 per minute";q=5;w=60'


def test_a_policy_cannot_bring_in_a_header() -> None:
    for setting in ({"csp": {"img-src": ("'self'\r\nX-Evil: 1",)}}, {"referrer_policy": "no-referrer\nX-Evil: 1"}):
        with pytest.raises(PolicyError):
            Garrison(Flask("shop"), **setting)


def test_a_response_that_is_kept_gets_nothing_of_an_answer() -> None:
    app = Flask("shop")
    Garrison(app)
    kept = Response("hello")
    app.add_url_rule("/", "home", lambda: kept)
    for _ in range(2):
        assert len(Client(app).get("/", base_url="https://shop.example").headers.getlist("Referrer-Policy")) == 1
    assert "Referrer-Policy" not in kept.headers
