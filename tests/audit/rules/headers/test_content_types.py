"""Answers whose type is missing, wrong, or made for other sites; files of visitors; bodies of redirects."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, Response, redirect, request, send_from_directory

from flask_garrison import Garrison
from tests.audit.answers.support import answer, found, is_applicable, real, shown
from tests.audit.support import make, of_answers

TYPE, CHARSET, JSON, JSONP = (
    "headers.content-type-missing",
    "headers.charset-missing",
    "headers.json-as-page",
    "headers.jsonp",
)
FILE, REDIRECT = "headers.active-file-inline", "headers.redirect-with-content"


def test_no_type() -> None:
    assert found(TYPE, answer("/", kind=None), answer("/b")) == [("-", "No content type on 1 of 2 answers")]
    assert found(TYPE, answer("/", kind="html")) == [("-", "No content type on 1 of 1 answers")]


@pytest.mark.parametrize(
    ("kind", "body", "missing"),
    [
        ("text/html", b"<p>", True),
        ("text/html; charset=utf-8", b"<p>", False),
        ("text/html; Charset = utf-8", b"<p>", False),
        ("text/html", b"<!doctype html><meta charset=utf-8>", False),
        ("text/html", b"\xef\xbb\xbf<p>", False),
        ("application/xhtml+xml", b"<p/>", False),
    ],
)
def test_charset(kind: str, body: bytes, missing: bool) -> None:
    assert found(CHARSET, answer("/", kind=kind, body=body)) == (
        [("-", "No charset on 1 of 1 pages")] if missing else []
    )


def test_json_as_a_page() -> None:
    app = make()
    app.add_url_rule("/wrong", "wrong", lambda: json.dumps({"name": "<img src=x>"}))
    app.add_url_rule("/right", "right", lambda: {"name": "<img src=x>"})
    app.add_url_rule("/page", "page", lambda: "<p>[1]</p>")
    replies = real(app, ("GET", "/wrong"), ("GET", "/right"), ("GET", "/page"))
    assert shown(of_answers(JSON, app, *replies)) == [("-", "JSON sent as text/html on 1 of 2 pages")]
    Garrison(app, hosts=["shop.example"])
    replies = real(app, ("GET", "/wrong"))
    assert shown(of_answers(JSON, app, *replies)) == [("low", "JSON sent as text/html on 1 of 1 pages")]


def test_jsonp() -> None:
    app = make()
    app.add_url_rule(
        "/feed", "feed", lambda: Response(f"{request.args.get('cb', 'x')}({{}})", mimetype="application/javascript")
    )
    assert shown(of_answers(JSONP, app, *real(app, ("GET", "/feed?cb=show")))) == [("-", "JSONP on 1 of 1 scripts")]
    assert of_answers(JSONP, app, *real(app, ("GET", "/feed"))) == []
    assert not is_applicable(JSONP, answer("/"))


def uploads(folder: Path, **options: object) -> Flask:
    (folder / "tea.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    (folder / "tea.png").write_bytes(b"\x89PNG")
    app = make()
    app.add_url_rule("/files/<name>", "files", lambda name: send_from_directory(folder, name, **options))  # type: ignore[arg-type]
    return app


def replies_of(app: Flask) -> list[object]:
    return [
        replace(one, route="/files/<name>") for one in real(app, ("GET", "/files/tea.svg"), ("GET", "/files/tea.png"))
    ]


def test_files_that_run(tmp_path: Path) -> None:
    app = uploads(tmp_path)
    assert shown(of_answers(FILE, app, *replies_of(app))) == [  # type: ignore[arg-type]
        ("-", "A type whose scripts run, opened inline, on 1 of 2 files that the address names")
    ]
    Garrison(app, hosts=["shop.example"])
    assert of_answers(FILE, app, *replies_of(app)) == []  # type: ignore[arg-type]


def test_attachments_do_not_run(tmp_path: Path) -> None:
    app = uploads(tmp_path, as_attachment=True)
    assert of_answers(FILE, app, *replies_of(app)) == []  # type: ignore[arg-type]


def test_pages_and_static_files_are_no_files_of_visitors() -> None:
    page = answer("/tea/<name>", ("ETag", "a"))
    static = answer("/static/<path:filename>", ("ETag", "a"), ("Last-Modified", "x"), case="static", endpoint="static")
    single_page = answer("/app/cart", ("ETag", "a"), ("Last-Modified", "x"), route="/app/<path:path>")
    assert not is_applicable(FILE, page, static, single_page)


def test_a_page_that_every_address_gives_is_no_file_of_visitors(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<div id=root></div>")
    app = make()
    app.add_url_rule("/", "home", lambda: send_from_directory(tmp_path, "index.html"))
    app.add_url_rule("/<path:path>", "page", lambda path: send_from_directory(tmp_path, "index.html"))
    home, page = real(app, ("GET", "/"), ("GET", "/cart"))
    assert not is_applicable(FILE, home, replace(page, route="/<path:path>"))
    # By one name it may be anybody's, whatever folder it is in.
    mirrored = replace(page, url="https://shop.example/raw/cart", route="/raw/<name>")
    assert len(of_answers(FILE, app, replace(page, route="/files/<name>"), mirrored) or []) == 1


def test_redirects() -> None:
    app = make()
    app.add_url_rule("/good", "good", lambda: redirect("/login?next=" + "x" * 900))
    app.add_url_rule("/bad", "bad", lambda: ("<table><tr><td>Ada</table>", 302, {"Location": "/login"}))
    app.add_url_rule("/data", "data", lambda: ({"users": ["ada"]}, 302, {"Location": "/login"}))
    replies = real(app, ("GET", "/good"), ("GET", "/bad"), ("GET", "/data"))
    assert shown(of_answers(REDIRECT, app, *replies)) == [("-", "Content in the body on 2 of 3 redirects")]
    assert of_answers(REDIRECT, app, replies[0]) == []
    assert not is_applicable(REDIRECT, answer("/"))
