"""Which exception was raised, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

from flask_garrison.check.exceptions import raised, watched


def fail() -> None:
    raise KeyError("pepper-9")


def test_the_place_is_in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent)
    with pytest.raises(KeyError) as caught:
        fail()
    found = raised(caught.value)
    assert (found.kind, found.text) == ("KeyError", "KeyError: 'pepper-9'")
    assert found.place.startswith("test_exceptions.py:")


def test_the_place_is_where_the_project_called_a_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parent)
    with pytest.raises(ValueError, match="Expecting value") as caught:
        json.loads("")
    assert raised(caught.value).place.startswith("test_exceptions.py:")


def test_elsewhere_only_the_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(KeyError) as caught:
        fail()
    assert raised(caught.value).place.startswith("test_exceptions.py:")


def test_an_exception_that_cannot_be_written_has_a_name_at_least() -> None:
    class OddError(Exception):
        def __str__(self) -> str:
            raise RuntimeError

    found = raised(OddError())
    assert (found.text, found.place) == ("OddError", "an unknown place")


def test_only_what_the_application_does_not_handle_is_seen() -> None:
    app = Flask("shop")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.register_error_handler(ValueError, lambda error: ("handled", 400))
    app.add_url_rule("/handled", "handled", lambda: int("x"))
    app.add_url_rule("/not", "not", fail)
    with watched(app) as seen:
        app.test_client().get("/handled")
        assert seen == []
        app.test_client().get("/not")
    assert [one.kind for one in seen] == ["KeyError"]
