"""In a real Chromium: the author's scripts run, injected ones do not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from flask import Flask, Response, jsonify, make_response, render_template_string, request

from flask_garrison import Garrison
from tests.support.server import Site

if TYPE_CHECKING:
    from playwright.sync_api import Page

Serve = Callable[..., Site]
SET = "window.ran = (window.ran || '') + "
EVIL = f"<script>{SET}'evil'</script>"


def app_of(template: str, **more: str) -> Flask:
    """Make a guarded app: ``/`` shows the template, whose ``q`` is whatever the visitor sends."""
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"

    @app.get("/")
    def view() -> str:
        return render_template_string(template, q=request.args.get("q", ""))

    @app.get("/<name>.js")
    def script(name: str) -> Response:
        return Response(f"{SET}'{name}'", mimetype="text/javascript")

    @app.get("/mail")
    def mail() -> Response:
        """Stand for any text that leaves another way: a mail, a file, a JSON answer."""
        return jsonify(text=render_template_string(more["mail"], q=request.args.get("q", "")))

    @app.get("/bare")
    def bare() -> Response:
        return make_response(request.args["q"])

    Garrison(app)
    return app


def ran(page: Page, url: str, **query: str) -> str | None:
    """Return what the scripts of a page left behind."""
    from urllib.parse import urlencode

    page.goto(f"{url}?{urlencode(query)}" if query else url, wait_until="load")
    page.wait_for_timeout(150)
    found: str | None = page.evaluate("window.ran || null")
    return found


def test_the_authors_scripts_run_and_reflected_ones_do_not(serve: Serve, page: Page) -> None:
    template = (
        "<link rel=preload as=script href=/a.js><script src=/a.js></script>{{ q|safe }}"
        f"<script>{SET}'b'</script><script type=module>{SET}'c'</script>"
    )
    site = serve(app_of(template))
    for payload in ("", EVIL, "<script src=/evil.js></script>", "<img src=x onerror=ran=1>", "<svg onload=ran=1>"):
        assert ran(page, site, q=payload) == "abc"


def test_a_stored_script_does_not_run(serve: Serve, page: Page) -> None:
    template = (
        "{% set comments = [q] %}{% for c in comments %}<p>{{ c|safe }}</p>{% endfor %}"
        f"<script>{SET}'a'</script>"
    )
    assert ran(page, serve(app_of(template)), q=EVIL) == "a"


def test_what_breaks_out_of_the_authors_tag_does_not_run(serve: Serve, page: Page) -> None:
    template = "<script>var q = '{{ q|safe }}';</script><script src='/a.js?{{ q|safe }}'></script>"
    site = serve(app_of(template))
    assert ran(page, site, q=f"';</script>{EVIL}") == "a"
    assert ran(page, site, q=f"'></script>{EVIL}") == "a"


def marks(text: str) -> list[str]:
    return re.findall(r" nonce=(garrison-seal-1\.[0-9a-f]{32})", text)


MAIL = f"<script>{SET}'mail:{{{{ q }}}}'</script><script src=/a.js></script>"


@pytest.fixture
def leaky(serve: Serve) -> Site:
    """Serve an app that sends rendered text as JSON, and shows anything raw in a page."""
    return serve(app_of("{{ q|safe }}", mail=MAIL))


def leak(page: Page, site: Site, q: str = "") -> str:
    answer = page.request.get(f"{site}/mail", params={"q": q}).json()
    text: str = answer["text"]
    assert len(marks(text)) == 2
    return text


def test_markers_from_a_mail_are_worthless_on_other_scripts(leaky: Site, page: Page) -> None:
    inline, source = marks(leak(page, leaky))
    for mark in (inline, source):
        for attributes, content in (
            ("", f"{SET}'evil'"),
            (" src=/evil.js", ""),
            (" src=/a.js src=/evil.js", ""),
            (" src=/a.js", f"{SET}'evil'"),
            (f" nonce={mark}", f"{SET}'evil'"),
            (" type=module", "import('/evil.js')"),
        ):
            tag = f"<script nonce={mark}{attributes}>{content}</script>"
            for wrapped in (tag, f"<svg>{tag}</svg>", f"<svg><desc>{tag}", tag.replace("src", "href")):
                assert ran(page, leaky, q=wrapped) is None, wrapped


def test_a_script_with_a_visitors_quote_cannot_be_replayed_where_references_are_decoded(
    leaky: Site, page: Page
) -> None:
    text = leak(page, leaky, q="'+(top.ran='evil')+'")
    script = text[: text.index("</script>") + 9]
    assert "&#39;" in script
    assert "evil" in (ran(page, leaky, q=script) or "")  # as text, as the author wrote it
    assert page.evaluate("window.ran").startswith("mail:&#39;")
    for wrapped in (f"<svg>{script}</svg>", f"<svg>{script}", f"<svg><desc><b></b></desc>{script}", f"<math>{script}"):
        found = ran(page, leaky, q=wrapped)
        assert found is None or found.startswith("mail:&#39;"), wrapped
    assert ran(page, leaky, q=f"<iframe srcdoc='{script.replace(chr(39), chr(34))}'></iframe>") is None
    assert ran(page, leaky, q=f'<iframe srcdoc="{script}"></iframe>') is None


def test_an_open_svg_before_the_authors_script(serve: Serve, page: Page) -> None:
    template = f"<div>{{{{ q|safe }}}}<script>{SET}'a'; var t = '{{{{ q }}}}'</script>"
    site = serve(app_of(template))
    assert ran(page, site, q="plain") == "a"
    assert ran(page, site, q="<svg>';ran='evil';'") == "a"


@pytest.mark.parametrize("victim", ["<link rel=preload as=script href=/a.js>", "<script src=/a.js></script>"])
@pytest.mark.parametrize(
    "bait", ["<script src=/evil.js a=", "<script src=/evil.js a='", '<script src=/evil.js a="', "<script src=/evil.js "]
)
def test_a_dangling_script_cannot_take_the_nonce_of_the_next_tag(
    serve: Serve, page: Page, victim: str, bait: str
) -> None:
    site = serve(app_of(f"<p>{{{{ q|safe }}}}{victim}<p title='x'>\"</script><script>{SET}'end'</script>"))
    assert "evil" not in (ran(page, site, q=bait) or "")


REAL = [
    # What the next tag carries, the bait takes: Chromium knows "<script", "<style" and "<link" for what they are.
    ("<script src=/evil.js a=<b nonce=N></script>", "evil"),
    ('<script src=/evil.js a=<b data-garrison="<script" nonce="N"></script>', None),
    # Character references become quotes in <svg>, until a <head> leaves it, and in srcdoc.
    ("<svg><script nonce=N>var t='&#39;; ran=`evil`; &#39;'</script>", "evil"),
    ("<svg><head><script nonce=N>var t='&#39;; ran=`evil`; &#39;'</script>", None),
    ('<iframe srcdoc="<script nonce=N>var t=`&#96;; top.ran=`evil`</script>"></iframe>', "evil"),
    # In <svg>, src means nothing.
    ("<svg><script nonce=N src=/a.js>ran='evil'</script>", "evil"),
]


@pytest.mark.parametrize(("body", "result"), REAL)
def test_the_attacks_are_real_and_the_remedies_work(serve: Serve, page: Page, body: str, result: str | None) -> None:
    app = Flask("plain")
    headers = {"Content-Security-Policy": "script-src 'nonce-N'"}
    app.add_url_rule("/", "view", lambda: Response(body, headers=headers, mimetype="text/html"))
    app.add_url_rule("/evil.js", "evil", lambda: Response(f"{SET}'evil'", mimetype="text/javascript"))
    assert ran(page, serve(app)) == result


def test_a_stray_head_tag_changes_nothing_in_the_page(serve: Serve, page: Page) -> None:
    template = (
        "<!doctype html><title>t</title><body class=b><table><tr><td>{{ q }}</td></tr>"
        f"<script>{SET}'{{{{ q }}}}'</script><tr><td>2</td></tr></table><p>end</p>"
    )
    site = serve(app_of(template))
    shapes = []
    for q in ("x", "'"):
        assert ran(page, site, q=q) == ("x" if q == "x" else "&#39;")
        shapes.append(page.evaluate("[...document.querySelectorAll('*')].map(e => e.tagName).join()"))
    assert shapes[0] == shapes[1]
