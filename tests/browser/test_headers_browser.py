"""What the headers make a real Chromium do: framing, forms, scripts, styles, isolation, cache, documents, storage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, Response, redirect, render_template_string, request

from flask_garrison import Garrison, Policy, clear_site_data, view_policy
from tests.support import requirements
from tests.support.browser import ARGUMENTS
from tests.support.server import Site
from tests.support.stranger import showing, stranger

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

Serve = Callable[..., Site]
SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'>%s</svg>"
both = pytest.mark.parametrize("guarded", [False, True], ids=["bare", "guarded"])


def shop(folder: Path, *, guarded: bool = True, policy: Policy | None = None, **pages: Any) -> Flask:
    """Make an app with a static folder whose ``pages`` are template sources by endpoint, or views."""
    app = Flask("shop", static_folder=folder, static_url_path="/static")
    for name, page in pages.items():
        view = page if callable(page) else lambda page=page: render_template_string(page, **request.args)
        app.add_url_rule("/" if name == "index" else f"/{name}", name, view, methods=["GET", "POST"])
    if guarded:
        Garrison(app, policy)
    return app


def violation(message: ConsoleMessage) -> bool:
    return "Content Security Policy" in message.text


REFUSED = "chrome-error://chromewebdata/"


def frames_end(page: Page, *urls: str) -> None:
    """Assert where the frames of the page end up."""
    for frame, url in zip(page.frames[1:], urls, strict=True):
        frame.wait_for_url(url, wait_until="commit")


@both
def test_a_page_of_another_origin_cannot_frame(page: Page, serve: Serve, tmp_path: Path, guarded: bool) -> None:
    outer, site = serve(stranger()), serve(shop(tmp_path, guarded=guarded, index="<title>shop</title>"))
    for host in ("127.0.0.1", "localhost"):
        page.goto(showing(outer.on(host), f"<iframe src='{site}/'></iframe>"))
        frames_end(page, REFUSED if guarded else f"{site}/")


def test_the_own_site_and_a_named_origin_can_frame(page: Page, serve: Serve, tmp_path: Path) -> None:
    friend, other = serve(stranger()), serve(stranger())

    @view_policy(frame_ancestors=["'none'"])
    def alone() -> str:
        return "alone"

    app = shop(
        tmp_path,
        policy=Policy(frame_ancestors=("'self'", friend)),
        index="shop",
        alone=alone,
        outer="<iframe src='/'></iframe><iframe src='/alone'></iframe>",
    )
    site = serve(app)
    page.goto(site + "/outer")
    frames_end(page, f"{site}/", REFUSED)
    for outer, end in ((friend, f"{site}/"), (other, REFUSED)):
        page.goto(showing(outer, f"<iframe src='{site}/'></iframe>"))
        frames_end(page, end)


@pytest.mark.parametrize("declared", [False, True])
def test_a_post_that_redirects_to_another_origin_needs_a_declaration(
    page: Page, serve: Serve, tmp_path: Path, declared: bool
) -> None:
    """Chromium holds form-action against the redirect too: the post arrives, the other site is not reached."""
    payment, orders = serve(stranger()), []

    def order() -> Response:
        orders.append(request.form["item"])
        return redirect(payment + "/pay", 303)

    def index() -> str:
        form = "<form method=post action=/order><input name=item value=book><button>buy</button></form>"
        return render_template_string(form)

    view = view_policy(form_targets=[str(payment)])(index) if declared else index
    site = serve(shop(tmp_path, index=view, order=order))
    page.goto(site + "/")
    if declared:
        page.click("button")
        page.wait_for_url(payment + "/pay")
    else:
        with page.expect_console_message(lambda message: "form-action" in message.text):
            page.click("button")
        assert page.url == f"{site}/"
    assert orders == ["book"]


AUTHOR = """<title>author</title>{{ payload|safe }}
<p id=own>button</p>
<script src="app.js"></script>
<script>
  document.querySelector('#own').addEventListener('click', () => { document.title = 'listened' })
