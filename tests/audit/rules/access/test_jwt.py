"""Flask-JWT-Extended is asked for what it would accept; no finding shows a key."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from flask_garrison import Garrison
from flask_garrison.findings import Severity
from tests.audit.support import make, of_app

jwt = pytest.importorskip("flask_jwt_extended", reason="Flask-JWT-Extended is not installed")

OWN_KEY = "c1b5d7f09e2a4c6b8d0f1e3a5c7b9d2f"


def with_tokens(**config: Any) -> Flask:
    app = make(**config)
    jwt.JWTManager(app)
    return app


def said(rule: str, app: Flask) -> list[tuple[str, Severity | None]]:
    found = of_app(rule, app)
    assert found is not None
    return [(match.title, match.severity) for match in found]  # type: ignore[union-attr]


def test_unsigned_tokens_are_found() -> None:
    app = with_tokens(JWT_DECODE_ALGORITHMS=["HS256", "none"])
    assert said("access.jwt-algorithms", app) == [("tokens without a signature are accepted", Severity.CRITICAL)]


def test_mixed_families_are_found() -> None:
    app = with_tokens(JWT_DECODE_ALGORITHMS=["HS256", "RS256"])
    assert said("access.jwt-algorithms", app) == [
        ("tokens are accepted with shared and with public keys: HS256, RS256", Severity.MEDIUM)
    ]


def test_one_algorithm_is_none() -> None:
    assert said("access.jwt-algorithms", with_tokens()) == []
    assert said("access.jwt-algorithms", with_tokens(JWT_DECODE_ALGORITHMS=["HS256", "HS512"])) == []


def test_a_weak_key_is_found_and_not_shown() -> None:
    ((title, severity),) = said("access.jwt-key", with_tokens(JWT_SECRET_KEY="jwt-secret"))
    assert title == "JWT_SECRET_KEY is a placeholder: it consists of words that everybody tries first"
    assert severity is None


def test_a_key_that_is_too_short_for_its_algorithm_is_found() -> None:
    app = with_tokens(JWT_SECRET_KEY=OWN_KEY, JWT_ALGORITHM="HS512")
    assert said("access.jwt-key", app) == [
        ("JWT_SECRET_KEY is shorter than the 64 bytes that HS512 asks for", Severity.LOW)
    ]


@pytest.mark.parametrize("config", [{}, {"JWT_SECRET_KEY": OWN_KEY}, {"JWT_ALGORITHM": "RS256"}])
def test_a_good_key_or_none_of_its_own_is_none(config: dict[str, Any]) -> None:
    assert said("access.jwt-key", with_tokens(**config)) == []


def test_tokens_without_an_end_are_found() -> None:
    app = with_tokens(JWT_ACCESS_TOKEN_EXPIRES=False, JWT_REFRESH_TOKEN_EXPIRES=False)
    assert said("access.jwt-expiry", app) == [
        ("access tokens never expire", None),
        ("refresh tokens never expire", Severity.LOW),
    ]


def test_tokens_for_days_are_found() -> None:
    app = with_tokens(JWT_ACCESS_TOKEN_EXPIRES=timedelta(days=7))
    assert said("access.jwt-expiry", app) == [("access tokens live for 7 days, 0:00:00", Severity.LOW)]


def test_the_default_times_are_none() -> None:
    assert said("access.jwt-expiry", with_tokens()) == []
    assert said("access.jwt-no-revocation", with_tokens()) == []


def test_long_tokens_that_cannot_be_taken_back_are_found() -> None:
    app = make(JWT_ACCESS_TOKEN_EXPIRES=timedelta(hours=8))
    manager = jwt.JWTManager(app)
    assert [title for title, _ in said("access.jwt-no-revocation", app)] == [
        "no token_in_blocklist_loader is registered and access tokens live longer than an hour"
    ]
    manager.token_in_blocklist_loader(lambda header, payload: False)
    assert said("access.jwt-no-revocation", app) == []


def test_a_cookie_without_secure_is_found_unless_garrison_completes_it() -> None:
    app = with_tokens(JWT_TOKEN_LOCATION=["cookies"])
    assert said("access.jwt-cookie", app) == [("JWT_COOKIE_SECURE is off", None)]
    Garrison(app, hosts=["shop.example"])
    assert said("access.jwt-cookie", app) == []
    assert said("access.jwt-cookie", with_tokens(JWT_TOKEN_LOCATION=["cookies"], JWT_COOKIE_SECURE=True)) == []


def test_what_is_not_there_is_not_looked_at() -> None:
    assert of_app("access.jwt-cookie", with_tokens()) is None
    assert of_app("access.jwt-key", make()) is None


def test_a_token_in_the_address_is_found() -> None:
    app = with_tokens(JWT_TOKEN_LOCATION=["headers", "query_string"])
    assert said("transport.jwt-in-url", app) == [("JWT_TOKEN_LOCATION holds query_string", None)]
    assert said("transport.jwt-in-url", with_tokens()) == []


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, []),
        ({"JWT_COOKIE_CSRF_PROTECT": False}, [("JWT_COOKIE_CSRF_PROTECT is off", None)]),
        (
            {"JWT_COOKIE_CSRF_PROTECT": False, "JWT_COOKIE_SAMESITE": "Lax"},
            [("JWT_COOKIE_CSRF_PROTECT is off", Severity.LOW)],
        ),
    ],
)
def test_cookies_that_every_site_may_use_are_found(config: dict[str, Any], expected: list[Any]) -> None:
    assert said("inputs.jwt-cookie-without-csrf", with_tokens(JWT_TOKEN_LOCATION=["cookies"], **config)) == expected


def test_garrison_refuses_what_other_sites_send() -> None:
    app = with_tokens(JWT_TOKEN_LOCATION=["cookies"], JWT_COOKIE_CSRF_PROTECT=False)
    Garrison(app, hosts=["shop.example"])
    assert said("inputs.jwt-cookie-without-csrf", app) == []
