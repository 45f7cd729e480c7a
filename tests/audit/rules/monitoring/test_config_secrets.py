"""Secrets under plain names are found by their form; no value is shown."""

from __future__ import annotations

import pytest

from tests.audit.shorthand import titles
from tests.audit.support import make

RULE = "monitoring.secret-in-plain-name"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("postgresql://shop:hunter2@db.example/shop", "an address with a password"),
        ("-----BEGIN RSA PRIVATE KEY-----\nfor tests only", "a private key"),
        ("AKIA" + "IOSFODNN7EXAMPLE", "an access key of AWS"),
        ("ghp_" + "x" * 36, "a token of GitHub"),
        ("sk_live_" + "x" * 24, "a key of Stripe"),
    ],
)
def test_a_secret_is_known_by_its_form(value: str, kind: str) -> None:
    (words,) = titles(RULE, make(BACKEND=value)) or []
    assert words == f"info: BACKEND holds {kind}, and its name does not say so"


def test_a_secret_inside_is_named_with_its_place() -> None:
    app = make(STORES={"orders": {"url": "amqp://shop:hunter2@queue/"}})
    words = "info: STORES['orders']['url'] holds an address with a password, and its name does not say so"
    assert titles(RULE, app) == [words]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STRIPE_SECRET_KEY", "sk_live_" + "x" * 24),
        ("HOME", "https://shop.example/"),
        ("SQLALCHEMY_DATABASE_URI", "sqlite:///shop.db"),
        ("BROKEN", "http://[::1"),
    ],
)
def test_a_telling_name_and_a_plain_value_are_none(name: str, value: str) -> None:
    assert titles(RULE, make(**{name: value})) == []