</script>"""
INJECTED = {
    "handler": "<img src=x onerror=\"document.title = 'ran'\">",
    "javascript-link": "<a id=press href=\"javascript:document.title = 'ran'; void 0\">x</a>",
    "javascript-frame": "<iframe src=\"javascript:parent.document.title = 'ran'\"></iframe>",
    "javascript-form": "<form action=\"javascript:document.title = 'ran'; void 0\"><button id=press></button></form>",
    "inline-script": "<script>document.title = 'ran'</script>",
    "svg-script": "<svg><script>document.title = 'ran'</script></svg>",
    "srcdoc": "<iframe srcdoc=\"<script>parent.document.title = 'ran'</script>\"></iframe>",
    "guessed-nonce": "<script nonce='AAAAAAAAAAAAAAAAAAAAAA'>document.title = 'ran'</script>",
    "foreign-script": "<script src='{evil}/evil.js'></script>",
    "own-file": "<script src='/uploads/evil.js'></script>",
    "base": "<base href='{evil}/'>",
    "object": "<object data='{evil}/object'></object>",
    "embed": "<embed src='{evil}/object'>",
}


def evil() -> Flask:
    """Serve scripts and a page that rename whoever loads them."""
    app = Flask("evil", static_folder=None)
    ran = "(window.parent || window).postMessage('ran', '*'); document.title = 'ran'"
    script = lambda **_: Response(ran, mimetype="text/javascript")  # noqa: E731
    app.add_url_rule("/<name>.js", "script", script)
    app.add_url_rule("/object", "object", lambda: f"<script>{ran}</script>")
    return app


@pytest.mark.parametrize("payload", INJECTED.values(), ids=INJECTED.keys())
@both
def test_what_arrives_in_a_variable_does_not_act(
    page: Page, serve: Serve, tmp_path: Path, payload: str, guarded: bool
) -> None:
    (tmp_path / "app.js").write_text("")
    own = lambda: Response("", mimetype="text/javascript")  # noqa: E731
    upload = lambda: Response("document.title = 'ran'", mimetype="text/javascript")  # noqa: E731
    app = shop(tmp_path, guarded=guarded, index=AUTHOR)
    app.add_url_rule("/app.js", "own", own)
    app.add_url_rule("/uploads/evil.js", "upload", upload)
    page.add_init_script("addEventListener('message', event => { if (event.data === 'ran') document.title = 'ran' })")
    site = serve(app)
    html = payload.format(evil=serve(evil()).on("localhost"))

    def attack() -> None:
        page.goto(f"{showing(site, '')}&payload=" + showing("", html).partition("=")[2])
        if page.locator("#press").count():
            page.click("#press")

    if guarded:
        with page.expect_console_message(violation):
            attack()
        assert page.title() == "author"
        page.click("#own")
        assert page.title() == "listened"
    else:
        attack()
        page.wait_for_function("document.title === 'ran'")


def test_scripts_of_the_author_bring_their_own(page: Page, serve: Serve, tmp_path: Path) -> None:
    """A script made by a trusted one runs (strict-dynamic), and so do workers, from a file and from a blob."""
    (tmp_path / "made.js").write_text("results.push('made')")
    (tmp_path / "worker.js").write_text("postMessage('worker ' + eval('1 + 1'))")
    (tmp_path / "module.js").write_text("export const word = 'module'")
    index = """<script>
      const results = []
      const message = worker => new Promise((done, fail) => {
        worker.onmessage = event => done(event.data); worker.onerror = () => fail('no worker') })
      const script = document.createElement('script')
      script.src = '/static/made.js'
      const loaded = new Promise(done => { script.onload = done })
      document.head.append(script)
      const blob = URL.createObjectURL(new Blob(["postMessage('blob')"], {type: 'text/javascript'}))
      window.all = (async () => {
        await loaded
        results.push(await message(new Worker('/static/worker.js')), await message(new Worker(blob)))
        results.push((await import('/static/module.js')).word)
        return results
      })()
    </script>"""
    page.goto(serve(shop(tmp_path, index=index)) + "/")
    assert page.evaluate("window.all") == ["made", "worker 2", "blob", "module"]


WASM = """<script>
  try { new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])); document.title = 'compiled' }
  catch (error) { document.title = error.name }
</script>"""


def test_webassembly_needs_its_source(page: Page, serve: Serve, tmp_path: Path) -> None:
    @view_policy(csp={"script-src": ["'strict-dynamic'", "'report-sample'", "'wasm-unsafe-eval'"]})
    def allowed() -> str:
        return render_template_string(WASM + "<p onclick=\"document.title = 'ran'\">x</p>")

    site = serve(shop(tmp_path, index=WASM, allowed=allowed))
    page.goto(site + "/")
    assert page.title() == "CompileError"
    with page.expect_console_message(violation):
        page.goto(site + "/allowed")
    assert page.title() == "compiled"


STYLED = """<style>#a { color: rgb(1, 1, 1) }</style>{{ injected|safe }}
<p id=a>a</p><p id=b style="color: rgb(2, 2, 2)">b</p><p id=c>c</p><p id=d>d</p>
<script>
  document.querySelector('#c').style.color = 'rgb(3, 3, 3)'
  const sheet = document.createElement('style')
  sheet.textContent = '#d { color: rgb(4, 4, 4) }'
  document.head.append(sheet)
