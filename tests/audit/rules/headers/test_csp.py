"""Pages without a policy on scripts are one finding for each way in which it is missing."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from flask_garrison import Garrison
from flask_garrison.audit.answers.csp import ENFORCED, REPORT_ONLY
from flask_garrison.audit.rule import Match
from tests.audit.answers.support import NONCES, STRICT, answer, found, is_applicable, real, shown
from tests.audit.support import make, of_answers

RULE = "headers.csp-missing"
GOOD = (ENFORCED, STRICT.format(NONCES[0]))


def shop(**options: Any) -> Flask:
    app = make()
    app.add_url_rule("/", "home", lambda: "<p>Tea</p>")
    app.add_url_rule("/boom", "boom", lambda: 1 // 0)
    app.add_url_rule("/data", "data", lambda: {"tea": 1})
    if options:
        Garrison(app, hosts=["shop.example"], **options)
    return app


REQUESTS = (("GET", "/"), ("GET", "/boom"), ("GET", "/data"), ("GET", "/none"), ("OPTIONS", "/"), ("HEAD", "/"))


def test_a_bare_application() -> None:
    app = shop()
    results = of_answers(RULE, app, *real(app, *REQUESTS))
    assert shown(results) == [("-", "No Content-Security-Policy on 3 of 3 pages")]


def test_a_guarded_application_has_no_finding_of_any_rule_on_policies() -> None:
    app = shop(mode="enforce")
    answers = [*real(app, *REQUESTS), *real(app, *REQUESTS)]
    rules = ("csp-missing", "csp-unsafe-inline", "csp-unsafe-eval", "csp-broad-script-sources", "csp-gaps")
    for rule in (*rules, "csp-mistake", "nonce-reused", "nonce-short"):
        assert of_answers(f"headers.{rule}", app, *answers) == []


def test_observe_mode_is_named_with_the_line_that_ends_it() -> None:
    app = shop(mode="observe")
    (match,) = of_answers(RULE, app, *real(app, *REQUESTS)) or ()
    assert isinstance(match, Match)
    assert match.title == ("A Content-Security-Policy that only reports on 3 of 3 pages, while Garrison only observes")
    assert match.fix == 'Garrison observes this control. To enforce it: modes={"headers.csp": "enforce"}'


def test_errors_alone_are_less() -> None:
    answers = (answer("/", GOOD), answer("/none", status=404, route=None))
    assert found(RULE, *answers) == [("low", "No Content-Security-Policy on 1 of 2 pages, all of them errors")]


def test_a_policy_on_other_things_and_one_that_only_reports() -> None:
    answers = (
        answer("/", (ENFORCED, "frame-ancestors 'none'")),
        answer("/b", (REPORT_ONLY, "script-src 'self'")),
        answer("/c", GOOD),
    )
    assert found(RULE, *answers) == [
        ("-", "A Content-Security-Policy that only reports on 1 of 3 pages"),
        ("-", "A Content-Security-Policy that says nothing on scripts on 1 of 3 pages"),
    ]


def test_the_route_is_named_where_there_is_one_and_the_evidence_in_any_case() -> None:
    (match,) = of_answers(RULE, make(), answer("/cart"), answer("/cart"), answer("/", GOOD)) or ()
    assert isinstance(match, Match)
    assert match.route == "/cart"
    assert [one.summary for one in match.evidence] == ["GET /cart -> 200", "GET /cart -> 200"]
    assert match.subject == "No Content-Security-Policy"


@pytest.mark.parametrize(
    "other",
    [
        answer("/", kind="application/json"),
        answer("/", status=302, body=b"<p>moved"),
        answer("/", method="HEAD", body=b""),
        answer("/", status=304, body=b""),
    ],
    ids=["json", "redirect", "head", "not modified"],
)
def test_what_no_browser_shows_as_a_page_is_not_meant(other: Any) -> None:
    if other.status == 302:
        other.headers["Location"] = "/login"
    assert not is_applicable(RULE, other)
