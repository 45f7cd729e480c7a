"""The page on leaving Flask-Talisman: HTTPS, a policy with nonces, frames."""

from __future__ import annotations

import re

import pytest

from .pages import SIDES, Visitor, side

PLAIN = "http://shop.example"


@pytest.fixture(params=SIDES)
def visitor(request: pytest.FixtureRequest) -> Visitor:
    return Visitor(side("leaving-talisman", request.param)["app"])


def test_plain_http_is_redirected(visitor: Visitor) -> None:
    answer = visitor.client.get("/?page=2", base_url=PLAIN, environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert answer.status_code in (301, 302, 307, 308)
    assert answer.location == "https://shop.example/?page=2"


def test_the_probe_is_answered_over_plain_http(visitor: Visitor) -> None:
    answer = visitor.client.get("/health", base_url=PLAIN, environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert answer.text == "ok"


def test_https_is_remembered(visitor: Visitor) -> None:
    assert "max-age=" in visitor.open("/").headers["Strict-Transport-Security"]


def test_the_pages_script_carries_the_nonce_of_its_policy(visitor: Visitor) -> None:
    answer = visitor.open("/")
    nonce = re.search(r'nonce="([^"]+)"', answer.text)
    assert nonce
    policy = answer.headers["Content-Security-Policy"]
    assert f"'nonce-{nonce[1]}'" in policy
    assert "https://images.example" in policy


def test_what_is_new_the_partner_and_nobody_else_may_frame_the_widget() -> None:
    visitor = Visitor(side("leaving-talisman", "After")["app"])
    assert "frame-ancestors https://partner.example" in visitor.open("/widget").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in visitor.open("/").headers["Content-Security-Policy"]


def test_what_is_new_a_stranger_cannot_claim_https() -> None:
    visitor = Visitor(side("leaving-talisman", "After")["app"])
    claim = {"X-Forwarded-Proto": "https"}
    answer = visitor.client.get("/", base_url=PLAIN, headers=claim, environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert answer.status_code == 503