</script>"""


@pytest.mark.parametrize("preset", ["default", "strict"])
def test_styles(page: Page, serve: Serve, tmp_path: Path, preset: str) -> None:
    """The author's element works in both; attributes, injected elements and script-made elements not in strict."""
    policy = Policy.strict(hosts=["127.0.0.1"]) if preset == "strict" else None
    page.goto(serve(shop(tmp_path, policy=policy, index=STYLED)) + "/?injected=<style>p{margin:9px}</style>")
    colours = page.evaluate("[...document.querySelectorAll('p')].map(one => getComputedStyle(one).color)")
    margin = page.evaluate("getComputedStyle(document.querySelector('#a')).marginTop")
    black = "rgb(0, 0, 0)"
    if preset == "strict":
        assert colours == ["rgb(1, 1, 1)", black, "rgb(3, 3, 3)", black]
        assert margin != "9px"
    else:
        assert colours == ["rgb(1, 1, 1)", "rgb(2, 2, 2)", "rgb(3, 3, 3)", "rgb(4, 4, 4)"]
        assert margin == "9px"


LOAD = """async url => {
  try { return (await fetch(url, {mode: 'no-cors'})).type } catch (error) { return error.name }
}"""
SHOW = """url => new Promise(done => {
  const image = new Image()
  image.onload = () => done('shown'); image.onerror = () => done('blocked'); image.src = url
})"""


@both
def test_who_may_load_what(page: Page, serve: Serve, tmp_path: Path, guarded: bool) -> None:
    """``same-site`` is by registrable domain: Chromium takes two ports of one IP address for two sites here."""
    (tmp_path / "logo.svg").write_text(SVG % "")
    picture = lambda: Response(SVG % "", mimetype="image/svg+xml")  # noqa: E731
    app = shop(tmp_path, guarded=guarded, index="<p>page</p>", json=lambda: {"a": 1}, picture=picture)
    site, other = serve(app).on("shop.test"), serve(stranger())
    seen = {}
    for name, origin in (("same-site", other.on("blog.shop.test")), ("cross-site", other.on("evil.test"))):
        page.goto(showing(origin, ""))
        shown = [page.evaluate(SHOW, f"{site}/{path}") for path in ("static/logo.svg", "picture")]
        seen[name] = [*shown, *(page.evaluate(LOAD, f"{site}/{path}") for path in ("", "json"))]
    if guarded:
        assert seen == {
            "same-site": ["shown", "shown", "TypeError", "TypeError"],
            "cross-site": ["shown", "blocked", "TypeError", "TypeError"],
        }
    else:
        assert seen == {name: ["shown", "shown", "opaque", "opaque"] for name in seen}


def test_a_popup_of_another_origin_still_works(page: Page, serve: Serve, tmp_path: Path) -> None:
    """What OAuth and payment windows need: the opened page speaks to its opener."""
    other = showing(serve(stranger()).on("localhost"), "<script>opener.postMessage('paid', '*')</script>")
    listen = "addEventListener('message', event => { document.body.textContent = event.data })"
    index = f"<p>shop</p><script>{listen}</script>"
    page.goto(serve(shop(tmp_path, index=index)) + "/")
    with page.expect_popup():
        page.evaluate("url => { window.open(url) }", other)
    page.wait_for_selector("body:text-is('paid')")


@both
def test_whoever_opens_a_page_gets_no_hold_of_it(page: Page, serve: Serve, tmp_path: Path, guarded: bool) -> None:
    site = serve(shop(tmp_path, guarded=guarded, index="<title>shop</title>"))
    page.goto(showing(serve(stranger()).on("localhost"), ""))
    with page.expect_popup() as popup:
        page.evaluate("url => { window.opened = window.open(url) }", site + "/")
    popup.value.wait_for_url(site + "/")
    page.wait_for_function("guarded => opened.closed === guarded", arg=guarded)
    assert popup.value.evaluate("window.opener === null") is guarded


