"""Log files that strangers fetch, neighbours read, or the disk cannot hold."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler, WatchedFileHandler
from pathlib import Path

import pytest
from flask import Flask

from tests.audit.shorthand import project, titles, written

PUBLIC = "monitoring.public-log-file"
READABLE = "monitoring.readable-log-file"
ENDLESS = "monitoring.endless-log-file"
ACCESS = "monitoring.no-access-log"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    (tmp_path / "static").mkdir()
    app = project(tmp_path)
    app.name = "shop-of-log-files"
    logger = logging.getLogger(app.name)
    logger.propagate = False
    yield app
    for handler in logger.handlers:
        handler.close()
    logger.handlers.clear()
    logger.propagate = True


def logging_to(app: Flask, handler: logging.Handler, mode: int = 0o640) -> Flask:
    app.logger.handlers[:] = [handler]
    if isinstance(handler, logging.FileHandler):
        Path(handler.baseFilename).chmod(mode)
    return app


def test_a_log_in_a_static_folder_is_found(app: Flask, tmp_path: Path) -> None:
    logging_to(app, logging.FileHandler(tmp_path / "static" / "app.log"))
    assert titles(PUBLIC, app) == ["high: app.log is served to everybody"]


def test_a_log_elsewhere_is_none(app: Flask, tmp_path: Path) -> None:
    logging_to(app, logging.FileHandler(tmp_path / "app.log"))
    assert titles(PUBLIC, app) == titles(READABLE, app) == []


def test_a_log_of_everybodys_is_found(app: Flask, tmp_path: Path) -> None:
    handler = logging.FileHandler(tmp_path / "app.log")
    assert titles(READABLE, logging_to(app, handler, 0o644)) == ["low: others can read app.log"]
    assert titles(READABLE, logging_to(app, handler, 0o666)) == ["medium: others can change app.log"]


def test_a_log_that_never_ends_is_found(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "app.log"
    assert titles(ENDLESS, logging_to(app, logging.FileHandler(file))) == ["info: app.log is never rotated"]
    assert titles(ENDLESS, logging_to(app, RotatingFileHandler(file))) == ["info: app.log is never rotated"]
    assert titles(ENDLESS, logging_to(app, RotatingFileHandler(file, maxBytes=1_000))) == []
    assert titles(ENDLESS, logging_to(app, WatchedFileHandler(file))) == []


@pytest.mark.parametrize("rule", [PUBLIC, READABLE, ENDLESS])
def test_without_a_file_there_is_nothing(app: Flask, rule: str) -> None:
    assert titles(rule, logging_to(app, logging.StreamHandler())) is None


def test_gunicorn_without_a_log_of_requests_is_mentioned(app: Flask, tmp_path: Path) -> None:
    assert titles(ACCESS, app, root=tmp_path, environ={}) is None
    written(tmp_path, gunicorn__conf__py="workers = 2\n")
    assert titles(ACCESS, app, root=tmp_path, environ={}) == ["info: accesslog is not set"]
    written(tmp_path, gunicorn__conf__py='accesslog = "-"\n')
    assert titles(ACCESS, app, root=tmp_path, environ={}) == []
