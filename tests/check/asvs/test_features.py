"""Which features an application surely has not: projects on disk, loaded as they would be."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import DictLoader

from flask_garrison.audit.inspected import Inspected
from flask_garrison.check.asvs import features_of, texts
from flask_garrison.check.asvs.known import FEATURES

Make = Callable[..., dict[str, str]]

BARE = """
from flask import Flask

app = Flask(__name__)

@app.get("/")
def index():
    return "hello"
"""


@pytest.fixture
def features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    """Write a project, load it, and return its features; libraries that this process has loaded are out of sight."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = set(sys.modules)
    names = {name for name in sys.modules if name.partition(".")[0] in ("flask", "werkzeug", "jinja2")}

    def make(files: dict[str, str], change: Callable[[Flask], None] = lambda app: None) -> dict[str, str]:
        for name, content in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
        importlib.invalidate_caches()
        app = importlib.import_module("shopfront").app
        change(app)
        own = {name: module for name, module in sys.modules.items() if name in names or name not in before}
        with monkeypatch.context() as patched:
            patched.setattr(sys, "modules", {**own, "builtins": sys.modules["builtins"]})
            return features_of(Inspected(app, tmp_path, os.environ))

    yield make
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in ("shopfront", "toolbox", "later", "parts"):
            del sys.modules[name]


def test_a_page_without_anything(features: Make) -> None:
    assert features({"shopfront.py": BARE}) == {}


def test_code_names_a_feature(features: Make) -> None:
    found = features({"shopfront.py": BARE + "\nSERVER = 'ldap://directory.example'\n"})
    assert found["ldap"] == "'ldap' in shopfront.py, line 10"
    assert "graphql" not in found


def test_code_that_a_function_imports_later_counts(features: Make) -> None:
    later = BARE.replace('return "hello"', "import toolbox\n    return toolbox.hello()")
    found = features({"shopfront.py": later, "toolbox.py": "import zipfile\n", "unrelated.py": "import graphene\n"})
    assert found == {"archives": "'zipfile' in toolbox.py, line 1"}


def test_the_whole_package_counts_but_not_its_tests(features: Make) -> None:
    files = {"shopfront/__init__.py": BARE, "shopfront/deep/unused.py": "# graphql\n", "shopfront/tests/t.py": "ldap"}
    assert features(files) == {"graphql": "'graphql' in shopfront/deep/unused.py, line 1"}


def test_a_package_without_init_that_is_imported_later_counts(features: Make) -> None:
    later = BARE.replace('return "hello"', "from parts import socket_part\n    return ''")
    found = features({"shopfront.py": later, "parts/socket_part.py": "import flask_sock\n"})
    assert "websocket" in found


def test_templates_and_scripts_count(features: Make) -> None:
    files = {
        "shopfront.py": BARE,
        "templates/form.html": '<form><input type="file" name="picture"></form>',
        "static/talk.js": "const socket = new WebSocket(address)",
        "static/big.png": "ldap",
    }
    found = features(files)
    assert found["uploads"] == "'type=\"file' in templates/form.html, line 1"
    assert found["websocket"] == "'new WebSocket' in static/talk.js, line 1"
    assert "ldap" not in found


def test_a_route_counts(features: Make) -> None:
    def add(app: Flask) -> None:
        app.add_url_rule("/graphql", "query", app.view_functions["index"])

    assert features({"shopfront.py": BARE}, add) == {"graphql": "the route /graphql"}


def test_a_library_counts(features: Make, tmp_path: Path) -> None:
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages" / "ldap3.py").write_text("")
    sys.path.insert(0, str(tmp_path / "site-packages"))
    try:
        found = features({"shopfront.py": BARE.replace("from flask", "__import__('ld' + 'ap3')\nfrom flask", 1)})
    finally:
        sys.path.remove(str(tmp_path / "site-packages"))
        sys.modules.pop("ldap3", None)
    assert found["ldap"] == "the library ldap3 is loaded"


def test_native_code_counts(features: Make) -> None:
    found = features({"shopfront/__init__.py": BARE, "shopfront/fast.pyx": "cdef int add(int a, int b): return a + b"})
    assert found == {"native-code": "'(compiled)' in shopfront/fast.pyx, line 1"}


def test_the_word_author_is_no_login(features: Make) -> None:
    assert features({"shopfront.py": BARE + "\nAUTHOR = 'Ada'\nAGENT = 'User-Agent'\n"}) == {}


@pytest.mark.parametrize("word", ["login", "password", "session", "current_user", "jwt", "is_admin", "REMOTE_USER"])
def test_words_of_a_login(features: Make, word: str) -> None:
    assert "login" in features({"shopfront.py": f"{BARE}\n# {word}\n"})


def test_code_that_is_not_there_leaves_everything_open(features: Make) -> None:
    def add(app: Flask) -> None:
        view = eval(compile("lambda: ''", "/nowhere/hidden.py", "eval"))  # noqa: S307
        app.add_url_rule("/hidden", "hidden", view)

    found = features({"shopfront.py": BARE}, add)
    assert set(found) == set(FEATURES)
    assert set(found.values()) == {"the code of the route /hidden was not found"}


def test_templates_that_are_no_files_leave_everything_open(features: Make) -> None:
    def change(app: Flask) -> None:
        app.jinja_loader = DictLoader({})  # type: ignore[misc]

    found = features({"shopfront.py": BARE}, change)
    assert set(found.values()) == {"templates come through DictLoader, which was not read"}


def test_an_application_that_is_too_big_leaves_everything_open(features: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_BYTES", 10)
    found = features({"shopfront.py": BARE})
    assert set(found) == set(FEATURES)
    assert set(found.values()) == {"the application is too big to be read for it"}