def test_a_page_from_the_cache_runs_after_304(
    new_context: Callable[..., BrowserContext], serve: Serve, tmp_path: Path
) -> None:
    statuses = []

    def index() -> Response:
        page = "<title>old</title><script>document.title = 'ran ' + performance.timeOrigin</script>"
        response = Response(render_template_string(page))
        response.add_etag()
        response = response.make_conditional(request)
        statuses.append(response.status_code)
        return response

    site = serve(shop(tmp_path, index=index))
    for page in (new_context().new_page(), new_context().new_page()):
        statuses.clear()
        page.goto(site + "/")
        titles = {page.title()}
        for _ in range(2):
            page.reload()
            titles.add(page.title())
        assert len(titles) == 3
        assert all(title.startswith("ran ") for title in titles)
        assert statuses == [200, 304, 304]


@pytest.fixture
def page_with_bfcache(chromium: Browser) -> Iterator[Page]:
    """Give a page of a Chromium that keeps its back/forward cache, which Playwright turns off."""
    executable = requirements.require(requirements.CHROMIUM)
    ignored = ["--disable-back-forward-cache"]
    browser = chromium.browser_type.launch(
        executable_path=executable, args=list(ARGUMENTS), ignore_default_args=ignored
    )
    yield browser.new_page()
    browser.close()


def test_back_and_forward_keep_the_page(page_with_bfcache: Page, serve: Serve, tmp_path: Path) -> None:
    page = page_with_bfcache
    kept = "addEventListener('pageshow', event => { if (event.persisted) document.body.append('kept') })"
    index = f"<p>page</p><script>{kept}</script>"
    site = serve(shop(tmp_path, index=index, two="<title>two</title>"))
    page.goto(site + "/")
    page.goto(site + "/two")
    page.go_back(wait_until="commit")
    page.wait_for_selector("body:has-text('kept')")


def test_an_svg_opened_directly_runs_nothing(page: Page, serve: Serve, tmp_path: Path) -> None:
    drawing = SVG % "<script>document.documentElement.setAttribute('ran', '1')</script>"
    (tmp_path / "upload.svg").write_text(drawing)
    made = lambda: Response(drawing, mimetype="image/svg+xml")  # noqa: E731
    bare = serve(shop(tmp_path, guarded=False, made=made))
    site = serve(shop(tmp_path, made=made))
    for path in ("/static/upload.svg", "/made"):
        page.goto(bare + path)
        assert page.evaluate("document.documentElement.getAttribute('ran')") == "1"
        with page.expect_console_message(violation):
            page.goto(site + path)
        assert page.evaluate("document.documentElement.getAttribute('ran')") is None


PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj
trailer<</Root 1 0 R>>"""


@pytest.mark.parametrize("policy", [Policy(), Policy.strict(hosts=["127.0.0.1"])], ids=["default", "strict"])
def test_a_pdf_opens_in_the_viewer(page: Page, serve: Serve, tmp_path: Path, policy: Policy) -> None:
    """Chromium shows it as an object in a page of its viewer's; headless draws nothing, but the viewer starts."""
    document = lambda: Response(PDF, mimetype="application/pdf")  # noqa: E731
    page.goto(serve(shop(tmp_path, policy=policy, document=document)) + "/document")
    page.frames[1].wait_for_url("chrome-extension://*/index.html", wait_until="commit")


def test_a_download_is_saved(page: Page, serve: Serve, tmp_path: Path) -> None:
    name = {"Content-Disposition": "attachment; filename=list.csv"}
    listing = lambda: Response("a,b\n", mimetype="text/csv", headers=name)  # noqa: E731
    page.goto(serve(shop(tmp_path, index="<a href=/listing>list</a>", listing=listing)) + "/")
    with page.expect_download() as download:
        page.click("a")
    assert download.value.suggested_filename == "list.csv"
    assert download.value.path().read_text() == "a,b\n"


def test_clear_site_data_empties_storage_over_https(page: Page, serve: Serve, tmp_path: Path) -> None:
    site = serve(shop(tmp_path, index="<p>page</p>", out=lambda: clear_site_data(Response("bye"))), ssl=True)
    here = site.on("localhost")
    page.goto(here + "/")
    page.evaluate("localStorage.setItem('draft', 'x'); document.cookie = 'kept=1; Secure'")
    page.goto(here + "/out")
    page.goto(here + "/")
    assert page.evaluate("[localStorage.getItem('draft'), document.cookie]") == [None, "kept=1"]
