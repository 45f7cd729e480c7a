"""Rich text is cut down to what cannot run; held by Chromium on the payloads below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from werkzeug.test import Client

from flask_garrison import Garrison, PolicyError
from flask_garrison.errors import RefusedTooLarge
from flask_garrison.events import SecurityEvent
from flask_garrison.inputs import clean_html

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAYLOADS = (
    "<script>hit()</script>",
    "<ScRiPt>hit()</ScRiPt >",
    "<scr<script>ipt>hit()</scr</script>ipt>",
    "<img src=x onerror=hit()>",
    "<img src=x onerror\n=hit()>",
    "<img/src=x/onerror=hit()>",
    "<image src=x onerror=hit()>",
    "<svg onload=hit()>",
    "<svg><script>hit()</script></svg>",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>",
    "<svg><style><img src=x onerror=hit()></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=hit()&gt;'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=hit()>",
    "<noscript><p title='</noscript><img src=x onerror=hit()>'>",
    "<p title='</p><img src=x onerror=hit()>'>x</p>",
    "<body onload=hit()>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<iframe src='javascript:parent.hit()'></iframe>",
    "<object data='javascript:hit()'></object>",
    "<embed src='javascript:hit()'>",
    "<a class=trap href='javascript:hit()'>a</a>",
    "<a class=trap href=' java\tscript:hit()'>a</a>",
    "<a class=trap href='&#106;avascript:hit()'>a</a>",
    "<a class=trap href='\x01javascript:hit()'>a</a>",
    "<a class=trap href='data:text/html,<script>opener.hit()</script>'>a</a>",
    "<a class=trap href='vbscript:hit()'>a</a>",
    "<p style='background:url(javascript:hit())' onclick=hit()>x</p>",
    "<details open ontoggle=hit()>x</details>",
    "<video><source onerror=hit()></video>",
    "<audio src=x onerror=hit()></audio>",
    "<input autofocus onfocus=hit()>",
    "<select autofocus onfocus=hit()></select>",
    "<marquee onstart=hit()>x</marquee>",
    "<meta http-equiv=refresh content='0;url=javascript:hit()'>",
    "<base href='javascript:hit()//'>",
    "<link rel=stylesheet href='data:text/css,*{}' onload=hit()>",
    "<style onload=hit()></style>",
    "<template><script>hit()</script></template>",
    "<table><td background='javascript:hit()' onclick=hit()>x</table>",
    "<p id=hit name=hit>clobber</p>",
    "<![CDATA[<script>hit()</script>]]>",
    "<!--><img src=x onerror=hit()>-->",
    "<xmp><img src=x onerror=hit()></xmp>",
    "<title><img src=x onerror=hit()></title>",
    "<textarea><img src=x onerror=hit()></textarea>",
    "<a href='x' onmouseover=hit() autofocus tabindex=1 onfocus=hit()>a</a>",
    "\0<scr\0ipt>hit()</scr\0ipt>",
    "<img src='x' srcset='x' onerror=hit()",
)
SHOWN = """<script>
window.hits = 0;
function hit() { window.hits += 1; }
addEventListener("click", event => event.preventDefault());
</script>{{ text }}"""


def show(page: Page, serve: Callable[..., Any], text: str) -> int:
    """Show the text, click on everything, and return how often a script ran."""
    app = Flask("shop")
    app.add_url_rule("/", "index", lambda: render_template_string(SHOWN, text=Markup(text)))  # noqa: S704
    page.goto(f"{serve(app)}/", wait_until="load")
    page.evaluate("() => document.querySelectorAll('a, p, td').forEach(one => one.click())")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return int(page.evaluate("() => typeof hits === 'number' ? hits : 999"))


@pytest.mark.parametrize("images", [False, True])
def test_no_payload_runs_once_it_was_cleaned(page: Page, serve: Callable[..., Any], images: bool) -> None:
    cleaned = "".join(f"<div>{clean_html(one, images=images)}</div>" for one in PAYLOADS)
    assert show(page, serve, cleaned) == 0
    schemes = page.evaluate("() => [...document.querySelectorAll('[href]')].map(one => one.protocol)")
    assert set(schemes) == {"http:"}


def test_the_payloads_do_run_as_they_are(page: Page, serve: Callable[..., Any]) -> None:
    assert show(page, serve, PAYLOADS[3]) > 0


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_runs_is_left(payload: str) -> None:
    cleaned = clean_html(payload, images=True)
    for word in ("<script", "javascript:", "vbscript:", "data:", "<iframe", "<svg", "<style", " id=", " style="):
        assert word not in cleaned.lower().replace("&lt;", "")


@given(st.text(alphabet="<>/='\" abipsvgcrtxonerl!-&;:\0\n", max_size=80))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_html(text)
    assert clean_html(once) == once


HONEST = "<h2>Title</h2><p>A <strong>bold</strong> <em>word</em>, x<sup>2</sup></p><ul><li>one</li></ul><pre>a</pre>"


def test_formatting_is_kept_as_it_is() -> None:
    cleaned = clean_html(HONEST)
    assert cleaned == HONEST
    assert isinstance(cleaned, Markup)


@pytest.mark.parametrize("address", ["https://shop.example/a?b=1", "http://a.example/", "mailto:a@b.example", "/a"])
def test_links_are_kept_and_vouched_for_by_nobody(address: str) -> None:
    expected = f'<a href="{address}" rel="noopener noreferrer nofollow">x</a>'
    assert clean_html(f"<a href='{address}' target=_blank>x</a>") == expected


def test_links_can_be_off() -> None:
    assert clean_html("<p><a href='https://a.example'>x</a></p>", links=False) == "<p>x</p>"


@pytest.mark.parametrize("address", ["https://a.example/x.png", "/x.png"])
def test_images_are_off_and_come_over_https(address: str) -> None:
    assert clean_html(f"<img src='{address}' alt=x>") == ""
    assert clean_html(f"<img src='{address}' alt=x>", images=True) == f'<img src="{address}" alt="x">'


@pytest.mark.parametrize("address", ["http://a.example/x.png", "//a.example/x.png", "/\\a.example/x", "mailto:a@b.c"])
def test_other_images_lose_their_source(address: str) -> None:
    assert clean_html(f"<img src='{address}' alt=x>", images=True) == '<img alt="x">'


def test_what_was_removed_is_told() -> None:
    removed: list[str] = []
    clean_html("<p onclick=hit()>a</p><script>hit()</script><!-- secret -->", removed=removed)
    assert removed == ["<p onclick>", "<script>", "<!-- -->"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<![x[", []),
        ("<!--" * 50_000, ["<!-- -->"]),
        ("<a " * 7_900 + "x" * 150_000, ["<a>", "<a <a>", f"<a {'x' * 150_000}>"]),
        ("<script " * 7_900, ["<script>", "<script <script>"]),
        ("<P OnClick='a > b'>x</P>", ["<p onclick>"]),
        ("<script>if (a<b) hit()</script>", ["<script>"]),
        ("<p\nid = 1 title=\"<i>\">it's <i lang=it's>x</i>", ["<p id>"]),
        ("<img/src=x onerror=hit()>", ["<img>", "<img src>", "<img onerror>"]),
    ],
)
def test_what_was_removed_is_told_of_any_text_in_one_pass(text: str, names: list[str]) -> None:
    removed: list[str] = []
    clean_html(text, removed=removed)
    assert removed == names


def test_nothing_removed_is_told_too() -> None:
    removed: list[str] = []
    clean_html(HONEST, removed=removed)
    assert removed == []


def test_tags_narrow_and_widen_within_what_is_safe() -> None:
    assert clean_html("<p><b>x</b></p>", tags=["b"], links=False) == "<b>x</b>"
    assert clean_html("<ruby>x<rt>y</rt></ruby>", tags=["ruby", "rt"]) == "<ruby>x<rt>y</rt></ruby>"


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "svg", "form", "object", "bb"])
def test_an_unsafe_tag_is_an_error(tag: str) -> None:
    with pytest.raises(PolicyError, match="cannot be kept safely"):
        clean_html("x", tags=[tag])


COSTLY = ("<ul><li>" * 4_001, "<b>" * 4_000 + "</i>" * 4_001, "&" * 50_001, "x" * 200_001, "<b " + "a " * 100_000 + ">")


@pytest.mark.parametrize("text", COSTLY, ids=lambda text: text[:8])
def test_what_takes_a_parser_seconds_is_refused(text: str) -> None:
    with pytest.raises(RefusedTooLarge):
        clean_html(text)


def test_a_long_article_passes_and_a_longer_one_where_asked_for() -> None:
    article = "<p>" + "word " * 9 + "</p>"
    assert len(clean_html(article * 3_800)) == len(article) * 3_800
    assert clean_html("x" * 200_001, max_length=300_000) == "x" * 200_001


def test_a_refusal_is_413_with_an_event(seen: Callable[[], list[SecurityEvent]]) -> None:
    app = Flask("shop")
    app.add_url_rule("/", "index", lambda: clean_html("x" * 200_001))
    assert Client(app).get("/").status_code == 413
    assert seen() == []
    app = Flask("shop")
    app.secret_key = "a key for tests only, long enough to sign with"
    app.add_url_rule("/", "index", lambda: clean_html("x" * 200_001))
    Garrison(app)
    assert Client(app).get("/", base_url="https://shop.example").status_code == 413
    (event,) = [one for one in seen() if one.control == "inputs.safe-html"]
    assert (event.event, event.appsensor) == ("input_validation_fail:html", "RE7")


def test_half_a_character_does_not_crash() -> None:
    assert clean_html("<b>\udc80</b>") == "<b>?</b>"


@pytest.mark.parametrize("tag", ["a", "img"])
def test_links_and_images_have_their_own_switch(tag: str) -> None:
    with pytest.raises(PolicyError, match="is kept by"):
        clean_html("x", tags=[tag], links=False)
