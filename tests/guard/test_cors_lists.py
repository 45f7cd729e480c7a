"""Only origins that were written out to Flask-CORS count as declared."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask
from flask_cors import CORS, cross_origin

from flask_garrison.guard.cors_lists import exact_origins

SHOP = "https://shop.example"
BLOG = "https://blog.example"


def logged(view: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a view as decorators of applications do."""

    @functools.wraps(view)
    def wrapper(*arguments: Any, **keywords: Any) -> Any:
        return view(*arguments, **keywords)

    return wrapper


@pytest.fixture
def app() -> Flask:
    """Give an app that shares nothing."""
    return Flask("api")


def test_nothing_without_flask_cors(app: Flask) -> None:
    app.after_request(lambda response: response)
    assert exact_origins(app) == frozenset()


def test_patterns_and_stars_are_left_out(app: Flask) -> None:
    CORS(app, origins=[SHOP, r"https://.*\.example", re.compile("x"), "null", "*"])
    assert exact_origins(app) == {SHOP}


@pytest.mark.parametrize("origins", ["*", r"https://.*", re.compile(SHOP), []])
def test_no_exact_origin_at_all(app: Flask, origins: Any) -> None:
    CORS(app, origins=origins)
    assert exact_origins(app) == frozenset()


def test_all_places_are_read(app: Flask) -> None:
    app.config["CORS_ORIGINS"] = "https://config.example"
    CORS(app, resources={"/a": {"origins": SHOP}, "/b": {"origins": [BLOG]}})
    view = logged(logged(cross_origin(origins=["https://view.example"])(lambda: "x")))
    app.add_url_rule("/x", "x", view)
    blueprint = Blueprint("v1", "v1")
    CORS(blueprint, origins={"https://blueprint.example"})
    app.register_blueprint(blueprint)
    names = {SHOP, BLOG, "https://config.example", "https://view.example", "https://blueprint.example"}
    assert exact_origins(app) == names


def test_a_view_that_wraps_itself_ends(app: Flask) -> None:
    def view() -> str:
        return "x"

    view.__wrapped__ = view  # type: ignore[attr-defined]
    app.add_url_rule("/x", "x", view)
    assert exact_origins(app) == frozenset()
