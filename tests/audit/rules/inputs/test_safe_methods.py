"""Addresses that change something when they are opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, render_template

from flask_garrison.audit.rule import Match
from flask_garrison.findings import Confidence, Severity
from tests.audit.support import make, of_app

RULE = "inputs.changes-by-get"
STORE: Any = None


def deletes(**_: Any) -> str:
    STORE.commit()
    return "gone"


def says(**_: Any) -> str:
    return "gone"


def asks(**_: Any) -> str:
    return render_template("sure.html")


def with_route(
    path: str, view: Callable[..., Any], endpoint: str = "one", methods: tuple[str, ...] = ("GET",)
) -> Flask:
    app = make()
    app.add_url_rule(path, endpoint, view, methods=list(methods))
    return app


@pytest.mark.parametrize(
    ("path", "endpoint", "verb"),
    [
        ("/notes/<int:number>/delete", "one", "delete"),
        ("/remove-user/<name>", "one", "remove"),
        ("/users/<name>", "ban_user", "ban"),
    ],
)
def test_a_change_by_get_is_found(path: str, endpoint: str, verb: str) -> None:
    (match,) = of_app(RULE, with_route(path, deletes, endpoint)) or []
    assert isinstance(match, Match)
    assert (match.title, match.severity) == (f"{endpoint} is opened by GET and says {verb}", None)
    assert match.evidence[0].summary == f"GET {path} says {verb} and its view calls commit"


def test_a_word_alone_is_a_guess() -> None:
    (match,) = of_app(RULE, with_route("/cache/purge", says)) or []
    assert isinstance(match, Match)
    assert (match.severity, match.confidence) == (Severity.LOW, Confidence.LOW)


def test_a_page_that_asks_first_is_none() -> None:
    assert of_app(RULE, with_route("/notes/delete", asks)) == []


def test_a_form_that_posts_to_the_same_address_is_none() -> None:
    assert of_app(RULE, with_route("/notes/delete", deletes, methods=("GET", "POST"))) == []
    app = with_route("/notes/delete", deletes)
    app.add_url_rule("/notes/delete", "sure", deletes, methods=["POST"])
    assert of_app(RULE, app) == []


@pytest.mark.parametrize("path", ["/deleted", "/undeletable/<name>", "/archive/2026", "/leave/<token>/remove", "/"])
def test_other_words_and_links_with_a_token_are_none(path: str) -> None:
    assert of_app(RULE, with_route(path, deletes)) == []


def test_post_is_none() -> None:
    assert of_app(RULE, with_route("/notes/delete", deletes, methods=("POST",))) == []
