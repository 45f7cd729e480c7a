"""The browser fixture is a real Chromium that leaves no trace in the tests after it."""

import asyncio
from collections.abc import Callable

import flask
from playwright.sync_api import BrowserContext, Page

from tests.support.browser import console
from tests.support.server import Site

BLOCKED = "<!doctype html><title>t</title><script>document.title = 'ran'</script>"


def make_app() -> flask.Flask:
    app = flask.Flask("browsed")
    app.add_url_rule("/host", "host", lambda: flask.request.host)
    app.add_url_rule("/blocked", "blocked", lambda: (BLOCKED, {"Content-Security-Policy": "script-src 'none'"}))
    app.add_url_rule("/cookie", "cookie", lambda: ("set", {"Set-Cookie": "seen=1"}))
    return app


def test_it_opens_pages_by_any_test_name(page: Page, serve: Callable[..., Site]) -> None:
    for site in (serve(make_app()), serve(make_app(), ssl=True)):
        page.goto(site.on("shop.test") + "/host")
        assert page.inner_text("body") == f"shop.test:{site.port}"


def test_after_a_browser_test_asyncio_works_in_the_same_thread() -> None:
    assert asyncio.run(asyncio.sleep(0, "awake")) == "awake"


def test_the_console_tells_of_violations(page: Page, serve: Callable[..., Site]) -> None:
    lines = console(page)
    page.goto(serve(make_app()) + "/blocked")
    assert page.title() == "t"
    assert any("Content Security Policy" in line for line in lines)


def test_each_context_is_a_user_of_its_own(
    new_context: Callable[..., BrowserContext], serve: Callable[..., Site]
) -> None:
    site = serve(make_app())
    one, two = new_context(), new_context()
    one.new_page().goto(site + "/cookie")
    assert len(one.cookies()) == 1
    assert two.cookies() == []
