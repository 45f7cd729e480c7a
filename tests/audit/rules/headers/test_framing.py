"""Pages that any site may frame: by the policy, else by the old header."""

from __future__ import annotations

import pytest

from flask_garrison import Garrison
from tests.audit.answers.support import answer, found, is_applicable, real, shown
from tests.audit.support import make, of_answers

RULE, UNKNOWN = "headers.frameable", "headers.unknown-frame-option"
XFO, CSP = "X-Frame-Options", "Content-Security-Policy"
FORM = b"<form method=post><button>Buy</button></form>"


@pytest.mark.parametrize(
    ("headers", "framed"),
    [
        ([], True),
        ([(XFO, "DENY")], False),
        ([(XFO, "sameorigin")], False),
        ([(XFO, "ALLOW-FROM https://partner.example")], True),
        ([(XFO, "ALLOWALL")], True),
        ([(XFO, "DENY, SAMEORIGIN")], False),
        ([(CSP, "frame-ancestors 'none'")], False),
        ([(CSP, "frame-ancestors https://partner.example")], False),
        ([(CSP, "frame-ancestors *"), (XFO, "DENY")], True),
        ([(CSP, "frame-ancestors *, frame-ancestors 'self'")], False),
        ([(CSP, "default-src 'none'")], True),
        ([("Content-Security-Policy-Report-Only", "frame-ancestors 'none'")], True),
    ],
)
def test_headers(headers: list[tuple[str, str]], framed: bool) -> None:
    expected = [("-", "No limit on framing on 1 of 1 pages")] if framed else []
    assert found(RULE, answer("/", *headers, body=FORM)) == expected


def test_a_page_cannot_say_it_in_its_own_text() -> None:
    meta = b"<meta http-equiv=Content-Security-Policy content=\"frame-ancestors 'none'\">"
    assert found(RULE, answer("/", body=meta + FORM)) == [("-", "No limit on framing on 1 of 1 pages")]


def test_where_nothing_can_be_clicked_it_is_less() -> None:
    assert found(RULE, answer("/", body=b"<p>Tea</p>")) == [("low", "No limit on framing on 1 of 1 pages")]
    sorry = answer("/none", body=FORM, status=404)
    assert found(RULE, sorry, answer("/", (XFO, "DENY"))) == [
        ("low", "No limit on framing on 1 of 2 pages, all of them errors")
    ]


def test_a_value_that_browsers_ignore() -> None:
    assert found(UNKNOWN, answer("/", (XFO, "allow-from https://a.example"))) == [
        ("-", "X-Frame-Options: ALLOW-FROM on 1 of 1 answers")
    ]
    assert found(UNKNOWN, answer("/", (XFO, "DENY"))) == []
    assert not is_applicable(UNKNOWN, answer("/"))


def test_a_guarded_application() -> None:
    app = make()
    app.add_url_rule("/", "home", lambda: FORM.decode())
    bare = real(app, ("GET", "/"), ("GET", "/none"))
    assert shown(of_answers(RULE, app, *bare)) == [("-", "No limit on framing on 2 of 2 pages")]
    Garrison(app, hosts=["shop.example"])
    assert of_answers(RULE, app, *real(app, ("GET", "/"), ("GET", "/none"))) == []
