"""Flask-Talisman's policy is judged by what it means for scripts."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from flask_garrison import Garrison
from tests.audit.support import make, of_app

flask_talisman = pytest.importorskip("flask_talisman", reason="Flask-Talisman is not installed")

ABSENT = "headers.talisman-without-csp"
UNSAFE = "headers.talisman-unsafe-csp"
NONCE = "headers.talisman-unused-nonce"
REPORT = "headers.talisman-report-only"


def with_talisman(policy: Any = flask_talisman.DEFAULT_CSP_POLICY, nonces: Any = None, **options: Any) -> Flask:
    app = make()
    flask_talisman.Talisman(app, content_security_policy=policy, content_security_policy_nonce_in=nonces, **options)
    return app


def said(rule: str, app: Flask) -> list[tuple[str, str | None]]:
    found = of_app(rule, app)
    assert found is not None
    return [(match.title, match.route) for match in found]  # type: ignore[union-attr]


@pytest.mark.parametrize("policy", [None, {}, ""])
def test_a_policy_that_is_off_is_found(policy: Any) -> None:
    assert said(ABSENT, with_talisman(policy)) == [("content_security_policy of Flask-Talisman is off", None)]
    assert of_app(UNSAFE, with_talisman(policy)) is None


def test_a_view_without_a_policy_is_found() -> None:
    app = make()
    talisman = flask_talisman.Talisman(app)
    app.add_url_rule("/open", "open", talisman(content_security_policy=None)(lambda: "open"))
    assert said(ABSENT, app) == [("content_security_policy of Flask-Talisman is off for open", "/open")]


@pytest.mark.parametrize(
    ("policy", "words"),
    [
        ({"script-src": "'self' 'unsafe-inline'"}, "script-src of Flask-Talisman holds 'unsafe-inline'"),
        ({"default-src": ["'self'", "'unsafe-inline'"]}, "default-src of Flask-Talisman holds 'unsafe-inline'"),
        ("default-src *; img-src 'self'", "default-src of Flask-Talisman holds *"),
        ({"script-src": "'self' https: data:"}, "script-src of Flask-Talisman holds https:, data:"),
        ({"script-src": "'self' 'unsafe-eval'"}, "script-src of Flask-Talisman holds 'unsafe-eval'"),
        ({"img-src": "'self'"}, "the policy of Flask-Talisman says nothing of scripts"),
    ],
)
def test_a_policy_that_lets_scripts_run_is_found(policy: Any, words: str) -> None:
    assert said(UNSAFE, with_talisman(policy)) == [(words, None)]


def test_what_a_nonce_or_a_hash_overrules_is_none() -> None:
    unsafe = {"script-src": "'self' 'unsafe-inline'"}
    assert said(UNSAFE, with_talisman(unsafe, ["script-src"])) == []
    assert said(UNSAFE, with_talisman({"script-src": "'self' 'unsafe-inline' 'sha256-x='"})) == []
    assert said(UNSAFE, with_talisman({"script-src": "'self'", "style-src": "'unsafe-inline'"})) == []
    assert said(UNSAFE, with_talisman()) == said(ABSENT, with_talisman()) == []


def test_a_nonce_that_goes_nowhere_is_found() -> None:
    assert said(NONCE, with_talisman(nonces=["script-src"])) == [
        ("the policy has no script-src to put a nonce into", None)
    ]
    assert said(NONCE, with_talisman({"script-src": "'self'"}, ["script-src"])) == []


def test_a_policy_that_only_reports_is_found() -> None:
    options = {"content_security_policy_report_only": True, "content_security_policy_report_uri": "/csp"}
    assert said(REPORT, with_talisman(**options)) == [
        ("content_security_policy_report_only of Flask-Talisman is on", None)
    ]
    assert said(REPORT, with_talisman()) == []


def test_garrison_sends_a_policy_of_its_own() -> None:
    for policy in (None, {"script-src": "'unsafe-inline'"}):
        app = with_talisman(policy)
        Garrison(app, hosts=["shop.example"])
        assert not any(of_app(rule, app) for rule in (ABSENT, UNSAFE, REPORT))
