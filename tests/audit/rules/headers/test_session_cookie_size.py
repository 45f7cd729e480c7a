"""A raised limit on cookies hides sessions that browsers drop."""

from __future__ import annotations

import pytest
from flask import Flask, session

from tests.audit.shorthand import titles
from tests.audit.support import make

RULE = "headers.cookie-size-unnoticed"
USED = session


def test_a_raised_limit_is_found() -> None:
    assert titles(RULE, make(MAX_COOKIE_SIZE=0)) == ["info: no cookie is too large for a warning"]
    assert titles(RULE, make(MAX_COOKIE_SIZE=9000)) == ["info: cookies up to 9000 bytes give no warning"]


@pytest.mark.without_secret_key
def test_flasks_limit_is_none() -> None:
    assert titles(RULE, make()) == []
    assert titles(RULE, Flask("shop")) is None
