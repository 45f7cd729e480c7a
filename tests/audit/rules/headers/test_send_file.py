"""Files that are only named, and files of visitors that caches keep."""

from __future__ import annotations

from flask import Flask, send_file

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from tests.audit.shorthand import titles
from tests.audit.support import make, of_app

NAMED = "headers.x-sendfile"
CACHED = "headers.cached-files"


def with_view(app: Flask) -> Flask:
    @app.get("/invoice")
    def invoice() -> object:
        return send_file("invoice.pdf")

    @app.get("/receipt")
    def receipt() -> object:
        response = send_file("receipt.pdf")
        response.cache_control.no_store = True
        return response

    return app


def test_files_that_are_only_named_are_found() -> None:
    assert titles(NAMED, make(USE_X_SENDFILE=True)) == ["low: USE_X_SENDFILE is on"]
    assert titles(NAMED, make()) == []


def test_a_default_age_counts_for_files_of_views() -> None:
    (match,) = of_app(CACHED, with_view(make(SEND_FILE_MAX_AGE_DEFAULT=3600))) or []
    assert isinstance(match, Match)
    assert (match.title, match.route) == ("caches may keep what invoice sends for 3600 seconds", "/invoice")


def test_garrison_leaves_what_the_answer_says_of_itself() -> None:
    app = with_view(make(SEND_FILE_MAX_AGE_DEFAULT=3600))
    Garrison(app)
    assert titles(CACHED, app) == ["low: caches may keep what invoice sends for 3600 seconds"]


def test_without_an_age_or_a_file_there_is_nothing() -> None:
    assert titles(CACHED, with_view(make())) == []
    assert titles(CACHED, make(SEND_FILE_MAX_AGE_DEFAULT=3600)) is None
