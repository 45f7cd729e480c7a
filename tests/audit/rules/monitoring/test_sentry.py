"""Sentry's client is asked what it sends; nothing is sent here."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from flask_garrison.audit.rule import Match
from tests.audit.support import make, of_app

sentry_sdk = pytest.importorskip("sentry_sdk", reason="sentry-sdk is not installed")

DSN = "https://0123456789abcdef0123456789abcdef@sentry.invalid/1"
PERSONAL = "monitoring.sentry-personal-data"
BODIES = "monitoring.sentry-bodies"
CLEAR = "monitoring.sentry-in-the-clear"


@pytest.fixture(autouse=True)
def _away() -> Iterator[None]:
    yield
    sentry_sdk.init(dsn=None, default_integrations=False, auto_enabling_integrations=False)


def said(rule: str, dsn: str | None = DSN, **options: Any) -> list[str] | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        sentry_sdk.init(dsn, default_integrations=False, auto_enabling_integrations=False, **options)
    found = of_app(rule, make())
    return None if found is None else [one.title for one in found if isinstance(one, Match)]


@pytest.mark.parametrize("option", [{"send_default_pii": True}, {"data_collection": {"user_info": True}}])
def test_personal_data_is_found(option: dict[str, Any]) -> None:
    assert said(PERSONAL, **option) == ["Sentry is told to collect data of users"]
    assert said(PERSONAL) == said(PERSONAL, data_collection={"user_info": False}) == []


def test_bodies_of_any_size_are_found() -> None:
    assert said(BODIES, max_request_body_size="always") == ["max_request_body_size of Sentry is always"]
    assert said(BODIES) == []


def test_an_address_in_the_clear_is_found_and_not_shown() -> None:
    plain = DSN.replace("https", "http")
    assert said(CLEAR, plain) == ["the address of Sentry begins with http"]
    assert said(CLEAR) == said(CLEAR, plain.replace("sentry.invalid", "localhost")) == []


def test_a_client_that_sends_nothing_is_not_judged() -> None:
    for rule in (PERSONAL, BODIES, CLEAR):
        assert said(rule, None, send_default_pii=True) is None
