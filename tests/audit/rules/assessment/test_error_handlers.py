"""Error handlers that show what they should log, and those that keep it to themselves."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, current_app
from werkzeug.exceptions import HTTPException, InternalServerError, NotFound

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from tests.audit.support import make, of_app

TRACE, SILENT = "assessment.error-handler-shows-trace", "monitoring.silent-error-handler"


def shows(error: Exception) -> tuple[str, int]:
    return traceback.format_exc(), 500


def logs_trace(error: Exception) -> tuple[str, int]:
    current_app.logger.error(traceback.format_exc())
    return "failed", 500


def keeps_quiet(error: Exception) -> tuple[str, int]:
    return "failed", 500


def passes_on(error: Exception) -> Any:
    if isinstance(error, HTTPException):
        return error
    raise error


def with_handler(kind: Any, handler: Callable[..., Any]) -> Flask:
    app = make()
    app.register_error_handler(kind, handler)
    return app


def said(rule: str, app: Flask) -> list[tuple[str, str | None]] | None:
    found = of_app(rule, app)
    return None if found is None else [(one.title, one.path) for one in found if isinstance(one, Match)]


@pytest.mark.parametrize("kind", [Exception, InternalServerError, 500])
def test_a_handler_that_shows_the_traceback_is_found(kind: Any) -> None:
    name = "Exception" if kind is Exception else "InternalServerError"
    assert said(TRACE, with_handler(kind, shows)) == [(f"the handler for {name} shows a traceback", __file__)]


def test_a_handler_that_logs_it_is_none() -> None:
    assert said(TRACE, with_handler(Exception, logs_trace)) == []
    assert said(TRACE, with_handler(Exception, keeps_quiet)) == []


def test_garrison_looks_at_error_pages_itself() -> None:
    app = with_handler(Exception, shows)
    Garrison(app, hosts=["shop.example"])
    assert said(TRACE, app) == []


def test_a_handler_that_logs_nothing_is_found() -> None:
    app = with_handler(Exception, keeps_quiet)
    assert said(SILENT, app) == [("the handler for Exception logs nothing", __file__)]


@pytest.mark.parametrize("handler", [logs_trace, passes_on])
def test_a_handler_that_logs_or_raises_is_none(handler: Callable[..., Any]) -> None:
    assert said(SILENT, with_handler(Exception, handler)) == []


def test_handlers_that_run_after_flask_has_logged_are_not_judged() -> None:
    assert said(SILENT, with_handler(500, keeps_quiet)) is None
    assert said(SILENT, with_handler(NotFound, keeps_quiet)) is None
    assert said(TRACE, make()) is None
