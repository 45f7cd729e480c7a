"""Pages that Jinja did not compile, in a real Chromium: a Vite build, hand-written files, uploads, a Dash app."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from dash import Dash, Input, Output, dcc, html
from flask import Flask, Response, send_from_directory

from flask_garrison import Garrison, csp_nonce
from tests.support.browser import console
from tests.support.process import free_port, running
from tests.support.server import Site

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

Serve = Callable[..., Site]
RAN = "<!doctype html><title>page</title><script>document.title = 'ran'</script>"
SOURCES = {
    "package.json": "{}",
    "index.html": """<!doctype html><title>spa</title>
<script>window.early = 'inline'</script><script type="module" src="/src/main.js"></script><p id="app"></p>""",
    "src/main.js": """import './style.css'
import('./lazy.js').then(lazy => { document.querySelector('#app').textContent = `${window.early} ${lazy.word}` })""",
    "src/lazy.js": "export const word = 'lazy'",
    "src/style.css": "#app { color: rgb(1, 2, 3) }",
}
DONE = "#app:text-is('inline lazy')"
COLOUR = "getComputedStyle(document.querySelector('#app')).color"


def violation(message: ConsoleMessage) -> bool:
    return "Content Security Policy" in message.text


def write(path: Path, text: str = RAN) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.fixture(scope="module")
def built(node: str, node_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the single-page application with Vite and return the folder of what it made."""
    folder = tmp_path_factory.mktemp("vite")
    for name, text in SOURCES.items():
        write(folder / name, text)
    (folder / "node_modules").symlink_to(node_modules)
    argv = [node, str(node_modules / "vite/bin/vite.js"), "build", "--base=/static/"]
    subprocess.run(argv, cwd=folder, check=True, capture_output=True)
    return folder / "dist"


def spa(built: Path) -> Flask:
    """Serve the build as frameworks advise: files as static files, and the page at every other path."""
    app = Flask("spa", static_folder=built, static_url_path="/static")
    app.add_url_rule("/", "page", lambda path="": app.send_static_file("index.html"))
    app.add_url_rule("/<path:path>", "page")
    app.add_url_rule("/sent", "sent", lambda: send_from_directory(built, "index.html"))
    Garrison(app)
    return app


def test_a_vite_application_runs(page: Page, serve: Serve, built: Path) -> None:
    lines = console(page)
    site = serve(spa(built))
    for path in ("/", "/orders/7", "/sent", "/static/index.html"):
        page.goto(site + path)
        page.wait_for_selector(DONE)
        assert page.evaluate(COLOUR) == "rgb(1, 2, 3)"
    assert [line for line in lines if "Content Security Policy" in line] == []


SERVED = """
from flask import Flask, send_from_directory
from flask_garrison import Garrison, csp_nonce

app = Flask("spa", static_folder={built!r}, static_url_path="/static")
app.secret_key = "a key for tests only, long enough to sign with"
app.add_url_rule("/", "page", lambda: send_from_directory({built!r}, "index.html"))
Garrison(app)
"""
SERVERS = {
    "gunicorn": ["-m", "gunicorn", "--bind", "127.0.0.1:{port}", "served:app"],
    "gunicorn-threads": ["-m", "gunicorn", "--threads", "2", "--bind", "127.0.0.1:{port}", "served:app"],
    "gunicorn-gevent": ["-m", "gunicorn", "--worker-class", "gevent", "--bind", "127.0.0.1:{port}", "served:app"],
    "waitress": ["-m", "waitress", "--listen=127.0.0.1:{port}", "served:app"],
}


@pytest.mark.parametrize("command", SERVERS.values(), ids=SERVERS.keys())
def test_it_runs_whoever_serves_it(page: Page, built: Path, tmp_path: Path, command: list[str]) -> None:
    """Servers wrap files in objects of their own."""
    write(tmp_path / "served.py", SERVED.format(built=str(built)))
    port = free_port()
    argv = [sys.executable, *(word.format(port=port) for word in command)]
    with running(argv, port=port, log=tmp_path / "log", cwd=tmp_path):
        page.goto(f"http://127.0.0.1:{port}/")
        page.wait_for_selector(DONE)


