"""The developers' HTML files run their own scripts; files that users could have written run none."""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from wsgiref.util import FileWrapper

import pytest
from flask import Blueprint, Flask, Response, request, send_file, send_from_directory
from flask_compress import Compress
from werkzeug.test import Client

from flask_garrison import Garrison, Policy, view_policy
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.csp import static_pages
from flask_garrison.guard.csp.directives import parse

CSP = "Content-Security-Policy"
PAGE = "<!doctype html><script>go()</script><script type=module src=/static/app.js></script>"
HASH = f"'sha256-{base64.b64encode(sha256(b'go()').digest()).decode()}'"
OWN = ("'self'", HASH, "'report-sample'")


def write(path: Path, text: str = PAGE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def spa(folder: Path, policy: Policy | None = None, **config: Any) -> Flask:
    """Make an app that answers every path with the file of its folder, wherever that lies."""
    app = Flask("spa", root_path=str(folder / "app"), static_folder="static", instance_path=str(folder / "instance"))
    app.config.update(config)
    app.add_url_rule("/<path:path>", "page", lambda path: send_file(folder / path))
    Garrison(app, policy)
    return app


def scripts(app: Flask, path: str, **options: Any) -> tuple[str, ...]:
    answer = Client(app).get(f"/{path}", **options)
    assert answer.status_code == 200
    return parse(answer.headers[CSP])["script-src"]


def is_nonced(sources: tuple[str, ...]) -> bool:
    return sources[0].startswith("'nonce-") and sources[1:] == ("'strict-dynamic'", "'report-sample'")


TRUSTED = ["app/static/index.html", "app/static/spa/deep/index.html", "app/dist/index.html", "app/index.html"]
UNTRUSTED = [
    "uploads/a.html",
    "elsewhere/a.html",
    "instance/a.html",
    "app/instance/a.html",
    "app/static/uploads/a.html",
    "app/static/Uploads/deep/a.html",
    "app/static/media/a.html",
    "app/files/a.html",
]


@pytest.mark.parametrize("path", TRUSTED)
def test_a_developers_file_runs_by_hash_and_url(tmp_path: Path, path: str) -> None:
    write(tmp_path / path)
    assert scripts(spa(tmp_path), path) == OWN


@pytest.mark.parametrize("path", UNTRUSTED)
def test_a_file_that_users_could_write_runs_nothing(tmp_path: Path, path: str) -> None:
    write(tmp_path / path)
    assert is_nonced(scripts(spa(tmp_path), path))


KEYS = ["UPLOAD_FOLDER", "UPLOADED_FILES_DEST", "MEDIA_ROOT"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("as_written", [str, Path, lambda path: os.path.join("..", path.parent.name, path.name)])
def test_a_folder_that_the_configuration_calls_uploads(
    tmp_path: Path, key: str, as_written: Callable[[Path], Any]
) -> None:
    write(tmp_path / "app" / "static" / "theirs" / "a.html")
    write(tmp_path / "app" / "static" / "ours" / "a.html")
    folder = tmp_path / "app" / "static" / "theirs"
    value = as_written(folder) if as_written in (str, Path) else "static/theirs"
    app = spa(tmp_path, **{key: value})
    assert is_nonced(scripts(app, "app/static/theirs/a.html"))
    assert scripts(app, "app/static/ours/a.html") == OWN


def test_configuration_that_is_no_folder_does_not_matter(tmp_path: Path) -> None:
    write(tmp_path / "app/static/a.html")
    app = spa(tmp_path, UPLOAD_URL="/", MAX_UPLOAD=3, UPLOAD_FOLDER="", UPLOAD_EXTENSIONS=[".png"], INSTANCE=None)
    assert scripts(app, "app/static/a.html") == OWN


def test_symlinks_are_followed(tmp_path: Path) -> None:
    """What counts is where a file lies, not the name under which it is served."""
    write(tmp_path / "app/static/uploads/a.html")
    write(tmp_path / "elsewhere/a.html")
    write(tmp_path / "app/static/real/a.html")
    (tmp_path / "app/static/latest").symlink_to(tmp_path / "app/static/uploads")
    (tmp_path / "app/static/out.html").symlink_to(tmp_path / "elsewhere/a.html")
    (tmp_path / "shortcut").symlink_to(tmp_path / "app/static/real")
    app = spa(tmp_path)
    assert is_nonced(scripts(app, "app/static/latest/a.html"))
    assert is_nonced(scripts(app, "app/static/out.html"))
    assert scripts(app, "shortcut/a.html") == OWN


def test_a_declared_folder_is_trusted_but_not_the_uploads_in_it(tmp_path: Path) -> None:
    for path in ("dist/a.html", "dist/media/a.html", "dist/theirs/a.html"):
        write(tmp_path / path)
    policy = Policy(trusted_html_folders=(str(tmp_path / "dist"),))
    app = spa(tmp_path, policy, UPLOAD_FOLDER=str(tmp_path / "dist/theirs"))
    assert scripts(app, "dist/a.html") == scripts(app, "dist/media/a.html") == OWN
    assert is_nonced(scripts(app, "dist/theirs/a.html"))


def test_an_event_names_the_folder_once_with_its_line(tmp_path: Path, seen: Callable[[], list[SecurityEvent]]) -> None:
    write(tmp_path / "dist/a.html")
    write(tmp_path / "dist/b.html")
    app = spa(tmp_path)
    for name in ("a", "b", "a"):
        scripts(app, f"dist/{name}.html")
    (event,) = [one for one in seen() if "line" in one.detail]
    assert event.detail["line"] == f'If only developers do: trusted_html_folders=["{tmp_path}/dist"]'


def test_a_changed_file_gets_new_hashes(tmp_path: Path) -> None:
    page = write(tmp_path / "app/static/a.html")
    app = spa(tmp_path)
    assert scripts(app, "app/static/a.html") == OWN
    write(page, "<script>other()</script>")
    assert scripts(app, "app/static/a.html") != OWN


def test_a_file_is_read_once_a_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "app/static/a.html")
    app = spa(tmp_path)
    scripts(app, "app/static/a.html")
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail("read again"))
    assert scripts(app, "app/static/a.html") == OWN


