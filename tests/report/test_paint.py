"""Colour: only on a terminal that can, and never against the user's wish."""

from __future__ import annotations

import sys

import pytest

from flask_garrison.report.paint import Paint, colour_wanted


@pytest.mark.parametrize(
    ("terminal", "variables", "wanted"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colour_wanted(
    terminal: bool, variables: dict[str, str], wanted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal, raising=False)
    assert colour_wanted() is wanted


def test_no_paint_changes_nothing() -> None:
    paint = Paint(on=False)
    assert paint.bold("x") + paint.dim("y") + paint.colour("z", "red") == "xyz"


def test_paint_adds_escapes() -> None:
    assert Paint(on=True).bold("x") == "\x1b[1mx\x1b[0m"
