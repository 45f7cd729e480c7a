"""The page on leaving Flask-WTF's CSRFProtect: the same forms work, the same attacks are refused."""

from __future__ import annotations

import re
from typing import Any

import pytest

from .pages import SIDES, Visitor, side


@pytest.fixture(params=SIDES)
def names(request: pytest.FixtureRequest) -> dict[str, Any]:
    return side("leaving-flask-wtf-csrf", request.param)


def tokens(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(\w*csrf\w*)"[^>]* value="([^"]+)"', page))


def test_a_wtform_is_validated_and_accepted(names: dict[str, Any]) -> None:
    visitor = Visitor(names["app"])
    sent = tokens(visitor.open("/").text)
    assert visitor.open("/order", "POST", data={**sent, "item": "lamp"}).text == "ordered"
    assert names["orders"] == ["lamp"]
    assert visitor.open("/order", "POST", data={**sent, "item": ""}).status_code == 400


def test_a_plain_form_works(names: dict[str, Any]) -> None:
    visitor = Visitor(names["app"])
    assert visitor.open("/clear", "POST", data=tokens(visitor.open("/").text)).text == "cleared"


@pytest.mark.parametrize("path", ["/order", "/clear"])
def test_another_sites_form_changes_nothing(names: dict[str, Any], path: str) -> None:
    visitor = Visitor(names["app"])
    visitor.open("/")
    names["orders"].append("kept")
    assert visitor.open(path, "POST", site="cross-site", data={"item": "lamp"}).status_code in (400, 403)
    assert names["orders"] == ["kept"]


def test_the_hook_takes_posts_of_others(names: dict[str, Any]) -> None:
    assert Visitor(names["app"]).open("/hook", "POST", site="cross-site").text == "noted"
