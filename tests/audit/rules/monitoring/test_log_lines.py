"""Entries are formatted to see whether a visitor can begin a line, and which time they tell."""

from __future__ import annotations

import io
import json
import logging
import time
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.audit.shorthand import titles
from tests.audit.support import make

INJECTION = "monitoring.log-injection"
ZONE = "monitoring.log-time-zone"
USUAL = "[%(asctime)s] %(levelname)s in %(module)s: %(message)s"


class OneLine(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:
        return super().formatMessage(record).replace("\n", "\\n")


class AsJson(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return json.dumps({"message": record.getMessage(), "time": record.created})


@pytest.fixture
def app() -> Iterator[Flask]:
    app = make()
    app.name = "shop-of-log-lines"
    logger = logging.getLogger(app.name)
    logger.propagate = False
    yield app
    logger.handlers.clear()
    logger.propagate = True


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def writing(app: Flask, formatter: logging.Formatter | None) -> io.StringIO:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    app.logger.handlers[:] = [handler]
    return stream


def test_a_line_break_in_a_value_is_found_and_nothing_is_written(app: Flask) -> None:
    stream = writing(app, logging.Formatter(USUAL))
    assert titles(INJECTION, app) == ["low: StreamHandler writes a line break in a value as it is"]
    assert stream.getvalue() == ""


@pytest.mark.parametrize("formatter", [OneLine(USUAL), AsJson()])
def test_an_escaped_line_break_is_none(app: Flask, formatter: logging.Formatter) -> None:
    writing(app, formatter)
    assert titles(INJECTION, app) == []


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize(
    ("form", "dates", "converter", "words"),
    [
        (USUAL, None, None, ["info: StreamHandler writes local time without its offset"]),
        (USUAL, "%Y-%m-%dT%H:%M:%S%z", None, []),
        (USUAL, "%H:%M:%S %Z", None, []),
        (USUAL, None, time.gmtime, []),
        ("%(levelname)s %(message)s", None, None, []),
    ],
)
def test_a_time_tells_its_zone(app: Flask, form: str, dates: str | None, converter: object, words: list[str]) -> None:
    formatter = logging.Formatter(form, dates)
    if converter is not None:
        formatter.converter = converter  # type: ignore[assignment]
    writing(app, formatter)
    assert titles(ZONE, app) == words


def test_a_machine_that_has_utc_writes_utc(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    writing(app, logging.Formatter(USUAL))
    assert titles(ZONE, app) == []
    monkeypatch.undo()
    time.tzset()


def test_what_writes_no_lines_is_not_asked(app: Flask) -> None:
    app.logger.handlers[:] = [logging.NullHandler(level=logging.NOTSET)]
    assert titles(INJECTION, app) is titles(ZONE, app) is None
