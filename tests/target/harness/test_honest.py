"""Honest applications work as they do outside."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.target.harness.support import run, said, tree, write

FACTORY = """
import os, sqlite3
from flask import Flask, current_app, g, render_template, request, send_file

def create_app():
    app = Flask(__name__, instance_relative_config=True)
    app.config.from_pyfile("settings.cfg")
    app.config.from_prefixed_env("SHOP")
    os.makedirs(app.instance_path, exist_ok=True)
    database = os.path.join(app.instance_path, app.config["DATABASE"])
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS visit (path TEXT)")

    @app.get("/")
    def start():
        with sqlite3.connect(database) as connection:
            connection.execute("INSERT INTO visit VALUES (?)", (request.path,))
            count = connection.execute("SELECT count(*) FROM visit").fetchone()[0]
        return render_template("start.html", count=count, title=app.config["TITLE"])

    @app.get("/upload")
    def upload():
        with open(os.path.join(app.instance_path, "report.txt"), "w") as file:
            file.write("report")
        return send_file(os.path.join(app.instance_path, "report.txt"))

    return app
"""


def test_config_instance_folder_templates_and_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "instance").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "static").mkdir()
    (tmp_path / "instance/settings.cfg").write_text("DATABASE = 'shop.db'\nTITLE = 'file'\n")
    (tmp_path / "templates/start.html").write_text("{{ title }}: {{ count }} visits")
    (tmp_path / "static/style.css").write_text("body {}")
    with sqlite3.connect(tmp_path / "instance/shop.db") as connection:
        connection.execute("CREATE TABLE visit (path TEXT)")
        connection.execute("INSERT INTO visit VALUES ('/')")
    connection.close()
    write(tmp_path, "", FACTORY)
    before = tree(tmp_path)
    monkeypatch.setenv("SHOP_TITLE", "Books")
    outcome = run(tmp_path, "", "/", "/", "/upload", "/static/style.css", "/none", head=FACTORY, name="shop:create_app")
    assert [answer[0] for answer in outcome.result["answers"]] == [200, 200, 200, 200, 404]
    assert [answer[1] for answer in outcome.result["answers"]][:4] == [
        "Books: 2 visits",
        "Books: 3 visits",
        "report",
        "body {}",
    ]
    assert tree(tmp_path) == before
    assert outcome.redirected == (str(tmp_path / "instance/report.txt"),)
    assert list(outcome.databases) == [str(tmp_path / "instance/shop.db")]
    assert outcome.refused == ()


def test_dotenv_and_application_found_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("dotenv")
    monkeypatch.delenv("FLASK_APP", raising=False)
    (tmp_path / ".env").write_text("FLASK_APP=shop:make\nSHOP_NAME=from-the-file\n")
    head = "import os\nfrom flask import Flask\ndef make():\n    return Flask(os.environ['SHOP_NAME'])\n"
    assert run(tmp_path, "", head=head, name=None).result["name"] == "from-the-file"  # type: ignore[arg-type]


def test_sessions_and_caches_on_the_file_system(tmp_path: Path) -> None:
    pytest.importorskip("flask_caching")
    (tmp_path / "cache").mkdir()
    outcome = run(
        tmp_path,
        """
        from flask_caching import Cache
        cache = Cache(app, config={"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": "cache"})
        calls = []
        @app.get("/")
        @cache.cached(timeout=60)
        def start():
            calls.append(1)
            return str(len(calls))
        @app.get("/clear")
        def clear():
            cache.clear()
            return "cleared"
        """,
        "/",
        "/",
        "/clear",
        "/",
    )
    assert [answer[1] for answer in outcome.result["answers"]] == ["1", "1", "cleared", "2"]
    assert list((tmp_path / "cache").iterdir()) == []


def test_gevent(tmp_path: Path) -> None:
    pytest.importorskip("gevent")
    head = """
from gevent import monkey
monkey.patch_all()
import gevent
from flask import Flask
app = Flask(__name__)
@app.get("/")
def start():
    with open("made.txt", "w") as file:
        file.write("in a greenlet")
    return gevent.spawn(lambda: open("made.txt").read()).get()
"""
    outcome = run(tmp_path, "", "/", head=head)
    assert outcome.result["answers"] == [[200, "in a greenlet"]]
    assert not (tmp_path / "made.txt").exists()


def test_module_of_the_application_that_is_named_like_one_of_python(tmp_path: Path) -> None:
    (tmp_path / "selectors.py").write_text("raise RuntimeError('imported before the guards')")
    (tmp_path / "click.py").write_text("raise RuntimeError('imported before the guards')")
    assert run(tmp_path, "").result["name"] == "shop"


def test_what_it_prints_while_it_is_loaded_and_asked_is_kept(tmp_path: Path) -> None:
    outcome = run(
        tmp_path, "print('loading', flush=True)\n@app.get('/')\ndef s():\n    print('ask')\n    return ''", "/"
    )
    assert said(outcome) == ["loading", "ask"]
