"""Origins of addresses and of requests."""

from __future__ import annotations

import pytest

from flask_garrison.audit.answers.sharing import asked_from, own_origin
from tests.audit.answers.support import answer


@pytest.mark.parametrize(
    ("base", "origin"),
    [
        ("https://shop.example", "https://shop.example"),
        ("https://SHOP.example:443", "https://shop.example"),
        ("http://shop.example:80", "http://shop.example"),
        ("https://shop.example:8443", "https://shop.example:8443"),
    ],
)
def test_the_origin_of_an_address(base: str, origin: str) -> None:
    assert own_origin(answer("/a?b=c", base=base)) == origin


@pytest.mark.parametrize(
    ("sent", "foreign"),
    [
        ({}, ""),
        ({"Origin": "https://shop.example"}, ""),
        ({"Origin": "https://SHOP.example"}, ""),
        ({"Origin": "null"}, "null"),
        ({"Origin": "http://shop.example"}, "http://shop.example"),
    ],
)
def test_the_foreign_origin_of_a_request(sent: dict[str, str], foreign: str) -> None:
    assert asked_from(answer("/", sent=sent)) == foreign
