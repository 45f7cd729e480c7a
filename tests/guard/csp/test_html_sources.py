"""What a page on disk contains is found as a browser finds it."""

from __future__ import annotations

import base64
from hashlib import sha256

import pytest

from flask_garrison.guard.csp.html_sources import HtmlSources, sources_of


def hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"


CASES = {
    "nothing": ("<p>page</p>", ()),
    "inline": ("<script>go()</script>", (hashed("go()"),)),
    "twice": ("<script>go()</script><script>go()</script>", (hashed("go()"),)),
    "entities stay": ("<script>a &amp;&amp; b</script>", (hashed("a &amp;&amp; b"),)),
    "line ends": ("<script>a\r\nb\rc</script>", (hashed("a\nb\nc"),)),
    "upper case": ("<SCRIPT>go()</SCRIPT >", (hashed("go()"),)),
    "tag in a string": ("<script>a('<p>')</script>", (hashed("a('<p>')"),)),
    "umlaut": ("<script>'ä'</script>", (hashed("'ä'"),)),
    "own file": ('<script src="/app.js"></script>', ()),
    "relative file": ('<script type=module src="./app.js"></script>', ()),
    "other host": ('<script src="https://cdn.example/a.js?v=1"></script>', ("https://cdn.example/a.js",)),
    "own host": ('<script src="https://cdn.example:8443/a.js"></script>', ("https://cdn.example:8443/a.js",)),
    "any scheme": ('<script src="//cdn.example/a.js"></script>', ("cdn.example/a.js",)),
    "end of directive": ('<script src="https://cdn.example/a;b,c d"></script>', ("https://cdn.example/a%3Bb%2Cc%20d",)),
    "no URL of a script": ('<script src="data:text/javascript,go()"></script>', ()),
    "preloaded": ('<link rel="modulepreload" href="https://cdn.example/b.js">', ("https://cdn.example/b.js",)),
    "base": ('<base href="https://cdn.example/x/"><script src="a.js"></script>', ("https://cdn.example/x/a.js",)),
    "comment": ("<!-- <script>go()</script> -->", ()),
    "unfinished": ("<script>go()", ()),
    "first attribute": (
        '<script src="https://a.example/1" src="https://b.example/2"></script>',
        ("https://a.example/1",),
    ),
}


@pytest.mark.parametrize(("html", "scripts"), CASES.values(), ids=CASES.keys())
def test_scripts(html: str, scripts: tuple[str, ...]) -> None:
    assert sources_of(html.encode()).scripts == scripts


def test_styles_and_base() -> None:
    page = sources_of(b"<base href='/app/'><style>p { color: red }</style>")
    assert page == HtmlSources(styles=(hashed("p { color: red }"),), has_base=True)


@pytest.mark.parametrize("html", [b"", b"\xff\xfe", b"<script", b"<![CDATA[", b"<base><base>", b"<script src>"])
def test_no_page_is_a_crash(html: bytes) -> None:
    assert sources_of(html).scripts == ()
