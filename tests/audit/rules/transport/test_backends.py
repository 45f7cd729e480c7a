"""Brokers, caches and stores in the clear or without a password; private networks are only mentioned."""

from __future__ import annotations

from typing import Any

import pytest
from celery import Celery
from flask import Flask

from flask_garrison.audit.rule import Match
from tests.audit.shorthand import titles
from tests.audit.support import make, of_app

PLAIN = "transport.plain-backend"
OPEN = "transport.backend-without-password"


@pytest.mark.parametrize(
    ("config", "plain", "without"),
    [
        (
            {"CACHE_REDIS_URL": "redis://cache.example.com/0"},
            ["medium: CACHE_REDIS_URL reaches cache.example.com by redis:// instead of rediss://"],
            ["medium: CACHE_REDIS_URL reaches cache.example.com without a password"],
        ),
        (
            {"RATELIMIT_STORAGE_URI": "redis://redis:6379"},
            ["info: RATELIMIT_STORAGE_URI reaches redis by redis:// instead of rediss://"],
            ["info: RATELIMIT_STORAGE_URI reaches redis without a password"],
        ),
        (
            {"STORES": {"users": "ldap://10.0.0.7/"}},
            ["info: STORES['users'] reaches 10.0.0.7 by ldap:// instead of ldaps://"],
            [],
        ),
        ({"REDIS_URL": "rediss://:hunter2@cache.example.com/0"}, [], []),
        ({"REDIS_URL": "rediss://cache.example.com/0", "REDIS_PASSWORD": "hunter2"}, [], []),
        ({"REDIS_URL": "redis://localhost:6379/0"}, None, None),
        ({"HOME": "https://shop.example"}, None, None),
        ({"BROKEN": "redis://[::1"}, None, None),
    ],
)
def test_each_address_has_its_words(config: dict[str, Any], plain: list[str] | None, without: list[str] | None) -> None:
    assert titles(PLAIN, make(**config)) == plain
    assert titles(OPEN, make(**config)) == without


def test_no_password_is_shown() -> None:
    found = of_app(PLAIN, make(REDIS_URL="redis://shop:hunter2@cache.example.com/0")) or []
    assert [isinstance(one, Match) for one in found] == [True]
    assert "hunter2" not in str(found)


def queued(url: str, **settings: Any) -> Flask:
    app = make(CELERY={"broker_url": url})
    celery = Celery("shop", set_as_current=False)
    celery.conf.update({**app.config["CELERY"], **settings})
    app.extensions["celery"] = celery
    return app


def test_celerys_own_configuration_counts_once() -> None:
    app = queued("redis://:hunter2@queue.example.com/0")
    words = ["medium: broker_url of Celery reaches queue.example.com by redis:// instead of rediss://"]
    assert titles(PLAIN, app) == words
    assert titles(OPEN, app) == []


def test_celery_can_be_told_of_tls_apart() -> None:
    assert (
        titles(PLAIN, queued("redis://:hunter2@queue.example.com/0", broker_use_ssl={"ssl_cert_reqs": "required"}))
        == []
    )
