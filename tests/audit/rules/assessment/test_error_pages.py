"""Error pages that show a debugger, a traceback, a path or an exception; and honest ones."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, Response, abort
from werkzeug.debug import DebuggedApplication
from werkzeug.exceptions import HTTPException
from werkzeug.test import Client

from flask_garrison import Garrison
from flask_garrison.target.answers import PROVOKED_PATH, PROVOKED_SECRET
from tests.audit.answers.support import answer, found, is_applicable, real, shown
from tests.audit.support import make, of_answers

DEBUGGER, TRACEBACK = "assessment.debugger-shown", "assessment.error-page-traceback"
PATH, TEXT = "assessment.error-page-path", "assessment.error-page-exception"
ALL = (DEBUGGER, TRACEBACK, PATH, TEXT)


def failing(handler: Callable[[Exception], Any] | None = None) -> Flask:
    app = make()

    def boom() -> None:
        raise RuntimeError(f"{PROVOKED_SECRET} in {PROVOKED_PATH}")

    app.add_url_rule("/boom", "boom", boom)
    app.add_url_rule("/refuse", "refuse", lambda: abort(403, "Ask the owner of this basket."))
    if handler:
        app.register_error_handler(Exception, handler)
    return app


def said(app: Flask, *paths: str) -> dict[str, list[tuple[str, str]]]:
    replies = real(app, *(("GET", path) for path in paths or ("/boom", "/none")), case="error")
    return {rule: results for rule in ALL if (results := shown(of_answers(rule, app, *replies)))}


def test_flasks_own_pages_show_nothing() -> None:
    assert said(failing(), "/boom", "/none", "/refuse") == {}


def test_a_traceback() -> None:
    app = failing(lambda error: Response(f"<pre>{traceback.format_exc()}</pre>", status=500))
    assert said(app) == {TRACEBACK: [("-", "A traceback on 2 of 2 error answers")]}


def test_a_traceback_in_json() -> None:
    app = failing(lambda error: ({"trace": traceback.format_exc()}, 500))
    assert said(app, "/boom") == {TRACEBACK: [("-", "A traceback on 1 of 1 error answers")]}


def test_a_traceback_for_those_who_are_logged_in() -> None:
    plain = answer("/boom", status=500, body=b"Something went wrong.", case="error")
    shows = answer("/boom", status=500, body=b"Traceback (most recent call last):", user="ada")
    words = "A traceback on 1 of {} error answers"
    assert found(TRACEBACK, plain, shows) == [("low", words.format(2))]
    assert found(TRACEBACK, shows) == [("-", words.format(1))]


def test_the_words_of_an_exception() -> None:
    app = failing(lambda error: ({"error": str(error)}, 500))
    assert said(app, "/boom") == {
        PATH: [("-", "A path of the server on 1 of 1 error answers")],
        TEXT: [("-", "The words of an exception on 1 of 1 error answers")],
    }


@pytest.mark.parametrize(
    "body",
    [
        b"<p>KeyError: &#39;basket&#39;</p>",
        b"(sqlite3.OperationalError) no such table",
        b"psycopg.errors.UndefinedTable: x",
    ],
)
def test_the_class_of_an_exception_on_a_page_of_500(body: bytes) -> None:
    assert found(TEXT, answer("/", status=500, body=body)) == [
        ("-", "The words of an exception on 1 of 1 error answers")
    ]
    assert found(TEXT, answer("/", status=404, body=body)) == []


def test_what_the_application_did_not_handle_is_known_by_its_words() -> None:
    page = answer("/", status=500, body=b"sorry: cannot reach db7:5432", raised="OSError: cannot reach db7:5432")
    assert len(found(TEXT, page)) == 1


@pytest.mark.parametrize(
    "body",
    [b"<p>An error occurred. Exceptions are logged.</p>", b"<p>Value error</p>", b"<h1>Exception</h1>Warning: x"],
)
def test_honest_words(body: bytes) -> None:
    for rule in ALL:
        assert found(rule, answer("/", status=500, body=body)) == []


@pytest.mark.parametrize(
    ("body", "shows"),
    [
        (b"No such file: /opt/venv/lib/python3.12/site-packages/flask/app.py", True),
        (b"cannot read /srv/provoked/settings.ini", True),
        (b"No page at /usr/share/tea", False),
    ],
)
def test_paths(body: bytes, shows: bool) -> None:
    assert bool(found(PATH, answer("/", status=404, body=body))) is shows


def test_the_folder_of_the_application(tmp_path: Any) -> None:
    app = Flask("shop", root_path=str(tmp_path / "shop"))
    page = answer("/", status=500, body=f"in {tmp_path}/shop/views.py".encode())
    assert shown(of_answers(PATH, app, page)) == [("-", "A path of the server on 1 of 1 error answers")]


@pytest.mark.parametrize(("evalex", "severity"), [(True, "critical"), (False, "-")])
def test_the_debugger(evalex: bool, severity: str) -> None:
    app = failing()
    app.config["PROPAGATE_EXCEPTIONS"] = True
    debugged = DebuggedApplication(app, evalex=evalex)
    response = Client(debugged).get("/boom", base_url="http://127.0.0.1:5000")
    page = answer("/boom", status=response.status_code, body=response.get_data())
    title = "Werkzeug's debugger with a console" if evalex else "Werkzeug's debugger"
    assert found(DEBUGGER, page) == [(severity, f"{title} on 1 of 1 error answers")]
    assert found(TRACEBACK, page) == found(TEXT, page) == found(PATH, page) == []


def test_a_guarded_application_shows_nothing() -> None:
    def show(error: Exception) -> Any:
        return error if isinstance(error, HTTPException) else (traceback.format_exc(), 500)

    app = failing(show)
    Garrison(app, hosts=["shop.example"])
    # Garrison leaves the pages of the application's own test client alone, so this asks as a visitor does.
    response = Client(app).get("/boom", base_url="https://shop.example", environ_base={"REMOTE_ADDR": "203.0.113.7"})
    page = answer("/boom", status=response.status_code, body=response.get_data())
    assert page.status == 500
    assert all(of_answers(rule, app, page) == [] for rule in ALL)


def test_no_secret_is_shown_in_a_finding() -> None:
    page = answer("/", status=500, body=f"{PROVOKED_SECRET}".encode())
    assert PROVOKED_SECRET not in repr(of_answers(TEXT, make(), page))


def test_without_errors_there_is_nothing_to_look_at() -> None:
    assert not any(is_applicable(rule, answer("/")) for rule in ALL)
