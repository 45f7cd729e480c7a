"""The pytest plugin, in little projects of its own that run in processes of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

CONFTEST = """
import pytest
from flask import Flask, session
from flask_garrison import Garrison

@pytest.fixture
def app():
    app = Flask("shop")
    app.config.update(TESTING=True, SECRET_KEY="6f1d8c0b2a94e7355d0e9bb1c47fa862")
    app.bought = []

    @app.post("/buy")
    def buy():
        app.bought.append(session.get("user"))
        return "bought"

    @app.get("/login")
    def login():
        session["user"] = "ada"
        return "welcome"

    Garrison(app, hosts=["shop.example"])
    return app
"""
TESTS = """
def test_user(app, garrison_user):
    assert garrison_user.get("/login").status_code == 200
    assert garrison_user.post("/buy").status_code == 200
    assert app.bought == ["ada"]

def test_attacker(app, garrison_user, garrison_attacker):
    garrison_user.get("/login")
    answer = garrison_attacker.post("/buy")
    assert answer.status_code == 403
    assert "Cookie" in answer.request.headers
    assert app.bought == []

def test_guarded(app, assert_guarded):
    assert_guarded(app, except_for=EXCEPT)
    assert app.bought == []
"""


def test_the_fixtures_do_what_they_say(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_shop.py").write_text(TESTS.replace("EXCEPT", "{}"))
    result = _pytest(tmp_path)
    assert "3 passed" in result.stdout, result.stdout


def test_a_control_that_observes_fails_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST.replace('["shop.example"]', '["shop.example"], mode="observe"'))
    (tmp_path / "test_shop.py").write_text(TESTS.replace("EXCEPT", "{}"))
    result = _pytest(tmp_path)
    assert "inputs.csrf: POST /buy: a request of https://evil.example reached the view" in result.stdout


def test_the_plugin_loads_nothing_until_it_is_used(tmp_path: Path) -> None:
    code = (
        "import sys, flask_garrison; before = set(sys.modules); import flask_garrison.testing.plugin;"
        "print(sorted(name for name in set(sys.modules) - before if name.startswith('flask')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['flask_garrison.testing', 'flask_garrison.testing.plugin']"


def _pytest(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:dash",
        "--rootdir",
        str(folder),
    ]
    return subprocess.run([*command, str(folder)], capture_output=True, text=True, cwd=folder, check=False)
