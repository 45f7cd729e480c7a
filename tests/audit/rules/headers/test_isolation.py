"""Opener, resource and embedder policies, and the features of a browser."""

from __future__ import annotations

import pytest

from flask_garrison import Garrison
from tests.audit.answers.support import answer, found, is_applicable, real
from tests.audit.support import make, of_answers

OPENER, RESOURCE, MISTAKE = "headers.opener-policy", "headers.resource-policy", "headers.isolation-mistake"
FEATURES, WIDE = "headers.permissions-policy-missing", "headers.permissions-policy-wide"
COOP, CORP, COEP = "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Cross-Origin-Embedder-Policy"


@pytest.mark.parametrize(
    ("value", "separates"),
    [
        ("same-origin", True),
        ('same-origin-allow-popups; report-to="coop"', True),
        ("unsafe-none", False),
        ("sameorigin", False),
        (None, False),
    ],
)
def test_openers(value: str | None, separates: bool) -> None:
    page = answer("/", *([(COOP, value)] if value else []))
    expected = [] if separates else [("-", f"No {COOP} that separates on 1 of 1 pages")]
    assert found(OPENER, page) == expected


def test_resources_of_users_only() -> None:
    assert not is_applicable(RESOURCE, answer("/"))
    assert found(RESOURCE, answer("/", user="ada"), answer("/data", (CORP, "same-site"), user="ada")) == [
        ("-", f"No {CORP} on 1 of 2 answers to users who are logged in")
    ]


def test_values_that_no_browser_knows() -> None:
    (one,) = (
        of_answers(MISTAKE, make(), answer("/", (COOP, "sameorigin"), (CORP, "same-origin"), (COEP, "require-corp")))
        or ()
    )
    assert one.title == f"{COOP}: sameorigin on 1 of 1 answers"  # type: ignore[union-attr]
    assert one.fix.startswith(f"{COOP} knows same-origin,")  # type: ignore[union-attr]
    assert found(MISTAKE, answer("/", (COOP, "same-origin"), (COEP, "credentialless"))) == []
    assert not is_applicable(MISTAKE, answer("/"))


def test_features() -> None:
    assert found(FEATURES, answer("/")) == [("-", "No Permissions-Policy on 1 of 1 pages")]
    good = answer("/", ("Permissions-Policy", 'camera=(), geolocation=(self "https://maps.example"), fullscreen=*'))
    assert found(FEATURES, good) == found(WIDE, good) == []


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("camera=*, usb=(self)", "Permissions-Policy: camera=* on 1 of 1 answers"),
        ("microphone=( * )", "Permissions-Policy: microphone=* on 1 of 1 answers"),
        ("camera 'none'; usb 'none'", "Permissions-Policy in the old syntax, which browsers ignore, on 1 of 1 answers"),
    ],
)
def test_features_for_everybody(value: str, title: str) -> None:
    assert found(WIDE, answer("/", ("Permissions-Policy", value))) == [("-", title)]


def test_a_guarded_application() -> None:
    app = make()
    app.add_url_rule("/", "home", lambda: ("<p>Tea</p>", 200, {COOP: "unsafe-none"}))
    assert len(of_answers(OPENER, app, *real(app, ("GET", "/"))) or ()) == 1
    Garrison(app, hosts=["shop.example"])
    for rule in (OPENER, MISTAKE, FEATURES, WIDE):
        assert of_answers(rule, app, *real(app, ("GET", "/"))) == []
