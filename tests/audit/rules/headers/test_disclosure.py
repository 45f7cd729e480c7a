"""Headers that name software, and those that hand the address to other sites."""

from __future__ import annotations

import pytest

from flask_garrison import Garrison
from tests.audit.answers.support import answer, found, real, shown
from tests.audit.support import make, of_answers

RULE, LEAK, MISSING = "headers.software-named", "headers.referrer-leak", "headers.referrer-policy-missing"


@pytest.mark.parametrize(
    ("header", "value", "named"),
    [
        ("Server", "Werkzeug/3.1.9 Python/3.11.7", True),
        ("Server", "gunicorn", False),
        ("X-Powered-By", "Flask", True),
        ("X-Runtime", "0.01", True),
        ("X-Tea", "1.0", False),
    ],
)
def test_software(header: str, value: str, named: bool) -> None:
    expected = [("-", f"{header} names software on 1 of 2 answers")] if named else []
    assert found(RULE, answer("/", (header, value)), answer("/b")) == expected


@pytest.mark.parametrize(
    ("value", "leaks", "missing"),
    [
        (None, False, True),
        ("strict-origin-when-cross-origin", False, False),
        ("same-origin", False, False),
        ("unsafe-url", True, False),
        ("no-referrer-when-downgrade", True, False),
        ("no-referrer, unsafe-url", True, False),
        ("unsafe-url, strict-origin", False, False),
        ("unsafe-url, a-word-of-tomorrow", True, False),
        ("never", False, True),
    ],
)
def test_referrers(value: str | None, leaks: bool, missing: bool) -> None:
    page = answer("/", *([("Referrer-Policy", value)] if value else []))
    assert bool(found(LEAK, page)) is leaks
    assert bool(found(MISSING, page)) is missing


def test_titles() -> None:
    assert found(LEAK, answer("/", ("Referrer-Policy", "unsafe-url"))) == [
        ("-", "Referrer-Policy: unsafe-url on 1 of 1 pages")
    ]
    assert found(MISSING, answer("/")) == [("-", "No Referrer-Policy that browsers know on 1 of 1 pages")]


def test_a_guarded_application_names_nothing() -> None:
    app = make()
    app.add_url_rule(
        "/", "home", lambda: ("<p>Tea</p>", 200, {"X-Powered-By": "Flask", "Referrer-Policy": "unsafe-url"})
    )
    assert shown(of_answers(RULE, app, *real(app, ("GET", "/")))) == [
        ("-", "X-Powered-By names software on 1 of 1 answers")
    ]
    Garrison(app, hosts=["shop.example"])
    for rule in (RULE, LEAK, MISSING):
        assert of_answers(rule, app, *real(app, ("GET", "/"))) == []
