"""Pages that are stored and shown again: in one process, by two workers, across a restart, in a real Chromium."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from flask import Flask, Response, make_response, render_template_string, request

from flask_garrison import Garrison
from tests.support.process import free_port, running
from tests.support.server import Site

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

flask_caching = pytest.importorskip("flask_caching")

Serve = Callable[..., Site]
SCRIPT = "<script>window.ran = (window.ran || 0) + 1</script>"
FORM = "<form method=post action=/buy></form>"


def cached_app() -> Flask:
    """Make an app that stores pages, views, fragments and answers in each of the usual ways."""
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    cache = flask_caching.Cache(app, config={"CACHE_TYPE": "SimpleCache"})
    app.jinja_env.globals["made"] = made = []  # type: ignore[assignment]

    def render() -> str:
        made.append(request.path)
        return render_template_string(SCRIPT + FORM)

    @app.get("/cached")
    @cache.cached(60)
    def cached() -> str:
        return render()

    @cache.memoize(60)
    def body(name: str) -> str:
        return render()

    app.add_url_rule("/memoized", "memoized", lambda: body("a"))

    @app.get("/fragment")
    def fragment() -> str:
        return render_template_string(
            "{% cache 60, 'f' %}{{ made.append(request.path) or '' }}" + SCRIPT + "{% endcache %}"
        )

    @lru_cache
    def answer() -> Response:
        response = make_response(render())
        response.add_etag()
        return response

    app.add_url_rule("/kept", "kept", lambda: answer())

    @app.get("/conditional")
    @cache.cached(60)
    def conditional() -> Response:
        response = make_response(render())
        response.add_etag()
        response.cache_control.no_cache = True
        return response

    @app.after_request
    def if_none_match(response: Response) -> Response:
        return response.make_conditional(request) if request.path == "/conditional" else response

    Garrison(app)
    return app


@pytest.mark.parametrize("path", ["/cached", "/memoized", "/fragment", "/kept"])
def test_two_users_see_a_stored_page_work(serve: Serve, new_context: Callable[..., BrowserContext], path: str) -> None:
    app = cached_app()
    site = serve(app)
    seen = []
    for _ in range(2):
        page = new_context().new_page()
        answer = page.goto(site + path)
        assert page.evaluate("window.ran") == 1
        assert answer is not None
        seen.append(answer.header_value("Content-Security-Policy"))
        page.reload()
        assert page.evaluate("window.ran") == 1
    assert len(set(seen)) == 2
    assert len(app.jinja_env.globals["made"]) == 1  # type: ignore[arg-type]


def test_a_conditional_reload(serve: Serve, new_context: Callable[..., BrowserContext]) -> None:
    site = serve(cached_app())
    page = new_context().new_page()
    statuses: list[int] = []
    page.on("response", lambda response: statuses.append(response.status) if "conditional" in response.url else None)
    page.goto(site + "/conditional")
    etag = httpx.get(site + "/conditional").headers["ETag"]
    for _ in range(2):
        page.goto(site + "/conditional")
        assert page.evaluate("window.ran") == 1
    assert httpx.get(site + "/conditional", headers={"If-None-Match": etag}).status_code == 304


def test_flask_compress(serve: Serve, new_context: Callable[..., BrowserContext]) -> None:
    compress = pytest.importorskip("flask_compress")
    app = cached_app()
    app.config["COMPRESS_MIN_SIZE"] = 1
    compress.Compress(app)
    site = serve(app)
    page = new_context().new_page()
    answer = page.goto(site + "/cached")
    assert answer is not None
    assert answer.header_value("Content-Encoding") in ("gzip", "br", "zstd", "deflate")
    assert page.evaluate("window.ran") == 1
    page.goto(site + "/cached")
    assert page.evaluate("window.ran") == 1


MODULE = """
import os
from flask import Flask, render_template_string
from flask_caching import Cache
from flask_garrison import Garrison

app = Flask("shop")
app.secret_key = "shared by all workers"
cache = Cache(app, config={config!r})
Garrison(app)


@app.get("/")
@cache.cached(600)
def view():
    return render_template_string("<script>window.ran = {{{{ pid }}}}</script>", pid=os.getpid())


@app.after_request
def worker(response):
    response.headers["X-Worker"] = str(os.getpid())
    return response
"""


@pytest.fixture(params=["file", "redis"])
def module(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Write the module of an app whose workers share one cache."""
    if request.param == "file":
        config: dict[str, Any] = {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(tmp_path / "cache")}
    else:
        pytest.importorskip("redis")
        config = {
            "CACHE_TYPE": "RedisCache",
            "CACHE_REDIS_URL": request.getfixturevalue("redis_server"),
            "CACHE_KEY_PREFIX": str(tmp_path),
        }
    (tmp_path / "shop.py").write_text(MODULE.format(config=config))
    return tmp_path


def workers(folder: Path) -> Any:
    port = free_port()
    argv = [sys.executable, "-m", "gunicorn", "-w", "2", "-b", f"127.0.0.1:{port}", "shop:app"]
    return port, running(argv, port=port, log=folder / "log", cwd=folder)


def pages_of_both(port: int) -> Iterator[tuple[str, httpx.Response]]:
    seen: set[str] = set()
    for _ in range(200):
        answer = httpx.get(f"http://127.0.0.1:{port}/", headers={"Sec-Fetch-Site": "none"}, timeout=60)
        worker = answer.headers["X-Worker"]
        if worker not in seen:
            seen.add(worker)
            yield worker, answer
        if len(seen) == 2:
            return
    raise AssertionError("One worker answered everything.")


def test_two_workers_and_a_restart_share_a_cache(module: Path, new_context: Callable[..., BrowserContext]) -> None:
    pytest.importorskip("gunicorn")
    bodies, policies, processes = set(), set(), set()
    for _ in range(2):
        port, server = workers(module)
        with server:
            for worker, answer in pages_of_both(port):
                policy = answer.headers["Content-Security-Policy"]
                nonce = policy.split("'nonce-")[1].split("'")[0]
                bodies.add(answer.text.replace(nonce, "N"))
                policies.add(policy)
                processes.add(worker)
            page = new_context().new_page()
            page.goto(f"http://127.0.0.1:{port}/")
            assert isinstance(page.evaluate("window.ran"), int)
    assert len(bodies) == 1
    assert next(iter(bodies)).startswith('<script nonce="N">window.ran = ')
    assert len(policies) == len(processes) == 4
