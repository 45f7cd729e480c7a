"""Bodies of every size, framing and shape: what is refused, what passes, and who may say otherwise."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, Request, jsonify, request
from flask.json.provider import DefaultJSONProvider
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from flask_garrison import Garrison, Policy, view_policy
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.json_body import is_deeper

CONTROL = "inputs.body-limits"
MIB = 1_048_576
Seen = Callable[[], list[SecurityEvent]]
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def app(app: Flask) -> Flask:
    app.add_url_rule("/raw", "raw", lambda: str(len(request.get_data())), methods=["POST"])
    app.add_url_rule("/form", "form", lambda: str(sum(1 for _ in request.form.items(True))), methods=["POST"])
    app.add_url_rule("/in", "in", lambda: jsonify(request.get_json()), methods=["POST"])
    app.add_url_rule("/upload", "upload", lambda: str(len(request.files["f"].read())), methods=["POST"])
    return app


def post(app: Flask, path: str, data: Any, kind: str | None = None, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Client(app).post(path, data=data, content_type=kind, headers=named)


def chunked(app: Flask, path: str, data: bytes, kind: str = "application/octet-stream") -> TestResponse:
    environ = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True, "wsgi.input": io.BytesIO(data)}
    return Client(app).post(path, content_type=kind, environ_overrides=environ)


def ours(seen: Seen) -> list[SecurityEvent]:
    return [event for event in seen() if event.control == CONTROL]


def file_of(size: int) -> dict[str, Any]:
    return {"f": (io.BytesIO(b"x" * size), "f.bin")}


def test_an_upload_of_ten_megabytes_passes(app: Flask, seen: Seen) -> None:
    Garrison(app)
    assert post(app, "/upload", file_of(10_000_000)).text == "10000000"
    assert ours(seen) == []


def test_an_upload_of_seventeen_mebibytes_is_refused_with_the_line_to_add(app: Flask, seen: Seen) -> None:
    Garrison(app)
    answer = post(app, "/upload", file_of(17 * MIB))
    assert answer.status_code == 413
    assert "MAX_CONTENT_LENGTH" not in answer.text
    (event,) = ours(seen)
    assert (event.outcome, event.status) == ("refused", 413)
    assert "MAX_CONTENT_LENGTH" in str(event.detail["advice"])
    assert "@view_policy(max_body_bytes=...) on 'upload'" in str(event.detail["advice"])


@pytest.mark.parametrize(
    ("path", "kind", "limit"),
    [("/raw", "application/octet-stream", 16 * MIB), ("/raw", FORM, MIB), ("/raw", "application/json", MIB)],
)
@pytest.mark.parametrize("send", [post, chunked])
def test_the_limit_is_exact_in_both_framings(
    app: Flask, send: Callable[..., TestResponse], path: str, kind: str, limit: int
) -> None:
    Garrison(app)
    assert send(app, path, b"x" * limit, kind).text == str(limit)
    assert send(app, path, b"x" * (limit + 1), kind).status_code == 413


@pytest.mark.parametrize("send", [post, chunked])
def test_what_the_app_states_counts_in_both_directions(
    app: Flask, seen: Seen, send: Callable[..., TestResponse]
) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1_000
    Garrison(app)
    assert send(app, "/raw", b"x" * 1_000).text == "1000"
    assert send(app, "/raw", b"x" * 1_001).status_code == 413
    app.config["MAX_CONTENT_LENGTH"] = 20 * MIB
    assert send(app, "/raw", b"x" * 18 * MIB).text == str(18 * MIB)
    assert [event.outcome for event in ours(seen)] == ["refused"]


@pytest.mark.parametrize("send", [post, chunked])
def test_a_view_raises_its_own_limit_on_the_request(app: Flask, send: Callable[..., TestResponse]) -> None:
    def large() -> str:
        request.max_content_length = 20 * MIB
        return str(len(request.get_data()))

    app.add_url_rule("/large", "large", large, methods=["POST"])
    Garrison(app)
    assert send(app, "/large", b"x" * 20 * MIB).text == str(20 * MIB)
    assert send(app, "/large", b"x" * (20 * MIB + 1)).status_code == 413
    assert send(app, "/raw", b"x" * 20 * MIB).status_code == 413


def test_the_decorator_goes_beyond_what_the_app_states(app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 100
    app.add_url_rule(
        "/large", "large", view_policy(max_body_bytes=500)(lambda: str(len(request.get_data()))), methods=["POST"]
    )
    Garrison(app)
    assert post(app, "/large", b"x" * 500).text == "500"
    assert post(app, "/large", b"x" * 501).status_code == 413
    assert post(app, "/raw", b"x" * 101).status_code == 413


def test_a_limit_does_not_open_for_a_view_that_swallows_errors(app: Flask, seen: Seen) -> None:
    def stubborn() -> str:
        got = 0
        for _ in range(50):
            with contextlib.suppress(Exception):
                got += len(request.stream.read(100))
        return str(got)

    app.add_url_rule("/stubborn", "stubborn", stubborn, methods=["POST"])
    Garrison(app, Policy(max_body_bytes=1_000))
    assert int(chunked(app, "/stubborn", b"x" * 5_000).text) <= 1_000
    assert len(ours(seen)) == 1


WAYS: dict[str, Callable[[Any], object]] = {
    "readline": lambda stream: stream.readline(),
    "readlines": lambda stream: stream.readlines(),
    "read": lambda stream: stream.read(),
    "read-much": lambda stream: stream.read(5_000),
    "readinto": lambda stream: stream.readinto(bytearray(5_000)),
    "iterate": list,
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("raw", [True, False])
def test_every_way_to_read_is_counted(app: Flask, way: str, raw: bool) -> None:
    def read() -> str:
        return str(WAYS[way](request.environ["wsgi.input"] if raw else request.stream))

    app.add_url_rule("/any", "any", read, methods=["POST"])
    Garrison(app, Policy(max_body_bytes=1_000))
    assert chunked(app, "/any", b"x" * 999 + b"\n").status_code == 200
    assert chunked(app, "/any", b"x" * 1_000 + b"\n").status_code == 413


def test_lines_of_a_body_can_be_iterated_and_wrapped(app: Flask) -> None:
    app.add_url_rule("/lines", "lines", lambda: str(len(list(request.stream))), methods=["POST"])
    app.add_url_rule("/text", "text", lambda: io.TextIOWrapper(request.stream).read(), methods=["POST"])
    Garrison(app)
    assert post(app, "/lines", b"a\nb\nc").text == "3"
    assert post(app, "/text", b"plain text").text == "plain text"


def test_ten_thousand_fields_are_refused_wherever_they_stand(app: Flask, seen: Seen) -> None:
    Garrison(app)
    fields = "&".join(f"f{number}=1" for number in range(10_000))
    assert Client(app).get(f"/?{fields}").status_code == 400
    assert post(app, "/form", fields, FORM).status_code == 413
    assert post(app, "/form", {**{f"f{n}": "1" for n in range(10_000)}, **file_of(1)}).status_code == 413
    assert [event.outcome for event in ours(seen)] == ["refused"] * 3


def test_the_number_of_fields_is_exact_and_the_view_may_change_it(app: Flask) -> None:
    app.add_url_rule("/few", "few", view_policy(max_fields=2)(_count), methods=["POST"])
    Garrison(app, Policy(max_fields=3))
    assert post(app, "/form", "a=1&b=1&c=1", FORM).text == "3"
    assert post(app, "/form", "a=1&b=1&c=1&d=1", FORM).status_code == 413
    assert post(app, "/few", "a=1&b=1&c=1", FORM).status_code == 413
    assert post(app, "/few", {"a": "1", "b": "1", **file_of(1)}).status_code == 413
    assert post(app, "/few", {"a": "1", **file_of(1)}).text == "1"


def _count() -> str:
    return str(len(request.form))


def test_more_parts_where_the_app_says_so(app: Flask) -> None:
    app.config["MAX_FORM_PARTS"] = 3_000
    Garrison(app)
    assert post(app, "/form", {**{f"f{n}": "1" for n in range(2_000)}, **file_of(1)}).text == "2000"


@pytest.mark.parametrize("where", ["query", "urlencoded", "multipart", "file", "json"])
def test_names_have_a_length(app: Flask, where: str) -> None:
    def send(name: str) -> int:
        if where == "query":
            return Client(app).get(f"/?{name}=1").status_code
        if where == "json":
            return post(app, "/in", json.dumps({name: 1}), "application/json").status_code
        if where == "urlencoded":
            return post(app, "/form", {name: "1"}).status_code
        fields = {name: "1", **file_of(1)} if where == "multipart" else {"f": (io.BytesIO(b"x"), name)}
        return post(app, "/form", fields).status_code

    Garrison(app)
    assert (send("n" * 256), send("n" * 257)) == (200, 400)


@pytest.mark.parametrize(("policy", "status"), [("allow", 200), ("refuse", 400)])
def test_duplicates_follow_the_policy(app: Flask, policy: str, status: int) -> None:
    Garrison(app, Policy(duplicate_parameters=policy, duplicate_json_keys=policy))
    assert Client(app).get("/?a=1&a=2").status_code == status
    assert post(app, "/form", "a=1&a=2", FORM).status_code == status
    assert post(app, "/in", '{"a": 1, "b": {"a": 1, "a": 2}}', "application/json").status_code == status
    assert post(app, "/in", '{"a": {"a": 1}}', "application/json").status_code == 200


@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
@pytest.mark.parametrize("closed", [True, False])
def test_json_a_hundred_thousand_levels_deep_is_a_400(app: Flask, seen: Seen, opening: str, closed: bool) -> None:
    Garrison(app)
    closing = opening.replace('"a":', "")[::-1].translate(str.maketrans("[{", "]}"))
    answer = post(app, "/in", opening * 100_000 + ("1" + closing * 100_000) * closed, "application/json")
    assert answer.status_code == 400
    assert [event.event for event in ours(seen)] == ["input_validation_fail:json"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32-le"])
def test_the_depth_is_exact_in_every_encoding_that_json_detects(app: Flask, encoding: str) -> None:
    app.add_url_rule(
        "/deep", "deep", view_policy(max_json_depth=100)(lambda: jsonify(bool(request.json))), methods=["POST"]
    )
    Garrison(app, Policy(modes={"inputs.canonical-text": "off"}))
    for path, depth in (("/in", 64), ("/deep", 100)):
        good = ("[" * depth + "1" + "]" * depth).encode(encoding)
        bad = ("[" * (depth + 1) + "1" + "]" * (depth + 1)).encode(encoding)
        assert post(app, path, good, "application/json").status_code == 200
        assert post(app, path, bad, "application/json").status_code == 400


def depth_of(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth_of, value.values()), default=0)
    return 1 + max(map(depth_of, value), default=0) if isinstance(value, list) else 0


TEXT = st.text(alphabet='[]{}"\\/ é\n', max_size=8)
JSON = st.recursive(
    st.none() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=40,
)


@given(JSON, st.integers(0, 8), st.booleans())
def test_the_depth_is_what_a_recursive_reader_finds(value: object, limit: int, ascii_only: bool) -> None:
    data = json.dumps(value, ensure_ascii=ascii_only).encode()
    assert is_deeper(data, limit) is (depth_of(value) > limit)


@given(JSON)
def test_no_honest_json_is_refused(value: object) -> None:
    app = Flask("shop")
    app.add_url_rule("/in", "in", lambda: jsonify(same=request.get_json() == value), methods=["POST"])
    Garrison(app)
    body = json.dumps(value)
    status = 400 if depth_of(value) > 64 else 200
    answer = post(app, "/in", body, "application/json")
    if not any(ord(letter) < 32 for letter in "".join(keys_of(value))):
        assert answer.status_code == status
        assert answer.json == {"same": True}


def keys_of(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(key for inner in value.values() for key in keys_of(inner))]
    return [key for inner in value for key in keys_of(inner)] if isinstance(value, list) else []


def test_a_gzip_bomb_is_not_parsed_but_a_view_may_read_it(app: Flask, seen: Seen) -> None:
    Garrison(app)
    bomb = gzip.compress(b" " * 10_000_000)
    for path, kind in (("/in", "application/json"), ("/form", FORM)):
        answer = post(app, path, bomb, kind, Content_Encoding="gzip")
        assert (answer.status_code, answer.headers["Accept-Encoding"]) == (415, "identity")
    assert post(app, "/raw", bomb, "application/json", Content_Encoding="gzip").text == str(len(bomb))
    assert post(app, "/in", b"{}", "application/json", Content_Encoding="identity").status_code == 200
    assert [event.event for event in ours(seen)] == ["input_validation_fail:content-encoding"] * 2


def test_what_a_hook_decompresses_is_parsed_and_counted(app: Flask) -> None:
    @app.before_request
    def inflate() -> None:
        environ = request.environ
        environ["wsgi.input"] = gzip.GzipFile(fileobj=io.BytesIO(environ["wsgi.input"].read()))
        environ["wsgi.input_terminated"] = True

    Garrison(app)
    small, bomb = gzip.compress(b'{"a": 1}'), gzip.compress(b" " * 10_000_000)
    assert post(app, "/in", small, "application/json", Content_Encoding="gzip").json == {"a": 1}
    assert post(app, "/in", bomb, "application/json", Content_Encoding="gzip").status_code == 413


def test_a_text_field_that_flask_finds_too_large_has_an_event(app: Flask, seen: Seen) -> None:
    Garrison(app)
    answer = post(app, "/form", {"a": "x" * 600_000, **file_of(1)})
    assert answer.status_code == 413
    assert "MAX_FORM_MEMORY_SIZE" in str(ours(seen)[0].detail["advice"])


def test_json_of_another_content_type_is_bounded_too(app: Flask) -> None:
    app.add_url_rule("/force", "force", lambda: jsonify(len(request.get_json(force=True))), methods=["POST"])
    Garrison(app)
    assert post(app, "/force", b'"' + b"x" * MIB + b'"', "text/plain").status_code == 413
    assert post(app, "/force", b'"' + b"x" * 9 + b'"', "text/plain").json == 9


def test_a_provider_and_a_request_of_the_apps_own_do_the_work(app: Flask) -> None:
    class Upper(DefaultJSONProvider):
        def loads(self, s: str | bytes, **options: Any) -> Any:
            return str(super().loads(s)).upper()

    class Own(Request):
        def make_form_data_parser(self) -> Any:
            parser = super().make_form_data_parser()
            parser.silent = False
            return parser

    app.json, app.request_class = Upper(app), Own
    Garrison(app)
    assert post(app, "/in", '{"a": 1}', "application/json").json == "{'A': 1}"
    assert post(app, "/in", '{"a": 1, "a": 2}', "application/json").status_code == 400
    assert post(app, "/form", "a=1&b=2", FORM).text == "2"


LONG = "n" * 3_000
POINTS: dict[str, tuple[Callable[[Flask], Any], str, str, str]] = {
    "a large body": (lambda app: post(app, "/raw", b"x" * (MIB + 1), "application/json"), "body", "", "RE7"),
    "a large file": (lambda app: post(app, "/upload", file_of(17 * MIB)), "body", "", "FIO1"),
    "many in the query": (lambda app: Client(app).get("/?" + "a=1&" * 2_000), "fields", "", "RE5"),
    "many in a form": (lambda app: post(app, "/form", "a=1&" * 2_000, FORM), "fields", "", "RE5"),
    "many parts": (
        lambda app: post(app, "/form", {f"f{n}": "1" for n in range(600)} | file_of(1)),
        "fields",
        "",
        "RE5",
    ),
    "a long name": (lambda app: post(app, "/form", {"n" * 300: "1"}), "name", "n" * 300, "RE7"),
    "a very long name": (
        lambda app: Client(app).get(f"/?{LONG}=1"),
        "name",
        f"{'n' * 2_000}[1000 more characters]",
        "RE7",
    ),
    "a long name in JSON": (
        lambda app: post(app, "/in", json.dumps({"n" * 300: 1}), "application/json"),
        "name",
        "n" * 300,
        "RE7",
    ),
    "a long name of a file": (lambda app: post(app, "/form", {"f": (io.BytesIO(b"x"), LONG)}), "name", "f", "RE7"),
    "a name twice": (lambda app: Client(app).get("/?a=1&b=2&b=hunter2"), "duplicate", "b", "RE5"),
    "a key twice": (lambda app: post(app, "/in", '{"a": 1, "a": 2}', "application/json"), "duplicate", "a", "RE5"),
    "deep JSON": (lambda app: post(app, "/in", "[" * 100, "application/json"), "json", "", "RE7"),
    "a compressed form": (
        lambda app: post(app, "/form", gzip.compress(b"a=1"), FORM, Content_Encoding="gzip"),
        "content-encoding",
        "content-encoding",
        "EE2",
    ),
}


@pytest.mark.parametrize("mode", ["enforce", "observe"])
@pytest.mark.parametrize("name", POINTS)
def test_an_event_names_the_input_and_the_detection_point(app: Flask, seen: Seen, name: str, mode: str) -> None:
    send, what, parameter, point = POINTS[name]
    duplicates = "refuse" if name == "a name twice" else "allow"
    Garrison(app, Policy(modes={CONTROL: mode}, duplicate_parameters=duplicates, max_fields=500))
    send(app)
    event = ours(seen)[0]
    assert event.outcome == ("refused" if mode == "enforce" else "would_refuse")
    assert (event.event, event.parameter, event.appsensor) == (f"input_validation_fail:{what}", parameter, point)
    assert "hunter2" not in event.as_json()


def test_malformed_json_stays_flasks_own_400(app: Flask, seen: Seen) -> None:
    Garrison(app)
    assert post(app, "/in", "{", "application/json").status_code == 400
    assert post(app, "/in", "]]]]", "application/json").status_code == 400
    assert ours(seen) == []


@pytest.mark.parametrize("mode", ["observe", "off"])
def test_nothing_is_refused_unless_enforced(app: Flask, seen: Seen, mode: str) -> None:
    Garrison(app, Policy(modes={CONTROL: mode}, max_fields=2, max_body_bytes=100, max_json_depth=1))
    fields = "a=1&b=1&c=1"
    assert Client(app).get(f"/?{fields}").status_code == 200
    assert post(app, "/form", fields, FORM).text == "3"
    assert post(app, "/form", {"a": "1", "b": "2", **file_of(1)}).text == "2"
    assert post(app, "/in", '[[{"a": 1, "a": 2}]]', "application/json").json == [[{"a": 2}]]
    assert chunked(app, "/raw", b"x" * 5_000).text == "5000"
    assert post(app, "/raw", b"x" * 5_000).text == "5000"
    outcomes = {event.outcome for event in ours(seen)}
    assert outcomes == ({"would_refuse"} if mode == "observe" else set())
    assert mode == "off" or len(ours(seen)) >= 6


@pytest.mark.parametrize("mode", ["observe", "enforce"])
def test_a_body_full_of_doubled_keys_is_one_event(app: Flask, seen: Seen, mode: str) -> None:
    Garrison(app, Policy(modes={CONTROL: mode}))
    body = "[" + ",".join(['{"a": 1, "a": 2}', f'{{"{"n" * 300}": 1}}'] * 500) + "]"
    assert post(app, "/in", body, "application/json").status_code == (200 if mode == "observe" else 400)
    names = ["duplicate", "name"] if mode == "observe" else ["duplicate"]
    assert [event.event for event in ours(seen)] == [f"input_validation_fail:{name}" for name in names]


def test_a_doubled_key_is_found_in_one_pass(app: Flask, seen: Seen) -> None:
    Garrison(app)
    keys = [*(f"{number:x}" for number in range(90_000)), "last", "last"]
    body = "{" + ",".join(f'"{key}":1' for key in keys) + "}"
    assert post(app, "/in", body, "application/json").status_code == 400
    assert ours(seen)[0].detail["name"] == "last"


def test_observing_leaves_the_body_to_the_view(app: Flask) -> None:
    app.add_url_rule("/stream", "stream", lambda: request.environ["wsgi.input"].read(9), methods=["POST"])
    Garrison(app, Policy(mode="observe"))
    assert post(app, "/stream", "a=1&b=2&c", FORM).text == "a=1&b=2&c"


@pytest.mark.parametrize(
    "body", [b'"' + b'\\"' * 500_000, b"[" * 1_000_000, b'"' + b"\\" * 999_999, b'{"a":"b\\"[",' * 80_000]
)
def test_the_depth_of_hostile_text_is_found_in_one_pass(app: Flask, body: bytes) -> None:
    Garrison(app)
    assert post(app, "/in", body, "application/json").status_code == 400


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=b"])
def test_a_broken_multipart_body_stays_an_empty_form(app: Flask, kind: str) -> None:
    Garrison(app)
    assert post(app, "/form", b"no parts", kind).text == "0"


def test_the_csrf_check_reads_within_the_limit(app: Flask, seen: Seen) -> None:
    Garrison(app)
    client = Client(app)
    client.set_cookie("session", "old")
    answer = client.post("/form", data=b"a=" + b"x" * 2 * MIB, content_type=FORM)
    assert answer.status_code == 413
    assert len(ours(seen)) == 1
