"""Failures called success, refusals that fail, and secrets that answers show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import jsonify

from flask_garrison.findings import Evidence
from tests.audit.answers.support import answer, found, is_applicable, real, shown
from tests.audit.support import KEY, make, of_answers

SUCCESS, FAILS, SECRET = (
    "assessment.error-called-success",
    "assessment.bad-input-fails",
    "assessment.secret-in-answer",
)


def test_a_failure_with_status_200() -> None:
    app = make()
    app.add_url_rule("/boom", "boom", lambda: 1 // 0)
    app.register_error_handler(500, lambda error: "<p>Sorry</p>")
    replies = real(app, ("GET", "/boom"), case="error")
    assert shown(of_answers(SUCCESS, app, *replies)) == [("-", "A status of success on 1 of 1 provoked failures")]
    app = make()
    app.register_error_handler(500, lambda error: ("<p>Sorry</p>", 500))
    app.add_url_rule("/boom", "boom", lambda: 1 // 0)
    assert of_answers(SUCCESS, app, *real(app, ("GET", "/boom"), case="error")) == []
    assert not is_applicable(SUCCESS, answer("/"))


def test_a_redirect_to_an_error_page_is_left_alone() -> None:
    assert found(SUCCESS, answer("/boom", ("Location", "/sorry"), status=302, case="error")) == []


@pytest.mark.parametrize("case", ["not-found", "method", "too-large", "media-type", "host"])
def test_a_refusal_that_fails(case: str) -> None:
    app = make()
    app.register_error_handler(Exception, lambda error: ("Something went wrong.", 500))
    replies = real(app, ("GET", "/none"), case=case)
    assert shown(of_answers(FAILS, app, *replies)) == [("-", "A failure on 1 of 1 requests that should be refused")]
    assert of_answers(FAILS, make(), *real(make(), ("GET", "/none"), case=case)) == []
    assert not is_applicable(FAILS, answer("/"))


def leaking(**config: Any) -> Any:
    app = make(**config)
    app.add_url_rule("/info", "info", lambda: jsonify({key: str(value) for key, value in app.config.items()}))
    app.add_url_rule("/", "home", lambda: "<p>Tea</p>")
    return app


def test_secrets_of_the_configuration() -> None:
    app = leaking(STRIPE_API_KEY="sk_live_51Habc/+", MAIL_SERVER="mail.shop.example")
    results = of_answers(SECRET, app, *real(app, ("GET", "/info"), ("GET", "/"))) or []
    assert shown(results) == [
        ("critical", "The value of SECRET_KEY on 1 of 2 answers"),
        ("-", "The value of STRIPE_API_KEY on 1 of 2 answers"),
    ]
    text = repr(results)
    assert KEY not in text
    assert "sk_live" not in text
    evidence: list[Evidence] = [item for one in results for item in one.evidence]  # type: ignore[union-attr]
    assert all("sk_live" not in str(item.as_dict()) for item in evidence)


def test_a_secret_in_a_header_that_becomes_evidence_is_not_repeated() -> None:
    app = make(API_TOKEN="t0ken-of-the-shop")
    (match,) = of_answers(SECRET, app, answer("/", ("X-Debug", "t0ken-of-the-shop"))) or ()
    assert match.title == "The value of API_TOKEN on 1 of 1 answers"  # type: ignore[union-attr]
    assert "t0ken" not in repr(match)


def test_what_the_visitor_sent_himself_and_what_is_public() -> None:
    app = make(API_TOKEN="t0ken-of-the-shop", RECAPTCHA_PUBLIC_KEY="6Lc_public_key")
    echoed = answer("/?q=t0ken-of-the-shop", body=b"No tea called t0ken-of-the-shop")
    public = answer("/", body=b"<div data-sitekey=6Lc_public_key></div>")
    assert of_answers(SECRET, app, echoed, public) == []


def test_the_current_folder_is_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PWD", "/home/ada/shop")
    assert of_answers(SECRET, make(), answer("/", status=500, body=b"in /home/ada/shop/views.py")) == []


def test_a_file_that_holds_a_password_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.touch()
    monkeypatch.setenv("DB_PASSWORD", str(file))
    page = answer("/", body=f"in {file}".encode())
    assert of_answers(SECRET, make(), page) == []
    file.unlink()
    assert of_answers(SECRET, make(), page) != []


def test_the_name_under_which_a_token_is_answered_is_no_secret() -> None:
    app = make(JWT_JSON_KEY="access_token", JWT_SECRET_KEY="e7c1f04b9a6d4d3f8b52")
    app.add_url_rule("/no", "no", lambda: ({"msg": 'Missing cookie "access_token_cookie"'}, 401))
    app.add_url_rule("/all", "all", lambda: dict(key=app.config["JWT_SECRET_KEY"]))
    assert of_answers(SECRET, app, *real(app, ("GET", "/no"))) == []
    words = "The value of JWT_SECRET_KEY on 1 of 1 answers"
    assert shown(of_answers(SECRET, app, *real(app, ("GET", "/all")))) == [("-", words)]
