"""Errors that nobody hears of, and levels that tell too much, are found by what logging would do."""

from __future__ import annotations

import http.client
import logging
from collections.abc import Iterator

import pytest
from flask import Flask

from flask_garrison.audit.facts.log_handlers import hears
from flask_garrison.audit.inspected import Inspected
from tests.audit.shorthand import titles
from tests.audit.support import inspected, make

SILENT = "monitoring.silent-errors"
VERBOSE = "monitoring.debug-logging"


@pytest.fixture
def app() -> Iterator[Flask]:
    """Give an application whose logger reaches nothing that the test runner hung into the root."""
    app = make()
    app.name = "shop-of-log-levels"
    logger = logging.getLogger(app.name)
    yield app
    logger.handlers.clear()
    logger.setLevel(logging.NOTSET)
    logger.propagate = True


def alone(app: Flask, *handlers: logging.Handler, level: int = logging.NOTSET) -> Inspected:
    app.logger.handlers[:] = handlers
    app.logger.propagate = False
    app.logger.setLevel(level)
    return inspected(app)


def test_errors_that_are_written_are_none(app: Flask) -> None:
    assert titles(SILENT, app) == []


@pytest.mark.parametrize(
    ("handlers", "level"),
    [
        ([logging.NullHandler()], logging.INFO),
        ([logging.StreamHandler()], logging.CRITICAL),
    ],
)
def test_errors_that_go_nowhere_are_found(app: Flask, handlers: list[logging.Handler], level: int) -> None:
    alone(app, *handlers, level=level)
    assert titles(SILENT, app) == ["medium: errors are not logged: no handler takes them"]


def test_disabled_logging_is_found(app: Flask) -> None:
    logging.disable(logging.ERROR)
    try:
        assert titles(SILENT, app) == ["medium: errors are not logged: logging is disabled"]
    finally:
        logging.disable(logging.NOTSET)


def test_pythons_last_resort_hears_errors(app: Flask) -> None:
    assert hears(alone(app), logging.ERROR)
    assert not hears(alone(app), logging.INFO)


def test_debug_is_found_outside_debug_mode(app: Flask) -> None:
    alone(app, logging.StreamHandler(), level=logging.DEBUG)
    assert titles(VERBOSE, app) == ["low: the application's logger writes DEBUG"]
    app.config["DEBUG"] = True
    assert titles(VERBOSE, app) == []


def test_what_is_sent_and_received_is_found(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    alone(app, logging.StreamHandler(), level=logging.INFO)
    wire = logging.getLogger("urllib3")
    monkeypatch.setattr(wire, "level", logging.DEBUG)
    monkeypatch.setattr(wire, "handlers", [logging.StreamHandler()])
    wire.manager._clear_cache()  # type: ignore[attr-defined]
    monkeypatch.setattr(http.client.HTTPConnection, "debuglevel", 1)
    assert titles(VERBOSE, app) == [
        "low: urllib3 logs what it sends and receives",
        "medium: http.client prints headers and bodies",
    ]
    monkeypatch.undo()
    wire.manager._clear_cache()  # type: ignore[attr-defined]
    assert titles(VERBOSE, app) == []
