"""The page on leaving Flask-SeaSurf: the same forms work, the same attack is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .pages import SIDES, Visitor, side


@pytest.fixture(params=SIDES)
def names(request: pytest.FixtureRequest) -> dict[str, Any]:
    return side("leaving-seasurf", request.param)


def test_the_sites_own_form_works(names: dict[str, Any]) -> None:
    visitor = Visitor(names["app"])
    token = re.search(r'name="(\w+)" value="([^"]+)"', visitor.open("/").text)
    data = {token[1]: token[2]} if token else {}
    assert visitor.open("/buy", "POST", data=data).text == "bought"
    assert names["bought"] == ["lamp"]


def test_another_sites_form_buys_nothing(names: dict[str, Any]) -> None:
    visitor = Visitor(names["app"])
    visitor.open("/")
    assert visitor.open("/buy", "POST", site="cross-site").status_code == 403
    assert names["bought"] == []


def test_the_hook_takes_posts_of_others(names: dict[str, Any]) -> None:
    assert Visitor(names["app"]).open("/hook", "POST", site="cross-site").text == "noted"
