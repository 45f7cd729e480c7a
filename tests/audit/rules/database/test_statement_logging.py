"""Statements in the log, and in memory."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from tests.audit.answers.support import shown
from tests.audit.support import make, of_app

LOGGED, RECORDED = "database.statements-logged", "database.queries-recorded"
NAME = "app.config['ENGINE']"


def shop(**options: Any) -> Flask:
    app = make()
    app.config["ENGINE"] = sqlalchemy.create_engine("sqlite://", **options)
    return app


@pytest.fixture
def engine_logger() -> Iterator[logging.Logger]:
    logger = logging.getLogger("sqlalchemy.engine")
    level = logger.level
    yield logger
    logger.setLevel(level)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, []),
        ({"hide_parameters": True}, []),
        ({"echo": True}, [("-", f"{NAME} logs statements with their values (echo=True)")]),
        ({"echo": True, "hide_parameters": True}, [("low", f"{NAME} logs statements (echo=True)")]),
        (
            {"echo": "debug", "hide_parameters": True},
            [("-", f"{NAME} logs statements, and the rows that come back, (echo='debug')")],
        ),
    ],
)
def test_echo(options: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert shown(of_app(LOGGED, shop(**options))) == expected


def test_the_level_of_the_logger_counts_as_much(engine_logger: logging.Logger) -> None:
    engine_logger.setLevel(logging.INFO)
    expected = [("-", f"{NAME} logs statements with their values (the logger sqlalchemy.engine)")]
    assert shown(of_app(LOGGED, shop())) == expected


def test_recorded_queries() -> None:
    app = make(SQLALCHEMY_DATABASE_URI="sqlite://", SQLALCHEMY_RECORD_QUERIES=True)
    SQLAlchemy(app)
    assert shown(of_app(RECORDED, app)) == [("-", "SQLALCHEMY_DATABASE_URI records every query")]
    app.debug = True
    assert of_app(RECORDED, app) == []
    app = make(SQLALCHEMY_DATABASE_URI="sqlite://")
    SQLAlchemy(app)
    assert of_app(RECORDED, app) == of_app(LOGGED, app) == []
    assert of_app(RECORDED, make()) is None