def test_the_first_visitors_host_decides_nothing(tmp_path: Path) -> None:
    write(tmp_path / "app/static/a.html", "<script src=https://cdn.example/a.js></script>")
    app = spa(tmp_path)
    expected = ("'self'", "https://cdn.example/a.js", "'report-sample'")
    for host in ("cdn.example", "shop.example"):
        assert scripts(app, "app/static/a.html", base_url=f"https://{host}") == expected


def test_a_file_above_the_limit_runs_files_of_its_site_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(static_pages, "_MAX_BYTES", 10)
    write(tmp_path / "app/static/a.html")
    assert scripts(spa(tmp_path), "app/static/a.html") == ("'self'", "'report-sample'")


def test_a_blueprints_folders_count_too(tmp_path: Path) -> None:
    write(tmp_path / "blog/static/a.html")
    app = spa(tmp_path)
    app.register_blueprint(Blueprint("blog", "blog", root_path=str(tmp_path / "blog"), static_folder="static"))
    assert scripts(app, "blog/static/a.html") == OWN


def test_ways_to_answer_with_a_file(tmp_path: Path) -> None:
    write(tmp_path / "app/static/a.html")
    app = spa(tmp_path)
    app.add_url_rule("/any/<path:path>", "any", lambda path: send_from_directory(app.static_folder or "", "a.html"))
    app.add_url_rule("/sent", "sent", lambda: app.send_static_file("a.html"))
    opened = lambda: send_file(open(tmp_path / "app/static/a.html", "rb"), mimetype="text/html")  # noqa: E731, SIM115
    app.add_url_rule("/opened", "opened", opened)
    for path in ("static/a.html", "any/where", "sent"):
        assert scripts(app, path) == OWN
    head = Client(app).head("/static/a.html")
    assert parse(head.headers[CSP])["script-src"] == OWN


def test_a_web_server_may_send_the_file(tmp_path: Path) -> None:
    write(tmp_path / "app/static/a.html")
    assert scripts(spa(tmp_path, USE_X_SENDFILE=True), "static/a.html") == OWN