@pytest.mark.parametrize("guarded", [False, True], ids=["bare", "guarded"])
def test_an_uploaded_page_runs_nothing(page: Page, serve: Serve, tmp_path: Path, guarded: bool) -> None:
    """Wherever an application may keep uploads; the developers' page beside them runs."""
    app = Flask("shop", root_path=str(tmp_path / "app"), instance_path=str(tmp_path / "app" / "instance"))
    app.config["UPLOAD_FOLDER"] = str(tmp_path / "app" / "static" / "theirs")
    folders = ("static/uploads", "static/theirs", "instance", "../elsewhere")
    for folder in folders:
        write(tmp_path / "app" / folder / "a.html")
    (tmp_path / "app" / "static" / "latest").symlink_to(tmp_path / "app" / "static" / "uploads")
    write(tmp_path / "app" / "static" / "ours" / "a.html")
    app.add_url_rule("/file/<path:path>", "file", lambda path: send_from_directory(tmp_path / "app", path))
    app.add_url_rule("/elsewhere", "elsewhere", lambda: send_from_directory(tmp_path / "elsewhere", "a.html"))
    if guarded:
        Garrison(app)
    site = serve(app)
    paths = ["/static/uploads/a.html", "/static/theirs/a.html", "/static/latest/a.html", "/file/instance/a.html"]
    for path in (*paths, "/elsewhere"):
        if guarded:
            with page.expect_console_message(violation):
                page.goto(site + path)
        else:
            page.goto(site + path)
        assert page.title() == ("page" if guarded else "ran")
    page.goto(site + "/static/ours/a.html")
    assert page.title() == "ran"


def test_a_changed_script_runs_without_a_restart(page: Page, serve: Serve, tmp_path: Path) -> None:
    app = Flask("shop", static_folder=tmp_path, static_url_path="/static")
    Garrison(app)
    site = serve(app)
    for word in ("ran", "ran again"):
        write(tmp_path / "a.html", RAN.replace("'ran'", f"'{word}'"))
        page.goto(site + "/static/a.html")
        assert page.title() == word


def test_only_what_stands_in_the_file_runs(page: Page, serve: Serve, tmp_path: Path) -> None:
    """A script of another file's text, made by a trusted script, does not run: no hash, no strict-dynamic."""
    index = """<!doctype html><title>page</title><body><script>
      const script = document.createElement('script')
      script.textContent = "document.title = 'injected'"
      document.head.append(script)
      const file = document.createElement('script')
      file.src = '/static/more.js'
      document.head.append(file)
    </script>"""
    write(tmp_path / "index.html", index)
    write(tmp_path / "more.js", "document.body.textContent = 'more'")
    app = Flask("shop", static_folder=tmp_path, static_url_path="/static")
    Garrison(app)
    with page.expect_console_message(violation):
        page.goto(serve(app) + "/static/index.html")
    page.wait_for_selector("body:text-is('more')")
    assert page.title() == "page"


def board(*, guarded: bool = True) -> Dash:
    dash = Dash("board", title="board")
    dash.layout = html.Div(
        [dcc.Input(id="word", value="a"), html.P(id="server"), html.P(id="client"), dcc.Graph(id="graph")]
    )
    dash.clientside_callback("word => 'client ' + word", Output("client", "children"), Input("word", "value"))
    dash.callback(Output("server", "children"), Input("word", "value"))(lambda word: f"server {word}")
    if guarded:
        Garrison(dash.server)
    return dash


@pytest.mark.parametrize("host", ["127.0.0.1", "shop.test"])
def test_a_dash_application_works(page: Page, serve: Serve, host: str) -> None:
    """On ``shop.test`` Chromium sends no Sec-Fetch headers, so the callback's Origin decides."""
    lines = console(page)
    page.goto(serve(board().server).on(host) + "/")
    page.wait_for_selector("#server:has-text('server a')")
    page.wait_for_selector("#graph .main-svg", state="attached")
    page.fill("#word", "b")
    page.wait_for_selector("#server:has-text('server b')")
    assert page.inner_text("#client") == "client b"
    blocked = [line for line in lines if "Content Security Policy" in line and "report-only" not in line]
    assert blocked == []


def test_a_script_in_the_title_of_a_dash_page_does_not_run(page: Page, serve: Serve) -> None:
    dash = board()
    dash.title = "</title><script>window.ran = true</script><title>"
    with page.expect_console_message(violation):
        page.goto(serve(dash.server) + "/")
    page.wait_for_selector("#server:has-text('server a')")
    assert page.evaluate("window.ran") is None


def test_html_made_in_python_asks_for_the_nonce(page: Page, serve: Serve) -> None:
    app = Flask("shop")
    app.add_url_rule("/", "page", lambda: Response(RAN.replace("<script", f"<script nonce={csp_nonce()}")))
    Garrison(app)
    page.goto(serve(app) + "/")
    assert page.title() == "ran"
