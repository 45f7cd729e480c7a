"""Whether browsers remember HTTPS, for how long, and for which hosts."""

from __future__ import annotations

import pytest

from flask_garrison import Garrison
from flask_garrison.audit.answers.hsts import Promise, promise_of
from flask_garrison.audit.rule import Match
from tests.audit.answers.support import answer, found, is_applicable, real, shown
from tests.audit.support import make, of_answers

MISSING, SHORT = "transport.hsts-missing", "transport.hsts-short"
NAME = "Strict-Transport-Security"
GOOD = (NAME, "max-age=31536000; includeSubDomains")


@pytest.mark.parametrize(
    ("value", "promise"),
    [
        ("max-age=60", Promise(60, False)),
        ('MAX-AGE="60" ; IncludeSubDomains; preload', Promise(60, True)),
        ("max-age=0", Promise(0, False)),
        ("max-age=60; max-age=0", None),
        ("includeSubDomains", None),
        ("max-age=-1", None),
        ("max-age=1y", None),
        ("", None),
    ],
)
def test_headers_as_browsers_read_them(value: str, promise: Promise | None) -> None:
    assert promise_of(answer("/", (NAME, value))) == promise


def test_missing() -> None:
    assert found(MISSING, answer("/"), answer("/b")) == [("-", f"No {NAME} on 2 of 2 answers")]
    assert found(MISSING, answer("/", GOOD), answer("/b")) == [("low", f"No {NAME} on 1 of 2 answers")]
    assert found(MISSING, answer("/", (NAME, "max-age=0"))) == [("-", f"No {NAME} on 1 of 1 answers")]
    assert not is_applicable(MISSING, answer("/", base="http://shop.example"))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:5000", "[::1]"])
def test_missing_where_a_browser_would_remember_nothing(host: str) -> None:
    reply = answer("/", base=f"https://{host}")
    for settings in ({"TRUSTED_HOSTS": [host]}, {"SERVER_NAME": host}):
        assert of_answers(MISSING, make(**settings), reply) is None
    for settings in ({}, {"TRUSTED_HOSTS": [host, "shop.example"]}):
        assert shown(of_answers(MISSING, make(**settings), reply)) == [("-", f"No {NAME} on 1 of 1 answers")]


def test_short() -> None:
    assert found(SHORT, answer("/", (NAME, "max-age=3600; includeSubDomains"))) == [
        ("-", f"{NAME} for 3600 seconds on 1 of 1 answers")
    ]
    assert found(SHORT, answer("/", (NAME, "max-age=31536000"))) == [
        ("-", f"{NAME} without subdomains on 1 of 1 answers")
    ]
    assert found(SHORT, answer("/", GOOD)) == []
    assert not is_applicable(SHORT, answer("/"), answer("/", (NAME, "max-age=0")))


def test_garrisons_first_step_is_information_and_its_last_is_none() -> None:
    app = make()
    app.add_url_rule("/", "home", lambda: "<p>Tea</p>")
    Garrison(app, hosts=["shop.example"])
    replies = real(app, ("GET", "/"), ("GET", "/none"))
    assert of_answers(MISSING, app, *replies) == []
    assert shown(of_answers(SHORT, app, *replies)) == [
        ("info", f"{NAME} for one day on 2 of 2 answers"),
        ("info", f"{NAME} without subdomains on 2 of 2 answers"),
    ]
    matches = of_answers(SHORT, app, *replies) or []
    steps = [match.fix.rpartition(": ")[2] for match in matches if isinstance(match, Match)]
    assert steps == ["Garrison(app, hsts_max_age=604_800)."] * 2
    app = make()
    Garrison(app, hosts=["shop.example"], hsts_max_age=31_536_000)
    (last,) = of_answers(SHORT, app, *real(app, ("GET", "/none"))) or []
    assert isinstance(last, Match)
    assert last.fix.endswith("Garrison(app, hsts_subdomains=True).")
    app = make()
    Garrison(app, hosts=["shop.example"], hsts_max_age=31_536_000, hsts_subdomains=True)
    assert of_answers(SHORT, app, *real(app, ("GET", "/none"))) == []


def test_where_garrison_sends_none_because_browsers_would_not_keep_it() -> None:
    app = make()
    Garrison(app, hosts=["localhost"])
    replies = real(app, ("GET", "/none"), base="https://localhost")
    assert of_answers(MISSING, app, *replies) is None
    assert shown(of_answers(MISSING, make(), *replies)) == [("-", f"No {NAME} on 1 of 1 answers")]
