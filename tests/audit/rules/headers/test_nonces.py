"""Nonces that come twice, or that could be guessed."""

from __future__ import annotations

from flask import Flask, g, render_template_string

from flask_garrison.audit.answers.csp import ENFORCED
from flask_garrison.audit.rule import Match
from flask_garrison.findings import Confidence
from tests.audit.answers.support import NONCES, answer, found, is_applicable, real, shown
from tests.audit.support import make, of_answers

REUSED, SHORT = "headers.nonce-reused", "headers.nonce-short"


def with_fixed_nonce(nonce: str) -> Flask:
    app = make()
    app.before_request(lambda: setattr(g, "nonce", nonce))
    app.add_url_rule("/", "home", lambda: render_template_string("<script nonce={{ g.nonce }}></script>"))

    @app.after_request
    def policy(response):  # type: ignore[no-untyped-def]
        response.headers[ENFORCED] = f"script-src 'nonce-{g.nonce}'"
        return response

    return app


def test_a_nonce_made_at_start() -> None:
    app = with_fixed_nonce(NONCES[0])
    results = of_answers(REUSED, app, *real(app, ("GET", "/"), ("GET", "/"), ("GET", "/none")))
    assert shown(results) == [("-", "The nonce of another answer on 3 of 3 answers with a nonce")]
    assert of_answers(SHORT, app, *real(app, ("GET", "/"))) == []


def test_a_short_nonce() -> None:
    app = with_fixed_nonce("20240131")
    results = of_answers(SHORT, app, *real(app, ("GET", "/")))
    assert shown(results) == [("-", "A nonce of less than 128 bits on 1 of 1 answers with a nonce")]


def test_fresh_nonces() -> None:
    pages = [answer("/", (ENFORCED, f"script-src 'nonce-{nonce}'")) for nonce in NONCES]
    assert found(REUSED, *pages) == found(SHORT, *pages) == []


def test_policies_without_nonces() -> None:
    page = answer("/", (ENFORCED, "script-src 'self'"))
    assert not is_applicable(REUSED, page)
    assert not is_applicable(SHORT, page)


def test_what_was_seen_to_happen_is_proved() -> None:
    pages = [answer("/", (ENFORCED, f"script-src 'nonce-{NONCES[0]}'")) for _ in range(2)]
    (match,) = of_answers(REUSED, make(), *pages) or ()
    assert isinstance(match, Match)
    assert match.confidence is None  # the rule's own
    from flask_garrison.audit.catalogue import rule_named

    assert rule_named(REUSED).confidence is Confidence.PROVED
