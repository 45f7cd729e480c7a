"""Targets: what is typed becomes a path or an application, or an error in words."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.cli import ScriptInfo

from flask_garrison.errors import TargetError
from flask_garrison.target import load_app, resolve

SOURCE = """
from flask import Flask
print("noise")
app = Flask("one")
number = 3
def create_app(name="two"):
    return Flask(name)
def broken():
    raise ValueError("no database")
def debugging():
    app = Flask("debugging")
    app.debug = True
    return app
def text():
    return "text"
"""
_numbers = itertools.count()


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Write a module under a name of its own and go to its folder."""
    name = f"loading_target_{next(_numbers)}"
    (tmp_path / f"{name}.py").write_text(SOURCE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.delenv("FLASK_APP", raising=False)
    return name


def test_existing_path_is_a_path(tmp_path: Path) -> None:
    assert resolve(str(tmp_path)) == tmp_path


def test_name_with_a_colon_is_an_application() -> None:
    assert resolve("shop:create_app('x')") == "shop:create_app('x')"


@pytest.mark.parametrize("text", ["nowhere", "nowhere/", "/no/where"])
def test_anything_else_is_an_error_that_says_how_to_name_an_application(text: str) -> None:
    with pytest.raises(TargetError, match="module:app"):
        resolve(text)


@pytest.mark.parametrize(
    ("suffix", "name"), [("", "one"), (":app", "one"), (":create_app", "two"), (":create_app('three')", "three")]
)
def test_application_is_found_as_flask_finds_it(module: str, suffix: str, name: str) -> None:
    assert load_app(module + suffix).name == name


def test_flask_app_variable_is_read(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_APP", f"{module}:create_app")
    assert load_app().name == "two"


def test_what_flask_has_loaded_is_taken() -> None:
    app = Flask("loaded")
    assert load_app(None, ScriptInfo(create_app=lambda: app)) is app


def test_output_of_the_import_goes_to_standard_error(module: str, capsys: pytest.CaptureFixture[str]) -> None:
    load_app(module)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "noise\n"


def test_debug_flag_stays_as_the_code_set_it(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert load_app(f"{module}:create_app").debug is True
    monkeypatch.setenv("FLASK_DEBUG", "0")
    assert load_app(f"{module}:debugging").debug is True


@pytest.mark.parametrize(
    ("suffix", "words"),
    [
        (":number", "A valid Flask application was not obtained"),
        (":text", "A valid Flask application was not obtained"),
        (":missing", "Failed to find attribute"),
        (":create_app(1, 2)", "could not be called"),
        (":app.name", "Failed to parse"),
    ],
)
def test_no_application_is_an_error_in_words(module: str, suffix: str, words: str) -> None:
    with pytest.raises(TargetError, match=words):
        load_app(module + suffix)


def test_object_of_a_factory_in_script_info_must_be_an_application() -> None:
    with pytest.raises(TargetError, match="is no Flask application"):
        load_app(None, ScriptInfo(create_app=lambda: "text", set_debug_flag=False))  # type: ignore[arg-type,return-value]


def test_failing_factory_shows_its_own_traceback_and_no_other(module: str) -> None:
    with pytest.raises(TargetError) as caught:
        load_app(f"{module}:broken")
    text = str(caught.value)
    assert "ValueError: no database" in text
    assert f'{module}.py", line 9, in broken' in text
    assert text.count('File "') == 1


def test_import_of_something_missing_shows_where(tmp_path: Path, module: str) -> None:
    (tmp_path / "needs_more.py").write_text("import surely_not_installed\n")
    with pytest.raises(TargetError, match=r"needs_more\.py(?s:.*)No module named 'surely_not_installed'"):
        load_app("needs_more:app")


def test_syntax_error_shows_the_line(tmp_path: Path, module: str) -> None:
    (tmp_path / "no_python.py").write_text("def f(:\n")
    with pytest.raises(TargetError, match=r"no_python\.py\", line 1(?s:.*)SyntaxError"):
        load_app("no_python:app")


def test_module_that_ends_the_process_is_an_error(tmp_path: Path, module: str) -> None:
    (tmp_path / "leaves.py").write_text("raise SystemExit(0)\n")
    with pytest.raises(TargetError, match="it ended the process with status 0"):
        load_app("leaves:app")
