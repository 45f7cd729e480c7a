"""The page on leaving Flask-CORS: the same origin may do the same."""

from __future__ import annotations

import pytest

from .pages import SIDES, Visitor, side

DESK = {"Origin": "https://desk.example"}
PREFLIGHT = {"Access-Control-Request-Method": "DELETE", "Access-Control-Request-Headers": "x-trace"}


@pytest.fixture(params=SIDES)
def visitor(request: pytest.FixtureRequest) -> Visitor:
    return Visitor(side("leaving-flask-cors", request.param)["app"])


def test_the_declared_origin_reads_with_credentials(visitor: Visitor) -> None:
    answer = visitor.open("/orders", site="cross-site", headers=DESK)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://desk.example"
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert answer.headers["Access-Control-Expose-Headers"] == "X-Total"


def test_its_preflight_is_answered(visitor: Visitor) -> None:
    answer = visitor.open("/orders/7", "OPTIONS", site="cross-site", headers={**DESK, **PREFLIGHT})
    assert answer.status_code in (200, 204)
    assert "DELETE" in answer.headers["Access-Control-Allow-Methods"]
    assert answer.headers["Access-Control-Allow-Headers"].lower().find("x-trace") >= 0
    assert answer.headers["Access-Control-Max-Age"] == "600"


def test_it_acts(visitor: Visitor) -> None:
    answer = visitor.open("/orders/7", "DELETE", site="cross-site", headers=DESK)
    assert (answer.status_code, answer.json) == (200, {"cancelled": 7})


def test_another_origin_reads_nothing(visitor: Visitor) -> None:
    answer = visitor.open("/orders", site="cross-site", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_what_is_new_another_origin_cannot_act() -> None:
    visitor = Visitor(side("leaving-flask-cors", "After")["app"])
    assert visitor.open("/orders/7", "DELETE", site="cross-site").status_code == 403
