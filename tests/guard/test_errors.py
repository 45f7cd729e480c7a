"""Every unhandled exception, 5xx answer and broken stream is one event; the client learns nothing of the inside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from flask import Flask, Response, abort, render_template, stream_with_context
from werkzeug.test import Client

from flask_garrison import Garrison
from flask_garrison.events import SecurityEvent

Seen = Callable[[], list[SecurityEvent]]


def broken_after_the_first_chunk() -> Iterable[str]:
    yield "first"
    raise LookupError("secret inside")


def test_an_unhandled_exception_is_one_event_and_no_word_to_the_client(app: Flask, seen: Seen) -> None:
    Garrison(app)
    answer = app.test_client().get("/boom")
    (event,) = seen()
    assert (event.event, event.outcome, event.status, event.route) == ("sys_crash:RuntimeError", "error", 500, "/boom")
    assert "secret inside" not in answer.text + event.as_json()


def test_a_5xx_answer_that_no_exception_made_is_one_event(app: Flask, seen: Seen) -> None:
    app.add_url_rule("/busy", "busy", lambda: abort(503))
    Garrison(app)
    app.test_client().get("/busy")
    assert [(event.event, event.status) for event in seen()] == [("sys_crash:503", 503)]


def test_a_stream_that_breaks_off_is_an_event_and_ends_the_connection(app: Flask, seen: Seen) -> None:
    app.add_url_rule("/stream", "stream", lambda: Response(broken_after_the_first_chunk(), mimetype="text/plain"))
    Garrison(app)
    received: list[bytes] = []
    with pytest.raises(LookupError):
        received.extend(Client(app).get("/stream", buffered=False).iter_encoded())
    (event,) = seen()
    assert (event.event, event.route, received) == ("sys_crash:LookupError", "/stream", [b"first"])


def test_a_stream_is_closed_when_the_client_goes_away(app: Flask) -> None:
    closed: list[str] = []

    def chunks() -> Iterable[str]:
        try:
            yield "one"
            yield "two"
        finally:
            closed.append("closed")

    app.add_url_rule("/stream", "stream", lambda: Response(stream_with_context(chunks()), mimetype="text/plain"))
    Garrison(app)
    response = app.test_client().get("/stream", buffered=False)
    assert next(iter(response.response)) == b"one"
    response.close()
    assert closed == ["closed"]


def test_a_template_that_cannot_be_read_is_one_event_and_a_guarded_page(app: Flask, seen: Seen, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<p>\xff\xfe</p>")
    app.template_folder = str(tmp_path)
    app.add_url_rule("/page", "page", lambda: render_template("page.html"))
    Garrison(app)
    answer = app.test_client().get("/page")
    assert (answer.status_code, "Content-Security-Policy" in answer.headers) == (500, True)
    assert [event.event for event in seen()] == ["sys_crash:UnicodeDecodeError"]
    assert "page.html" not in answer.text


def test_switched_off_it_says_nothing(app: Flask, seen: Seen) -> None:
    Garrison(app, modes={"monitoring.error-events": "off"})
    app.test_client().get("/boom")
    assert seen() == []
