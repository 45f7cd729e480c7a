"""Views that take a path from the address."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, send_file, send_from_directory
from werkzeug.utils import safe_join

from flask_garrison.audit.rule import Match
from tests.audit.support import make, of_app

RULE = "inputs.path-to-file"


def sends(name: str) -> Any:
    return send_file(os.path.join("files", name))


def opens(name: str) -> str:
    with open("files/" + name, encoding="utf-8") as file:
        return file.read()


def careful(name: str) -> Any:
    return send_from_directory("files", name)


def joined(name: str) -> Any:
    return send_file(safe_join("files", name) or "missing")


def page(name: str) -> str:
    return f"page {len(name)}"


def with_route(view: Callable[..., Any], path: str = "/files/<path:name>") -> Flask:
    app = make()
    app.add_url_rule(path, "files", view)
    return app


@pytest.mark.parametrize(("view", "word"), [(sends, "send_file"), (opens, "open")])
def test_a_view_that_opens_what_the_address_says_is_found(view: Callable[..., Any], word: str) -> None:
    (match,) = of_app(RULE, with_route(view)) or []
    assert isinstance(match, Match)
    assert (match.title, match.route) == ("files opens files by a path from the address", "/files/<path:name>")
    assert match.path == __file__
    assert match.evidence[0].summary == f"files takes name from the address and uses {word}"


@pytest.mark.parametrize("view", [careful, joined, page])
def test_a_view_that_joins_safely_or_opens_nothing_is_none(view: Callable[..., Any]) -> None:
    assert of_app(RULE, with_route(view)) == []


def test_a_part_without_slashes_is_not_judged() -> None:
    app = Flask("shop", static_folder=None)
    app.add_url_rule("/files/<name>", "files", opens)
    assert of_app(RULE, app) is None


def test_flasks_own_static_view_is_none() -> None:
    assert of_app(RULE, make()) == []
