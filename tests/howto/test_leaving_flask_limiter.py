"""The page on leaving Flask-Limiter: the same numbers, at the same views."""

from __future__ import annotations

import pytest

from .pages import SIDES, Visitor, side


@pytest.fixture(params=SIDES)
def visitor(request: pytest.FixtureRequest) -> Visitor:
    return Visitor(side("leaving-flask-limiter", request.param)["app"])


def statuses(visitor: Visitor, path: str, count: int, peer: str = "203.0.113.9") -> list[int]:
    overrides = {"REMOTE_ADDR": peer}
    return [visitor.open(path, environ_overrides=overrides).status_code for _ in range(count)]


def test_the_default_limit_holds_for_each_view(visitor: Visitor) -> None:
    assert statuses(visitor, "/", 6) == [200] * 5 + [429]


def test_a_views_own_limit_replaces_it(visitor: Visitor) -> None:
    assert statuses(visitor, "/search", 3) == [200, 200, 429]


def test_a_view_without_limit_has_none(visitor: Visitor) -> None:
    assert statuses(visitor, "/health", 9) == [200] * 9


def test_each_client_is_counted_by_itself(visitor: Visitor) -> None:
    statuses(visitor, "/search", 3)
    assert statuses(visitor, "/search", 2, peer="198.51.100.4") == [200, 200]


def test_what_is_new_the_client_is_told_when_to_return() -> None:
    visitor = Visitor(side("leaving-flask-limiter", "After")["app"])
    statuses(visitor, "/search", 2)
    refused = visitor.open("/search")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert "RateLimit" in refused.headers