class Opaque:
    """What some servers written in C wrap files in: it tells nothing of them (uWSGI: a function, mod_wsgi: a class)."""

    __module__ = "mod_wsgi"

    def __init__(self, file: Any, size: int) -> None:
        self.__iter = iter([file.read()])
        file.close()

    def __iter__(self) -> Iterator[bytes]:
        return self.__iter


def test_a_server_whose_file_wrapper_tells_nothing(tmp_path: Path) -> None:
    write(tmp_path / "app/static/a.html")
    app = spa(tmp_path)
    app.add_url_rule("/memory", "memory", lambda: send_file(io.BytesIO(PAGE.encode()), mimetype="text/html"))
    server = {"wsgi.file_wrapper": Opaque}
    assert scripts(app, "static/a.html", environ_overrides=server) == OWN
    assert is_nonced(scripts(app, "memory", environ_overrides=server))


def test_a_server_may_compare_with_its_own_wrapper(tmp_path: Path) -> None:
    """Gunicorn tests ``isinstance(body, environ["wsgi.file_wrapper"])``."""
    app = spa(tmp_path)
    app.add_url_rule("/wrapper", "wrapper", lambda: str(request.environ["wsgi.file_wrapper"] is FileWrapper))
    assert Client(app).get("/wrapper", environ_overrides={"wsgi.file_wrapper": FileWrapper}).text == "True"


def test_a_file_that_the_application_compresses(tmp_path: Path) -> None:
    write(tmp_path / "app/static/a.html", PAGE + "<p>" * 1_000)
    app = spa(tmp_path)
    Compress(app)
    answer = Client(app).get("/static/a.html", headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert parse(answer.headers[CSP])["script-src"] == OWN


def test_another_answer_in_its_place_is_not_taken_for_the_file(tmp_path: Path) -> None:
    write(tmp_path / "app/static/a.html")
    app = spa(tmp_path)
    app.after_request(lambda response: Response("<p>other</p>"))
    assert is_nonced(scripts(app, "static/a.html"))


SETTINGS: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"allow_insecure_eval": ["page"]}, (*OWN, "'unsafe-eval'")),
    ({"allow_insecure_inline_scripts": ["page"]}, ("'self'", "https:", "'unsafe-inline'")),
    ({"csp": {"script-src": ["'none'"]}}, ("'none'",)),
    ({"csp": {"script-src": ["https://cdn.example"]}}, (*OWN[:2], "https://cdn.example")),
]


@pytest.mark.parametrize(("settings", "expected"), SETTINGS)
def test_what_the_policy_allows_is_allowed_here_too(
    tmp_path: Path, settings: dict[str, Any], expected: tuple[str, ...]
) -> None:
    write(tmp_path / "app/static/a.html")
    assert scripts(spa(tmp_path, Policy(**settings)), "app/static/a.html") == expected


def test_a_view_states_more_sources(tmp_path: Path) -> None:
    write(tmp_path / "app/static/a.html")
    app = spa(tmp_path)

    @app.get("/editor")
    @view_policy(csp={"script-src": ["'report-sample'", "'wasm-unsafe-eval'"]})
    def editor() -> Response:
        return app.send_static_file("a.html")

    assert scripts(app, "editor") == (*OWN, "'wasm-unsafe-eval'")


def test_strict_hashes_styles_too(tmp_path: Path) -> None:
    write(tmp_path / "app/static/a.html", "<base href=/x/><style>p{}</style>")
    app = spa(tmp_path, Policy.strict(hosts=["localhost"]))
    policy = parse(Client(app).get("/static/a.html").headers[CSP])
    digest = base64.b64encode(sha256(b"p{}").digest()).decode()
    assert policy["style-src"] == ("'self'", "'report-sample'", f"'sha256-{digest}'")
    assert policy["base-uri"] == ("'self'",)
    assert policy["default-src"] == ("'none'",)


def test_observe_reports_alone(tmp_path: Path) -> None:
    write(tmp_path / "app/static/a.html")
    headers = Client(spa(tmp_path, Policy(mode="observe"))).get("/static/a.html").headers
    assert CSP not in headers
    assert parse(headers.getlist(f"{CSP}-Report-Only")[0])["script-src"] == OWN
