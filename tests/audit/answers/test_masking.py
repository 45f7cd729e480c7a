"""No value of a secret setting leaves in evidence, whichever rule it is for."""

from __future__ import annotations

from flask_garrison.audit.answers.masking import masked
from flask_garrison.findings import Evidence
from tests.audit.answers.support import answer
from tests.audit.support import make, of_answers


def test_texts_are_masked_wherever_they_stand() -> None:
    app = make(API_TOKEN="t0ken/of+the shop")
    evidence = Evidence(
        "request", "GET /?k=t0ken/of%2Bthe%20shop", {"headers": [["X", "t0ken/of+the shop!"]], "status": 200}
    )
    assert masked(app, (evidence,)) == (
        Evidence("request", "GET /?k=...", {"headers": [["X", "...!"]], "status": 200}),
    )


def test_a_finding_on_something_else_does_not_repeat_a_secret() -> None:
    app = make(API_TOKEN="t0ken-of-the-shop")
    for rule in ("headers.nosniff-missing", "headers.csp-missing", "transport.hsts-missing"):
        results = of_answers(rule, app, answer("/", ("X-Debug", "t0ken-of-the-shop")))
        assert len(results or ()) == 1
        assert "t0ken" not in repr(results)
