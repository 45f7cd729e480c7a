"""Debug mode, debuggers and testing mode are found where they would work for strangers."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.debug import DebuggedApplication

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from tests.audit.shorthand import titles
from tests.audit.support import make, of_app

DEBUG = "assessment.debug-mode"
MIDDLEWARE = "assessment.debugger-middleware"
PIN = "assessment.debugger-without-pin"
TESTING = "assessment.testing-mode"
OFF = {"WERKZEUG_DEBUG_PIN": "off"}


def test_debug_mode_is_found_with_its_source() -> None:
    assert titles(DEBUG, make(DEBUG=True)) == ["high: debug mode is on"]
    (match,) = of_app(DEBUG, make(DEBUG=True), environ={"FLASK_DEBUG": "1"}) or []
    assert isinstance(match, Match)
    assert [item.summary for item in match.evidence] == ["app.debug is True, set by FLASK_DEBUG"]
    assert titles(DEBUG, make()) == []


def test_garrison_keeps_strangers_out_of_debug_mode() -> None:
    app, shared = make(DEBUG=True), make(DEBUG=True)
    Garrison(app)
    Garrison(shared, allow_insecure_debug_from=["172.17.0.0/16"])
    assert titles(DEBUG, app) == []
    assert titles(DEBUG, shared) == ["medium: debug mode is on for 172.17.0.0/16"]


def debugged(**options: bool) -> Flask:
    app = make()
    app.wsgi_app = DebuggedApplication(app.wsgi_app, **options)  # type: ignore[method-assign]
    return app


@pytest.mark.parametrize(
    ("options", "environ", "words"),
    [
        ({"evalex": True}, {}, "high: a debugger runs code for whoever knows its PIN"),
        ({"evalex": True}, OFF, "critical: a debugger runs code for whoever asks, without a PIN"),
        ({"evalex": True, "pin_security": False}, {}, "critical: a debugger runs code for whoever asks, without a PIN"),
        ({}, {}, "medium: a debugger shows source and variables"),
    ],
)
def test_a_debugger_is_judged_by_what_it_gives(options: dict[str, bool], environ: dict[str, str], words: str) -> None:
    assert titles(MIDDLEWARE, debugged(**options), environ=environ) == [words]


def test_other_middleware_is_no_debugger() -> None:
    app = make()
    inner = app.wsgi_app
    app.wsgi_app = lambda *arguments: inner(*arguments)  # type: ignore[method-assign]
    assert titles(MIDDLEWARE, app) == []


def test_the_pin_is_off_for_a_debugger_that_may_come() -> None:
    assert titles(PIN, make(), environ=OFF) == ["low: WERKZEUG_DEBUG_PIN is off"]
    assert titles(PIN, make(DEBUG=True), environ=OFF) == ["high: WERKZEUG_DEBUG_PIN is off"]
    assert titles(PIN, make(), environ={"WERKZEUG_DEBUG_PIN": "123-456-789"}) == []
    assert titles(PIN, debugged(evalex=True), environ=OFF) == []


def test_testing_mode_is_found() -> None:
    assert titles(TESTING, make(TESTING=True)) == ["medium: testing mode is on"]
    assert titles(TESTING, make()) == []
