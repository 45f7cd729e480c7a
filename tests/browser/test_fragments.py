"""htmx and Turbo under the policies that ``docs/fragments.md`` speaks of: what runs, what does not, exactly."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask, Response, redirect, render_template_string, request

from flask_garrison import Garrison, Policy
from flask_garrison.guard.csrf_token import FIELD
from tests.support.server import Site

if TYPE_CHECKING:
    from playwright.sync_api import ConsoleMessage, Page

Serve = Callable[..., Site]
DOCS = Path(__file__).resolve().parents[2] / "docs" / "fragments.md"
DEFAULT, STRICT = Policy(), Policy.strict(hosts=["127.0.0.1", "shop.test"])
NONCE_ONLY = Policy(csp={"script-src": ["'report-sample'"]})
MARK = "document.documentElement.dataset.{} = 1"
INJECTED = f"""<script>{MARK.format("evilInline")}</script><script src="EVIL/evilFile.js"></script>
<img src=x onerror="{MARK.format("evilHandler")}">"""
OWN, EVIL = {"inline", "file"}, {"evilInline", "evilFile"}


def marking(name: str) -> Response:
    return Response(MARK.format(name), mimetype="text/javascript")


def shop(node_modules: Path, policy: Policy, evil: str, **pages: str) -> Flask:
    """Make an app with the packages of npm as static files, and templates that get an injected text."""
    app = Flask("shop", static_folder=node_modules, static_url_path="/npm")
    app.secret_key = "a key for tests only, long enough to sign with"
    for name, page in pages.items():
        view = lambda page=page: render_template_string(page, injected=INJECTED.replace("EVIL", evil))  # noqa: E731
        app.add_url_rule(f"/{name}".replace("index", ""), name, view)
    app.add_url_rule("/post", "post", lambda: f"<p id=posted>{sorted(request.form)}</p>", methods=["POST"])
    app.add_url_rule("/<name>.js", "script", marking)
    Garrison(app, policy)
    return app


def strangers_scripts() -> Flask:
    app = Flask("evil", static_folder=None)
    app.add_url_rule("/<name>.js", "script", marking)
    return app


class Blocked:
    """A predicate of console messages that is met when so many scripts were blocked."""

    def __init__(self, expected: int) -> None:
        self._left = expected

    def __call__(self, message: ConsoleMessage) -> bool:
        self._left -= "Content Security Policy" in message.text
        return self._left <= 0


def settled(page: Page, ran: set[str]) -> None:
    """Assert that these scripts ran, and no other."""
    for name in ran:
        attribute = re.sub("[A-Z]", lambda letter: f"-{letter[0].lower()}", name)
        page.wait_for_selector(f"html[data-{attribute}]", state="attached")
    assert set(page.evaluate("Object.keys(document.documentElement.dataset)")) == ran
    page.evaluate("for (const name in document.documentElement.dataset) delete document.documentElement.dataset[name]")


# htmx

HTMX = """<meta name="htmx-config" content='CONFIG'><script src="/npm/htmx.org/dist/htmx.js"></script>EXTENSION
<button id=load hx-get="/fragment" hx-target="#here" hx-nonce="{{ csp_nonce() }}">load</button><div id=here></div>
<b id=on hx-on:click="document.documentElement.dataset.on = 1" hx-nonce="{{ csp_nonce() }}">on</b>"""
EXTENSION = '<script src="/npm/htmx.org/dist/ext/hx-csp.js"></script>'
FRAGMENT = f"""<p id=here-now>fragment</p>{{{{ injected|safe }}}}
<form hx-post="/post" hx-target="#out" hx-nonce="{{{{ csp_nonce() }}}}" method=post action=/post>
<input name=a><button id=send>send</button></form><p id=out></p>
<script>{MARK.format("inline")}</script><script src="/file.js"></script>"""


def htmx(config: str = "", extension: str = "") -> dict[str, str]:
    return {"index": HTMX.replace("CONFIG", config).replace("EXTENSION", extension), "fragment": FRAGMENT}


CSP_EXTENSION = ('extensions:"hx-csp"', EXTENSION)
HTMX_CASES = {
    "default": (DEFAULT, htmx(), OWN | EVIL),
    "strict": (STRICT, htmx(), OWN | EVIL),
    "nonce-only": (NONCE_ONLY, htmx(), set()),
    "hx-csp": (NONCE_ONLY, htmx(*CSP_EXTENSION), OWN),
    "hx-csp-and-strict-dynamic": (DEFAULT, htmx(*CSP_EXTENSION), OWN | EVIL),
    "inlineScriptNonce": (NONCE_ONLY, htmx('inlineScriptNonce:"{{ csp_nonce() }}"'), OWN | EVIL),
}


@pytest.mark.parametrize(("policy", "pages", "ran"), HTMX_CASES.values(), ids=HTMX_CASES.keys())
def test_scripts_in_a_fragment_of_htmx(
    page: Page, serve: Serve, node_modules: Path, policy: Policy, pages: dict[str, str], ran: set[str]
) -> None:
    evil = serve(strangers_scripts()).on("localhost")
    page.goto(serve(shop(node_modules, policy, evil, **pages)) + "/")
    with page.expect_console_message(Blocked(len(OWN | EVIL) + 1 - len(ran))):
        page.click("#load")
    settled(page, ran)


@pytest.mark.parametrize("policy", [DEFAULT, NONCE_ONLY, STRICT], ids=["default", "nonce-only", "strict"])
@pytest.mark.parametrize("host", ["127.0.0.1", "shop.test"])
def test_htmx_sends_forms_of_a_fragment(
    page: Page, serve: Serve, node_modules: Path, policy: Policy, host: str
) -> None:
    """With the token field where Chromium states nothing with its requests."""
    page.goto(serve(shop(node_modules, policy, "", **htmx())).on(host) + "/")
    page.click("#load")
    page.click("#send")
    fields = [FIELD, "a"] if host == "shop.test" else ["a"]
    assert page.inner_text("#posted") == str(fields)
    style = "getComputedStyle(document.body.appendChild(Object.assign(document.createElement('i'), {className: '%s'})))"
    assert page.evaluate(f"{style % 'htmx-indicator'}.visibility") == "hidden"


@pytest.mark.parametrize("safe", [False, True])
def test_hx_on_needs_safe_eval(page: Page, serve: Serve, node_modules: Path, safe: bool) -> None:
    config = 'extensions:"hx-csp" safeEval:true' if safe else ""
    pages = htmx(config, EXTENSION if safe else "")
    page.goto(serve(shop(node_modules, NONCE_ONLY, "", **pages)) + "/")
    if safe:
        page.click("#on")
        settled(page, {"on"})
    else:
        with page.expect_console_message(Blocked(1)):
            page.click("#on")
        settled(page, set())


# Turbo

TURBO = '<!doctype html><head>HEAD<script src="/npm/@hotwired/turbo/dist/turbo.es2017-umd.js"></script>%s</head><body>'
ONE = (
    (TURBO % "")
    + "<p id=one></p><a id=go href=/two>go</a> <turbo-frame id=frame><a id=in href=/frame>in</a></turbo-frame>"
    + "<form method=post action=/order><input name=a><button>send</button></form>"
    + f"<script>{MARK.format('one')}</script>"
)
AUTHOR = f"<script>{MARK.format('inline')}</script><script src=/file.js></script>"
TWO = TURBO % f"<script>{MARK.format('head')}</script>" + "<p id=two></p>{{ injected|safe }}" + AUTHOR
FRAME = "<turbo-frame id=frame><p id=framed></p>{{ injected|safe }}" + AUTHOR + "</turbo-frame>"


def turbo(head: str = "") -> dict[str, str]:
    return {"index": ONE.replace("HEAD", head), "two": TWO.replace("HEAD", head), "frame": FRAME}


def snippet() -> str:
    """Return the script that the page of the documentation tells to use."""
    found = re.search(r"```js\n(.*?)```", DOCS.read_text(), re.DOTALL)
    assert found is not None
    return f"<script>{found[1]}</script>"


META = '<meta name="csp-nonce" content="{{ csp_nonce() }}">'
TURBO_CASES = {
    "default": (DEFAULT, turbo(), OWN | EVIL | {"head"}, OWN | EVIL),
    "strict": (STRICT, turbo(), OWN | EVIL | {"head"}, OWN | EVIL),
    "nonce-only": (NONCE_ONLY, turbo(), set(), set()),
    "snippet": (NONCE_ONLY, turbo(snippet()), OWN, set()),
    "meta-tag": (NONCE_ONLY, turbo(META), set(), OWN | EVIL),
}


@pytest.mark.parametrize(("policy", "pages", "visited", "framed"), TURBO_CASES.values(), ids=TURBO_CASES.keys())
def test_scripts_of_a_page_and_a_frame_of_turbo(
    page: Page,
    serve: Serve,
    node_modules: Path,
    policy: Policy,
    pages: dict[str, str],
    visited: set[str],
    framed: set[str],
) -> None:
    evil = serve(strangers_scripts()).on("localhost")
    page.goto(serve(shop(node_modules, policy, evil, **pages)) + "/")
    settled(page, {"one"})
    with page.expect_console_message(Blocked(len(OWN | EVIL) + 1 - len(framed))):
        page.click("#in")
    settled(page, framed)
    with page.expect_console_message(Blocked(len(OWN | EVIL) + 2 - len(visited))):
        page.click("#go")
    settled(page, visited)


def test_turbo_posts_and_restores_with_the_snippet(page: Page, serve: Serve, node_modules: Path) -> None:
    app = shop(node_modules, NONCE_ONLY, "", **turbo(snippet()))
    posted = []

    def order() -> Response:
        posted.append(FIELD in request.form)
        return redirect("/two", 303)

    app.add_url_rule("/order", "order", order, methods=["POST"])
    site = serve(app)
    for host in ("127.0.0.1", "shop.test"):
        page.goto(site.on(host) + "/")
        settled(page, {"one"})
        page.click("button")
        page.wait_for_selector("#two", state="attached")
        settled(page, OWN)
        assert page.url == site.on(host) + "/two"
        page.go_back()
        page.wait_for_selector("#one", state="attached")
        settled(page, {"one"})
    assert posted == [False, True]
