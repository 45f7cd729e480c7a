"""Tools of developers that are at work in what is deployed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.middleware.profiler import ProfilerMiddleware

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from tests.audit.support import KEY, make, of_app

TOOLBAR, REDIRECTS, PROFILER = "assessment.debug-toolbar", "assessment.debug-toolbar-redirects", "assessment.profiler"


def with_toolbar(*, debug: bool = False, **config: Any) -> Flask:
    toolbar = pytest.importorskip("flask_debugtoolbar", reason="Flask-DebugToolbar is not installed")
    app = make(**config)
    app.debug = debug
    toolbar.DebugToolbarExtension(app)
    app.add_url_rule("/", "page", lambda: "<!doctype html><body>page</body>")
    return app


def titles(rule: str, app: Flask) -> list[str] | None:
    found = of_app(rule, app)
    return None if found is None else [one.title for one in found if isinstance(one, Match)]


def test_a_toolbar_for_everybody_is_found_and_shows_the_key_setting() -> None:
    app = with_toolbar(DEBUG_TB_ENABLED=True)
    assert titles(TOOLBAR, app) == ["the debug toolbar is shown to everybody"]
    assert b"SECRET_KEY" in app.test_client().get("/").data
    (match,) = of_app(TOOLBAR, app) or []
    assert isinstance(match, Match) and KEY not in str(match)


def test_listed_addresses_and_no_toolbar_are_none() -> None:
    assert titles(TOOLBAR, with_toolbar(DEBUG_TB_ENABLED=True, DEBUG_TB_HOSTS=("127.0.0.1",))) == []
    assert titles(TOOLBAR, with_toolbar()) is None
    assert titles(TOOLBAR, make()) is None


def test_in_debug_mode_garrison_answers_the_own_machine_only() -> None:
    app = with_toolbar(debug=True)
    assert len(titles(TOOLBAR, app) or []) == 1
    Garrison(app, hosts=["shop.example"])
    assert titles(TOOLBAR, app) == []


def test_outside_debug_mode_garrison_does_not_help() -> None:
    app = with_toolbar(DEBUG_TB_ENABLED=True)
    Garrison(app, hosts=["shop.example"])
    assert len(titles(TOOLBAR, app) or []) == 1


def test_redirects_that_become_pages_are_found() -> None:
    assert titles(REDIRECTS, with_toolbar(DEBUG_TB_ENABLED=True)) == ["DEBUG_TB_INTERCEPT_REDIRECTS is on"]
    assert titles(REDIRECTS, with_toolbar(DEBUG_TB_ENABLED=True, DEBUG_TB_INTERCEPT_REDIRECTS=False)) == []


def test_a_profiler_is_found(tmp_path: Path) -> None:
    app = make()
    assert titles(PROFILER, app) == []
    app.wsgi_app = ProfilerMiddleware(app.wsgi_app)  # type: ignore[method-assign]
    assert titles(PROFILER, app) == ["ProfilerMiddleware profiles every request"]
    app = make()
    app.wsgi_app = ProfilerMiddleware(app.wsgi_app, profile_dir=str(tmp_path))  # type: ignore[method-assign]
    assert titles(PROFILER, app) == ["ProfilerMiddleware writes profiles of every request"]
