"""What an expression is where the environment says nothing."""

from __future__ import annotations

import ast

import pytest

from flask_garrison.audit.code.unset import is_on_by_default
from tests.audit.code.support import findings_in


def on(code: str) -> bool:
    tree = ast.parse(code)
    return is_on_by_default(tree.body[-1], tree)


@pytest.mark.parametrize(
    "expression",
    [
        'os.environ.get("DEBUG", "1") == "1"',
        'os.environ.get("DEBUG", True)',
        'os.getenv("DEBUG", "True").lower() in ("1", "true")',
        'bool(int(os.environ.get("DEBUG", default="1")))',
        'not os.environ.get("PRODUCTION")',
        'os.environ.get("MODE", "development") != "production"',
    ],
)
def test_on_where_nothing_is_set(expression: str) -> None:
    assert on(f"x = {expression}")


@pytest.mark.parametrize(
    "expression",
    [
        "True",
        'os.environ.get("DEBUG")',
        'os.environ.get("DEBUG", "0") == "1"',
        'os.environ["DEBUG"] == "1"',
        'os.environ.get("DEBUG", other()) == "1"',
        'os.getenv("DEBUG", "false").lower() == "true"',
        'int(os.getenv("DEBUG", "no"))',
    ],
)
def test_off_or_not_known(expression: str) -> None:
    assert not on(f"x = {expression}")


def test_a_name_that_the_file_gives_once() -> None:
    assert on('MODE = os.environ.get("MODE", "dev")\nx = MODE == "dev"')
    assert not on('MODE = os.environ.get("MODE", "dev")\nMODE = "live"\nx = MODE == "dev"')


APP = """\
import os
from flask import Flask
app = Flask(__name__)
{line}
"""


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('app.run(debug=os.environ.get("DEBUG", "1") == "1")', "the server is started with the debugger"),
        ('app.config["DEBUG"] = os.environ.get("DEBUG", "1") == "1"', "DEBUG is on"),
        ('app.debug = not os.environ.get("LIVE")', "DEBUG is on"),
    ],
)
def test_debug_mode_that_has_to_be_switched_off(line: str, title: str) -> None:
    found = findings_in(APP.format(line=line), "assessment.debug-in-code")
    assert found == [(4, f"{title} where the environment says nothing")]


def test_debug_mode_that_has_to_be_switched_on() -> None:
    line = 'app.run(debug=os.environ.get("DEBUG") == "1")'
    assert findings_in(APP.format(line=line), "assessment.debug-in-code") == []
