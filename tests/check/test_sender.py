"""One request into an application, and what is recorded of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask, Response, request, session

from flask_garrison.check.addresses import Addresses
from flask_garrison.check.planned import Planned, cross_origin, navigation, submission
from flask_garrison.check.sender import KEPT, Sender, Sent, Visitor
from flask_garrison.check.stand_ins import prepared

KEY = "6f1d0c9b4f7e4a2b8d53a7c0e1b94f26"


def make(**config: Any) -> Flask:
    app = Flask("shop")
    app.config.update({"SECRET_KEY": KEY, **config})
    return app


def send(app: Flask, path: str = "/", *, visitor: Visitor | None = None, seconds: float = 30, **planned: Any) -> Sent:
    known = Addresses(app)
    url = planned.pop("url", None) or known.url(path)
    route = known.route_at(url, planned.get("method", "GET"))
    values = {"case": "view", "method": "GET", "url": url, "route": route, "headers": navigation(), **planned}
    with prepared(app):
        return Sender(app, seconds, known.root).send(Planned(**values), visitor or Visitor(app))


def test_an_answer_is_recorded_as_it_came() -> None:
    app = make()

    @app.get("/a/<int:n>")
    def a(n: int) -> Response:
        return Response("hello", headers=[("X-One", "1"), ("X-One", "2")])

    sent = send(app, "/a/7?q=1")
    answer = sent.answer
    assert answer is not None
    assert (answer.method, answer.url, answer.status) == ("GET", "https://localhost/a/7?q=1", 200)
    assert (answer.route, answer.endpoint, answer.user) == ("/a/<int:n>", "a", "")
    assert answer.headers.getlist("X-One") == ["1", "2"]
    assert (answer.body, answer.size, answer.raised) == (b"hello", 5, "")
    assert answer.sent["Host"] == "localhost"
    assert answer.sent["Sec-Fetch-Mode"] == "navigate"
    assert (sent.raised, sent.slow, sent.streamed) == (None, "", False)


def test_a_stranger_comes_from_documentation_addresses_without_cookies() -> None:
    app = make()
    came = []

    @app.get("/")
    def index() -> str:
        came.append((request.remote_addr, request.scheme, request.headers.get("Cookie")))
        session["seen"] = 1
        return ""

    stranger = Visitor(app)
    for _ in range(2):
        send(app, visitor=stranger)
    assert came == [("203.0.113.7", "https", None), ("203.0.113.8", "https", None)]


def test_a_user_keeps_cookies_and_address() -> None:
    app = make()
    came = []

    @app.get("/")
    def index() -> str:
        came.append((request.remote_addr, session.get("seen")))
        session["seen"] = 1
        return ""

    user = Visitor(app, "ada", address="198.51.100.1")
    for _ in range(2):
        send(app, visitor=user)
    assert came == [("198.51.100.1", None), ("198.51.100.1", 1)]
    assert list(user.cookies()) == ["session"]


@pytest.mark.parametrize("config", [{}, {"TESTING": True}, {"DEBUG": True}, {"PROPAGATE_EXCEPTIONS": True}])
def test_an_exception_ends_in_the_page_that_a_server_would_send(config: dict[str, bool]) -> None:
    app = make(**config)

    @app.errorhandler(500)
    def own(error: object) -> tuple[str, int]:
        return "our page", 500

    @app.get("/")
    def index() -> str:
        raise KeyError("pepper-9")

    sent = send(app)
    assert sent.answer is not None
    assert (sent.answer.status, sent.answer.body) == (500, b"our page")
    assert sent.answer.raised == "KeyError: 'pepper-9'"
    assert sent.raised is not None
    assert sent.raised.place.startswith("tests/check/test_sender.py:")
    assert "pepper-9" not in str(sent.answer.as_dict())


def test_an_exception_that_leaves_the_application_is_the_servers_page() -> None:
    app = make()

    @app.get("/")
    def index() -> str:
        return ""

    def broken(environ: object, start_response: object) -> Any:
        raise OSError("pepper-9")

    app.wsgi_app = broken  # type: ignore[method-assign]
    sent = send(app)
    assert sent.answer is not None
    assert (sent.answer.status, sent.answer.raised) == (500, "OSError: pepper-9")
    assert list(sent.answer.headers) == [("Content-Type", "text/html; charset=utf-8")]
    assert b"pepper-9" not in sent.answer.body


def test_a_view_that_ends_the_process_does_not() -> None:
    app = make()

    @app.get("/")
    def index() -> str:
        sys.exit(3)

    sent = send(app)
    assert sent.answer is not None
    assert (sent.answer.status, sent.answer.raised) == (500, "SystemExit: 3")


def test_ctrl_c_is_not_swallowed() -> None:
    app = make()

    @app.get("/")
    def index() -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(app)


def test_a_view_that_hangs_is_left() -> None:
    app = make()

    @app.get("/")
    def index() -> str:
        while True:
            try:
                sum(range(1000))
            except Exception:  # noqa: S112
                continue

    sent = send(app, seconds=0.05)
    assert (sent.answer, sent.slow) == (None, "did not answer within 0.05 s")


def test_a_body_without_end_keeps_its_head() -> None:
    app = make()

    @app.get("/")
    def index() -> Response:
        def forever() -> Iterator[str]:
            yield "begin"
            while True:
                pass

        return Response(forever(), headers={"X-One": "1"})

    sent = send(app, seconds=0.05)
    assert sent.slow == "did not end its answer within 0.05 s"
    assert sent.answer is not None
    assert (sent.answer.body, sent.answer.headers["X-One"]) == (b"begin", "1")


def test_an_event_stream_is_not_meant_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flask_garrison.check.sender.EVENT_STREAM_SECONDS", 0.05)
    app = make()

    @app.get("/")
    def index() -> Response:
        def forever() -> Iterator[str]:
            yield "data: 1\n\n"
            while True:
                pass

        return Response(forever(), mimetype="text/event-stream")

    sent = send(app, seconds=30)
    assert (sent.slow, sent.streamed) == ("", True)
    assert sent.answer is not None
    assert sent.answer.body == b"data: 1\n\n"


def test_a_stream_that_breaks_off_keeps_its_head() -> None:
    app = make()

    @app.get("/")
    def index() -> Response:
        def breaking() -> Iterator[str]:
            yield "begin"
            raise OSError("gone")

        return Response(breaking())

    sent = send(app)
    assert sent.answer is not None
    assert (sent.answer.status, sent.answer.body, sent.answer.raised) == (200, b"begin", "OSError: gone")


def test_of_a_large_body_the_beginning_is_kept() -> None:
    app = make()

    @app.get("/")
    def index() -> Response:
        return Response(b"x" * 1000 for _ in range(2000))

    answer = send(app).answer
    assert answer is not None
    assert (len(answer.body), answer.size) == (KEPT, 2_000_000)


def test_streams_are_closed() -> None:
    app = make()
    closed = []

    @app.get("/")
    def index() -> Response:
        response = Response("x")
        response.call_on_close(lambda: closed.append(1))
        return response

    send(app)
    assert closed == [1]


def test_a_stand_in_answers_and_says_so() -> None:
    app = make()

    @app.get("/")
    def index() -> str:
        raise AssertionError("called")

    sent = send(app, stand_in="page")
    assert sent.reached
    assert sent.answer is not None
    assert (sent.answer.status, sent.answer.raised) == (200, "")


def test_a_stand_in_that_a_hook_keeps_off_is_not_reached() -> None:
    app = make()
    app.before_request(lambda: ("no", 403))
    app.add_url_rule("/", "index", lambda: "")
    assert not send(app, stand_in="page").reached


def test_a_length_that_is_only_stated_is_refused_by_the_applications_limit() -> None:
    app = make(MAX_CONTENT_LENGTH=1000)
    app.add_url_rule("/", "index", lambda: "", methods=["POST"])
    sent = send(app, method="POST", stand_in="read", body=b"x", length=1 << 41, headers=submission("https://localhost"))
    assert sent.answer is not None
    assert sent.answer.status == 413


def test_without_a_limit_a_stated_length_takes_no_memory() -> None:
    app = make()
    app.add_url_rule("/", "index", lambda: "", methods=["POST"])
    sent = send(app, method="POST", stand_in="read", body=b"x", length=1 << 41, headers=submission("https://localhost"))
    assert sent.answer is not None
    assert sent.answer.status == 400


def test_host_scheme_and_origin_are_sent_as_planned() -> None:
    app = make()
    came = []

    @app.get("/")
    def index() -> str:
        came.append((request.scheme, request.headers["Host"], request.headers.get("Origin")))
        return ""

    send(app, host="attacker.example")
    send(app, url="http://localhost/", headers=navigation(secure=False))
    send(app, headers=cross_origin("null"))
    assert came == [
        ("https", "attacker.example", None),
        ("http", "localhost", None),
        ("https", "localhost", "null"),
    ]


def test_no_fetch_metadata_in_the_clear() -> None:
    assert not [name for name, _ in navigation(secure=False) if name.startswith("Sec-")]


def test_the_mount_point_is_handed_over_as_a_server_does() -> None:
    app = make(APPLICATION_ROOT="/shop")
    app.add_url_rule("/a", "a", lambda: f"{request.script_root} {request.path}")
    answer = send(app, "/a").answer
    assert answer is not None
    assert (answer.url, answer.body) == ("https://localhost/shop/a", b"/shop /a")
