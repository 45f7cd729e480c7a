"""Places in the application's own code."""

from __future__ import annotations

import json
import os
from typing import Any

import flask
import pytest

from flask_garrison.target.harness import where as module
from flask_garrison.target.harness.where import is_machinery, is_own, place, where


def test_own_code_is_what_neither_python_nor_a_package_brings() -> None:
    assert is_own(__file__)
    assert not is_own(json.__file__)
    assert not is_own(flask.__file__)
    assert not is_own(module.__file__)
    assert not is_own("<frozen importlib._bootstrap>")


def test_innermost_place_of_the_application_is_told() -> None:
    class Asking(json.JSONEncoder):
        def default(self, o: Any) -> str:
            return found(o)

    def found(_: Any) -> str:
        return where()

    text = json.dumps(object(), cls=Asking)
    assert text.endswith(' in found"')


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        ("/srv/shop/app.py", "app.py:3 in view"),
        ("/srv/other/app.py", "/srv/other/app.py:3 in view"),
        ("/usr/lib/python3.11/site-packages/urllib3/connection.py", "urllib3/connection.py:3 in view"),
    ],
)
def test_a_place_in_words(file: str, shown: str) -> None:
    assert place(file, 3, "view", "/srv/shop") == shown


def test_a_module_has_no_function() -> None:
    assert place("/srv/shop/app.py", 3, "<module>", "/srv/shop") == "app.py:3"


def test_loading_is_machinery_and_flask_is_not() -> None:
    assert is_machinery(os.path.join(os.path.dirname(flask.__file__), "cli.py"))
    assert not is_machinery(flask.__file__)
