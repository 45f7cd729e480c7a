"""Links outside a request are judged by the scheme that Flask would give them."""

from __future__ import annotations

from tests.audit.shorthand import titles
from tests.audit.support import make

RULE = "transport.plain-links"


def test_links_in_the_clear_are_found() -> None:
    assert titles(RULE, make(SERVER_NAME="shop.example")) == ["low: PREFERRED_URL_SCHEME is http"]
    assert titles(RULE, make(SERVER_NAME="shop.example", PREFERRED_URL_SCHEME="https")) == []


def test_without_a_public_name_no_links_are_made() -> None:
    for name in (None, "localhost:5000", "shop.localhost"):
        assert titles(RULE, make(SERVER_NAME=name)) is None
