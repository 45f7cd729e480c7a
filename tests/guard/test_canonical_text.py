"""Text that is none: refused wherever text is expected; files and raw bodies pass as they are."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, jsonify, request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from flask_garrison import Garrison, Policy
from flask_garrison.events import SecurityEvent

CONTROL = "inputs.canonical-text"
FORM = "application/x-www-form-urlencoded"
Seen = Callable[[], list[SecurityEvent]]


@pytest.fixture
def app(app: Flask) -> Flask:
    app.add_url_rule("/p/<path:name>", "path", lambda name: name)
    app.add_url_rule("/args", "args", lambda: jsonify(request.args))
    app.add_url_rule("/raw", "raw", lambda: request.get_data(), methods=["POST"])
    app.add_url_rule("/form", "form", lambda: jsonify(request.form, list(request.files)), methods=["POST"])
    app.add_url_rule("/in", "in", lambda: jsonify(request.get_json()), methods=["POST"])
    app.add_url_rule("/upload", "upload", lambda: request.files["f"].read(), methods=["POST"])
    return app


def post(app: Flask, path: str, data: Any, kind: str | None = None) -> TestResponse:
    return Client(app).post(path, data=data, content_type=kind)


def multipart(name: bytes, value: bytes, filename: bytes | None = None) -> bytes:
    extra = b'; filename="' + filename + b'"' if filename is not None else b""
    head = b'--b\r\nContent-Disposition: form-data; name="' + name + b'"' + extra + b"\r\n\r\n"
    return head + value + b"\r\n--b--\r\n"


def ours(seen: Seen) -> list[SecurityEvent]:
    return [event for event in seen() if event.control == CONTROL]


@pytest.mark.parametrize(
    "path", ["/p/a\x00b", "/p/\xff", "/p/\xc3", "/p/a\nb", "/p/a\x7f", "/p/\xed\xa0\x80", "/no\x00where"]
)
def test_a_path_is_text_without_control_characters(app: Flask, seen: Seen, path: str) -> None:
    Garrison(app)
    assert Client(app).get("/", environ_overrides={"PATH_INFO": path}).status_code == 400
    assert [(event.outcome, event.parameter) for event in ours(seen)] == [("refused", "path")]


@pytest.mark.parametrize(
    ("send", "parameter", "point"),
    [
        (lambda app: Client(app).get("/args?a=%00"), "query", "CIE3"),
        (lambda app: Client(app).get("/args?a=%ff"), "query", "EE2"),
        (lambda app: Client(app).get("/args?a%0a=1"), "query", "RE8"),
        (
            lambda app: post(app, "/form", multipart(b"card", b"\x00"), "multipart/form-data; boundary=b"),
            "card",
            "CIE3",
        ),
        (lambda app: Client(app).get("/", environ_overrides={"HTTP_X_TEAM": "a\x01"}), "x-team", "RE8"),
    ],
)
def test_the_event_names_the_place_and_the_detection_point(
    app: Flask, seen: Seen, send: Callable[[Flask], Any], parameter: str, point: str
) -> None:
    Garrison(app)
    assert send(app).status_code == 400
    assert [(event.parameter, event.appsensor) for event in ours(seen)] == [(parameter, point)]


@pytest.mark.parametrize("query", ["a=%00", "a=%ff", "a%0a=1", "%00", "a=1&b%09=2", "a=%c0%80"])
def test_a_query_holds_no_nul_no_wrong_utf8_and_no_control_in_names(app: Flask, query: str) -> None:
    Garrison(app)
    assert Client(app).get(f"/args?{query}").status_code == 400
    assert post(app, "/form", query, FORM).status_code == 400


def test_raw_bytes_of_a_form_are_judged_instead_of_silently_dropped(app: Flask) -> None:
    Garrison(app)
    assert post(app, "/form", b"a=\xff", FORM).status_code == 400
    assert post(app, "/form", b"a=\x00", FORM).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        multipart(b"a", b"\x00"),
        multipart(b"a", b"\xff"),
        multipart(b"a\x01", b"1"),
        multipart(b"f", b"1", b"a\x00.png"),
        multipart(b"f", b"1", b"a\x07.png"),
        multipart(b"f", b"1", b"a\xff.png"),
    ],
)
def test_fields_and_names_of_a_multipart_body_are_judged(app: Flask, seen: Seen, body: bytes) -> None:
    Garrison(app)
    assert post(app, "/form", body, "multipart/form-data; boundary=b").status_code == 400
    assert [event.outcome for event in ours(seen)] == ["refused"]


@pytest.mark.parametrize(
    "body",
    [
        rb'{"a": "\u0000"}',
        rb'["\ud800"]',
        rb'{"a\u0007": 1}',
        rb'{"a\n": 1}',
        b'["\xff"]',
        b'["\xed\xa0\x80"]',
        '["a"]'.encode("utf-16"),
        b'{"a\x7f": 1}',
    ],
)
def test_json_is_utf8_text(app: Flask, seen: Seen, body: bytes) -> None:
    Garrison(app)
    assert post(app, "/in", body, "application/json").status_code == 400
    assert [event.parameter for event in ours(seen)] == ["json"]


@pytest.mark.parametrize(("value", "status"), [("a\tb", 200), ("caf\xe9", 200), ("a\x01b", 400), ("a\x7f", 400)])
def test_headers_hold_tabs_and_bytes_but_no_other_controls(app: Flask, value: str, status: int) -> None:
    Garrison(app)
    assert Client(app).get("/", environ_overrides={"HTTP_X_NOTE": value}).status_code == status


def test_honest_text_passes_unchanged(app: Flask, seen: Seen) -> None:
    Garrison(app)
    text = "Žluťoučký kůň 😀\r\n\ttwo lines \ufffd \x1b"
    client = Client(app)
    assert client.get("/p/k%C5%AF%C5%88/%F0%9F%98%80").text == "kůň/😀"
    assert client.get("/args", query_string={"a": text}).json == {"a": text}
    assert client.get("/args?utf8=%E2%9C%93&q=100%&x=a+b").json == {"utf8": "✓", "q": "100%", "x": "a b"}
    assert post(app, "/form", {"a": text}).json == [{"a": text}, []]
    assert post(app, "/form", {"a": text, "f": (io.BytesIO(b"\xff\x00"), "kůň.png")}).json == [{"a": text}, ["f"]]
    for body in (json.dumps({"kůň": [text]}), json.dumps({"kůň": [text]}, ensure_ascii=False).encode()):
        assert post(app, "/in", body, "application/json").json == {"kůň": [text]}
    assert ours(seen) == []


def test_files_and_raw_bodies_are_not_touched(app: Flask) -> None:
    Garrison(app)
    content = bytes(range(256)) * 100
    assert post(app, "/raw", content, "application/octet-stream").data == content
    assert post(app, "/raw", content, "application/json").data == content
    assert post(app, "/upload", {"f": (io.BytesIO(content), "f.bin")}).data == content


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0")))
def test_every_text_that_utf8_can_write_passes_as_a_value(text: str) -> None:
    app = Flask("shop")
    app.add_url_rule("/form", "form", lambda: jsonify(request.form.get("a")), methods=["POST"])
    app.add_url_rule("/in", "in", lambda: jsonify(request.get_json()), methods=["POST"])
    Garrison(app)
    assert post(app, "/form", {"a": text}).json == text
    assert post(app, "/in", json.dumps(text), "application/json").json == text


@pytest.mark.parametrize("mode", ["observe", "off"])
def test_nothing_is_refused_unless_enforced(app: Flask, seen: Seen, mode: str) -> None:
    Garrison(app, Policy(modes={CONTROL: mode}))
    assert Client(app).get("/args?a=%00").json == {"a": "\0"}
    assert post(app, "/form", "a=%00", FORM).json == [{"a": "\0"}, []]
    assert post(app, "/in", r'["\u0000"]', "application/json").json == ["\0"]
    expected = ["would_refuse"] * 3 if mode == "observe" else []
    assert [event.outcome for event in ours(seen)] == expected


def test_the_event_repeats_nothing_that_could_forge_a_log_line(app: Flask, seen: Seen) -> None:
    Garrison(app)
    post(app, "/form", multipart(b"a\nWARNING forged", b"1"), "multipart/form-data; boundary=b")
    assert all("\n" not in event.as_json() for event in ours(seen))


@pytest.mark.parametrize("mode", ["off", "observe", "enforce"])
@pytest.mark.parametrize(
    ("header", "value", "where"),
    [
        ("Cookie", r'a="x\000y"', "cookie"),
        ("Cookie", r'fine=1; a="\000"', "cookie"),
        ("Authorization", "Basic AGE6Yg==", "authorization"),
        ("Authorization", "Basic YTpiAGM=", "authorization"),
    ],
)
def test_nul_does_not_come_in_by_a_header_that_is_decoded(
    app: Flask, seen: Seen, header: str, value: str, where: str, mode: str
) -> None:
    Garrison(app, Policy(modes={CONTROL: mode}))
    answer = Client(app, use_cookies=False).get("/", headers={header: value})
    assert answer.status_code == (400 if mode == "enforce" else 200)
    found = [(event.outcome, event.parameter) for event in seen() if event.control == CONTROL]
    outcome = {"off": [], "observe": [("would_refuse", where)], "enforce": [("refused", where)]}[mode]
    assert found == outcome


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Cookie", r'a="x\\000y"; b="\303\251\054\012"; c=\000'),
        ("Authorization", "Basic YWRhOsO8YnVuZw=="),
        ("Authorization", "Basic !"),
        ("Authorization", "Bearer AGE6Yg=="),
        ("Authorization", 'Digest username="ada", nonce="AGE6Yg=="'),
    ],
)
def test_honest_credentials_and_cookies_pass(app: Flask, header: str, value: str) -> None:
    Garrison(app)
    assert Client(app, use_cookies=False).get("/", headers={header: value}).status_code == 200
