"""Error answers show nothing of the inside, and the application's own pages stay where they show nothing."""

from __future__ import annotations

import gzip
import html
import json
import sys
import traceback
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, quote_plus, urlencode

import pytest
from flask import Flask, Response, abort, jsonify, render_template_string, request
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.exceptions import HTTPException
from werkzeug.test import Client

from flask_garrison import Garrison
from flask_garrison.events import SecurityEvent

Seen = Callable[[], list[SecurityEvent]]
Handler = Callable[[Exception], Any]
HERE = "https://shop.example"
CONTROL = "assessment.error-pages"
PASSWORD = "Blue-Harbour-77"
SECRET = "ax93 no page may say this"


class OutOfStockError(Exception):
    """An exception of the app's own (its folder holds this file), with words for visitors."""


def shop(handler: Handler | None = None, *, error: Exception | None = None, kind: Any = Exception) -> Flask:
    """Make an app that fails at /boom with a driver's message, and answers as ``handler`` says."""
    app = Flask("shop")
    app.config.update(DATABASE_URL=f"postgresql://shop:{PASSWORD}@db.internal/shop", PAYMENT_SECRET=SECRET)

    def boom() -> str:
        try:
            raise ConnectionError(f"no route to db.internal for user shop with password {PASSWORD}")
        except ConnectionError as cause:
            raise (error or RuntimeError("cannot load the basket of user 4711")) from cause

    app.add_url_rule("/boom", "boom", boom)
    if handler is not None:
        app.register_error_handler(kind, handler)
    return app


def get(app: Flask, path: str = "/boom", method: str = "GET", **headers: str) -> Any:
    return Client(app).open(path, method=method, base_url=HERE, headers=headers)


def told(seen: Seen) -> list[SecurityEvent]:
    return [event for event in seen() if event.control == CONTROL]


def shows_traceback(error: Exception) -> Any:
    return f"<pre>{html.escape(traceback.format_exc())}</pre>", 500


def shows_rich_traceback(error: Exception) -> Any:
    lines = traceback.format_exc().replace("File ", "<b>File</b> ")
    return f"<pre>{lines[35:]}</pre>", 500


ATTACKS: dict[str, tuple[Handler, set[str]]] = {
    "a traceback in HTML": (shows_traceback, {"traceback", "message", "secret"}),
    "a traceback in JSON": (lambda error: (jsonify(error=traceback.format_exc()), 500), {"traceback", "message"}),
    "a traceback in pieces": (shows_rich_traceback, {"traceback"}),
    "a traceback as text": (lambda error: Response(traceback.format_exc(), 500, mimetype="text/plain"), {"traceback"}),
    "the lines of it": (lambda error: (jsonify(lines=traceback.format_exc().split("\n")), 500), {"traceback"}),
    "the message": (lambda error: (f"<p>{error}</p>", 500), {"message"}),
    "the message in JSON": (lambda error: (jsonify(error=str(error)), 500), {"message"}),
    "its representation": (lambda error: (jsonify(error=repr(error)), 500), {"message"}),
    "the message, cut": (lambda error: (str(error)[:64], 500), {"message"}),
    "the cause's message": (lambda error: (str(error.__cause__), 503), {"message", "secret"}),
    "the frames' files": (
        lambda error: (jsonify([frame.filename for frame in traceback.extract_tb(error.__traceback__)]), 500),
        {"path"},
    ),
    "a password": (lambda error: (f"mail server said no to {PASSWORD}", 502), {"secret"}),
    "a URL with a password": (lambda error: (f"shop:{PASSWORD}@db.internal", 500), {"secret"}),
    "the configuration": (
        lambda error: (render_template_string("{{ config }}"), 500),
        {"secret"},
    ),
    "the configuration in JSON": (
        lambda error: (
            jsonify({key: str(value) for key, value in Flask(__name__).config.items()} | {"S": SECRET}),
            500,
        ),
        {"secret"},
    ),
    "a secret in JSON's escapes": (
        lambda error: Response("".join(f"\\u{ord(one):04x}" for one in SECRET), 500, mimetype="application/json"),
        {"secret"},
    ),
    "a secret in HTML's escapes": (lambda error: ("".join(f"&#{ord(one)};" for one in SECRET), 500), {"secret"}),
    "a secret in a URL": (lambda error: (f'<a href="/retry?key={quote(SECRET, safe="")}">Again</a>', 500), {"secret"}),
    "a secret in a query": (lambda error: (f"/retry?{urlencode({'key': SECRET})}", 400), {"secret"}),
    "a secret, each byte percent-encoded": (
        lambda error: ("".join(f"%{ord(one):02x}" for one in SECRET), 404),
        {"secret"},
    ),
    "a secret in a 4xx answer": (lambda error: (SECRET, 400), {"secret"}),
    "a traceback in a 4xx answer": (lambda error: (traceback.format_exc(), 422), {"traceback"}),
    "a library's path in a 4xx answer": (
        lambda error: ("/usr/lib/python3/site-packages/flask/app.py", 404),
        {"path"},
    ),
}


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_what_a_handler_shows_is_not_sent(seen: Seen, name: str) -> None:
    handler, kinds = ATTACKS[name]
    bare = get(shop(handler))
    app = shop(handler)
    Garrison(app)
    answer = get(app)
    assert answer.status_code == bare.status_code
    (event,) = told(seen)
    for inside in (
        PASSWORD,
        SECRET,
        quote(SECRET),
        quote_plus(SECRET),
        "4711",
        "Traceback",
        "site-packages",
        __file__,
        "db.internal",
    ):
        assert inside not in answer.text + str(answer.headers) + event.as_json()
    assert kinds <= set(event.detail["found"])  # type: ignore[call-overload]
    assert (event.event, event.outcome, event.status) == ("sensitive_read:,error-page", "refused", answer.status_code)
    assert event.request_id in answer.text


def test_abort_with_an_exceptions_message_shows_the_message_and_is_replaced(seen: Seen) -> None:
    app = shop()

    def view() -> str:
        try:
            raise ConnectionError("no route to db.internal for user shop")
        except ConnectionError as error:
            abort(500, str(error))

    app.add_url_rule("/abort", "abort", view)
    Garrison(app)
    answer = get(app, "/abort")
    assert (answer.status_code, "db.internal" in answer.text) == (500, False)
    assert told(seen)[0].detail["endpoint"] == "abort"


def test_an_http_exception_that_a_handler_fills_and_returns_is_read() -> None:
    def handler(error: Any) -> Any:
        error.description = str(error.original_exception)
        return error

    app = shop(handler, kind=500)
    Garrison(app)
    assert "4711" not in get(app).text


@pytest.mark.parametrize("status", [400, 500])
def test_the_long_page_of_an_http_exception_is_replaced_unread(seen: Seen, status: int) -> None:
    app = shop()
    app.add_url_rule("/long", "long", lambda: abort(status, "x" * 1_048_577))
    Garrison(app)
    assert len(get(app, "/long").data) < 1_000
    assert told(seen)[0].detail["found"] == ["unreadable"]


def test_abort_with_words_of_the_app_stays(seen: Seen) -> None:
    app = shop()
    app.add_url_rule("/busy", "busy", lambda: abort(503, "We are counting the stock; come back at noon."))
    Garrison(app)
    assert "come back at noon" in get(app, "/busy").text
    assert told(seen) == []


def test_the_original_exception_of_a_500_handler_is_known(seen: Seen) -> None:
    app = shop(lambda error: (str(error.original_exception), 500), kind=500)  # type: ignore[attr-defined]
    Garrison(app)
    assert "4711" not in get(app).text
    assert told(seen)[0].detail["found"] == ["message"]


def test_a_view_that_catches_the_exception_itself_shows_no_traceback_and_no_secret() -> None:
    app = shop()

    def view() -> Any:
        try:
            raise LookupError(PASSWORD)
        except LookupError as error:
            return jsonify(error=str(error), trace=traceback.format_exc()), 500

    app.add_url_rule("/caught", "caught", view)
    Garrison(app)
    answer = get(app, "/caught")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert PASSWORD not in answer.text


class TestThePlainPage:
    def test_people_get_html_with_the_number_of_the_request(self, seen: Seen) -> None:
        app = shop(shows_traceback)
        Garrison(app)
        answer = get(app, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "<h1>Internal Server Error</h1>" in answer.text
        assert f"<code>{told(seen)[0].request_id}</code>" in answer.text
        assert answer.content_length == len(answer.data)
        assert "Content-Security-Policy" in answer.headers

    def test_programs_get_problem_details(self, seen: Seen) -> None:
        app = shop(lambda error: (jsonify(error=str(error)), 500))
        Garrison(app)
        answer = get(app)
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert json.loads(answer.text) == {
            "type": "about:blank",
            "title": "Internal Server Error",
            "status": 500,
            "request_id": told(seen)[0].request_id,
        }

    def test_a_program_that_asks_for_json_gets_it_for_an_html_page_too(self) -> None:
        app = shop(shows_traceback)
        Garrison(app)
        assert get(app, Accept="application/json").mimetype == "application/problem+json"

    def test_head_has_the_status_and_no_body(self) -> None:
        app = shop(shows_traceback)
        Garrison(app)
        answer = get(app, method="HEAD")
        assert (answer.status_code, answer.data) == (500, b"")

    def test_headers_of_the_app_stay_and_those_of_its_body_go(self) -> None:
        def handler(error: Exception) -> Response:
            headers = {"Retry-After": "30", "ETag": '"x"', "Content-Disposition": "attachment", "X-Error": str(error)}
            return Response(str(error), 503, headers=headers)

        app = shop(handler)
        Garrison(app)
        headers = get(app).headers
        assert headers["Retry-After"] == "30"
        assert not {"ETag", "Content-Disposition", "X-Error"} & set(headers.keys())

    def test_the_reason_in_the_status_line_is_judged_too(self) -> None:
        app = shop(lambda error: Response("sorry", status=f"500 {error}"))
        Garrison(app)
        assert get(app).status == "500 INTERNAL SERVER ERROR"

    def test_a_header_that_shows_something_goes_alone(self, seen: Seen) -> None:
        app = shop(lambda error: Response("<h1>Sorry</h1>", 500, headers={"X-Error": str(error)}))
        Garrison(app)
        answer = get(app)
        assert ("X-Error" in answer.headers, answer.text) == (False, "<h1>Sorry</h1>")
        assert told(seen)[0].outcome == "refused"

    def test_a_status_that_nobody_knows_is_kept(self) -> None:
        app = shop(lambda error: (str(error), 599))
        Garrison(app)
        answer = get(app)
        assert (answer.status_code, "<h1>Error</h1>" in answer.text) == (599, True)


BRANDED = "<!doctype html><h1>Something broke</h1><p>Call <a href='/help'>us</a> under the number 4712.</p>"
HONEST: dict[str, tuple[Handler, Any]] = {
    "a branded page": (lambda error: (BRANDED, 500), Exception),
    "an empty answer": (lambda error: ("", 500), Exception),
    "a JSON answer": (lambda error: (jsonify(error="internal", code=17), 500), Exception),
    "words about passwords": (lambda error: ("Your password and token are safe; the secret key too.", 500), Exception),
    "the app's own words": (lambda error: (jsonify(error=str(error)), 503), OutOfStockError),
}


@pytest.mark.parametrize("name", sorted(HONEST))
def test_an_honest_page_stays_byte_for_byte(seen: Seen, name: str) -> None:
    handler, kind = HONEST[name]
    error = OutOfStockError("We have no more blue chairs.") if kind is OutOfStockError else None
    bare = get(shop(handler, error=error, kind=kind))
    app = shop(handler, error=error, kind=kind)
    Garrison(app)
    answer = get(app)
    assert (answer.status_code, answer.data, answer.mimetype) == (bare.status_code, bare.data, bare.mimetype)
    assert told(seen) == []


def test_flasks_own_pages_stay(seen: Seen) -> None:
    app = shop()
    Garrison(app)
    assert "The server encountered an internal error" in get(app).text
    assert "The requested URL was not found" in get(app, "/none").text
    assert told(seen) == []


def test_a_404_that_names_the_path_stays_even_if_the_path_looks_like_one_of_ours(seen: Seen) -> None:
    app = shop(lambda error: (jsonify(missing=request.path, asked=request.args.get("q")), 404), kind=404)
    Garrison(app)
    for path in ("/orders/17", f"{app.root_path}/shop.py", "/x/site-packages/y.py?q=1"):
        answer = get(app, path)
        assert (answer.status_code, answer.is_json and answer.get_json()["missing"]) == (404, path.partition("?")[0])
    assert told(seen) == []


def test_an_address_that_repeats_the_marks_of_a_traceback_does_not_hide_one() -> None:
    app = shop(shows_traceback)
    app.config.clear()
    app.config.update(Flask.default_config, SECRET_KEY="c3f1a90e5d7b42866f0e9d1a7c5b3824")
    Garrison(app)
    answer = get(app, "/boom?q=Traceback (most recent call last): /site-packages/ cannot load the basket of user 4711")
    assert "File" not in answer.text
    assert "4711" not in answer.text


def test_an_address_that_repeats_a_librarys_folder_does_not_hide_its_path_in_a_failure(seen: Seen) -> None:
    app = shop(lambda error: ("no template in /opt/venv/lib/python3.11/site-packages/flask_admin", 500))
    Garrison(app)
    assert "flask_admin" not in get(app, "/boom?q=/site-packages/").text
    assert told(seen)[0].detail["found"] == ["path"]


def test_validation_messages_of_a_library_stay_in_a_4xx_answer(seen: Seen) -> None:
    error = ValueError("'quantity' must be a whole number from 1 to 99")
    app = shop(lambda error: (jsonify(errors=[str(error)]), 422), error=error, kind=ValueError)
    Garrison(app)
    assert get(app).get_json() == {"errors": ["'quantity' must be a whole number from 1 to 99"]}
    assert told(seen) == []


def test_a_2xx_answer_is_never_read(seen: Seen) -> None:
    app = shop(lambda error: (traceback.format_exc(), 200))
    Garrison(app)
    assert "Traceback" in get(app).text
    assert told(seen) == []


def test_a_short_word_as_a_password_is_not_looked_for(seen: Seen) -> None:
    app = shop(lambda error: ("postgres is down", 500))
    app.config["DATABASE_PASSWORD"] = "postgres"
    Garrison(app)
    assert get(app).text == "postgres is down"


class TestSecrets:
    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("SECRET_KEY", SECRET + "!"),
            ("SECRET_KEY_FALLBACKS", ["9d0c41fe27ab86b3570d", "no page may tell"]),
            ("MAIL_PASSWORD", b"no page may tell"),
            ("STRIPE_API_KEY", "no page may tell"),
            ("STRIPE_APIKEY", "no page may tell"),
            ("JWT_SECRET", "no page may tell"),
            ("JWT_SECRET_PROD", "no page may tell"),
            ("GITHUB_TOKEN", "no page may tell"),
            ("SENTRY_DSN", "no page may tell"),
            ("PASSWORD_SALT", "no page may tell"),
            ("DB_PASS", "no page may tell"),
            ("OAUTH", {"github": {"client_secret": "no page may tell"}}),
            ("GOOGLE", {"clientSecret": "no page may tell"}),
            ("BINDS", {"users": "mysql://u:no%20page%20may%20tell@db/users"}),
        ],
    )
    def test_a_value_under_a_secrets_name_is_not_sent(self, seen: Seen, key: str, value: Any) -> None:
        app = shop(lambda error: (f"<p>no page may tell, {SECRET}!</p>", 500))
        app.config["PAYMENT_SECRET"] = ""
        app.config[key] = value
        Garrison(app)
        answer = get(app)
        assert "no page may tell" not in answer.text
        assert told(seen)[0].detail["settings"] == [key]

    @pytest.mark.parametrize(
        "key",
        [
            "SECURITY_MSG_INVALID_PASSWORD",
            "RECAPTCHA_PUBLIC_KEY",
            "JWT_JSON_KEY",
            "JWT_REFRESH_JSON_KEY",
            "SECURITY_TOKEN_AUTHENTICATION_KEY",
            "SITE_KEY",
            "TOKEN_HEADER",
            "MONKEY",
            "KEYBOARD",
            "BYPASS",
        ],
    )
    def test_a_value_under_a_public_name_is_sent(self, key: str) -> None:
        app = shop(lambda error: ("every page may tell", 500))
        app.config[key] = "every page may tell"
        Garrison(app)
        assert get(app).text == "every page may tell"

    def test_a_secret_of_the_environment_is_not_sent(self, monkeypatch: pytest.MonkeyPatch, seen: Seen) -> None:
        monkeypatch.setenv("BACKUP_TOKEN", "no page may tell")
        app = shop(lambda error: ("no page may tell", 500))
        Garrison(app)
        assert "no page may tell" not in get(app).text
        assert told(seen)[0].detail["settings"] == ["BACKUP_TOKEN"]

    def test_a_secret_in_the_url_of_a_header_is_not_sent(self, seen: Seen) -> None:
        app = shop(lambda error: Response("busy", 503, headers={"Link": f"</s?k={quote(SECRET)}>"}))
        Garrison(app)
        answer = get(app)
        assert (answer.text, "Link" in answer.headers) == ("busy", False)
        assert told(seen)[0].detail["settings"] == ["PAYMENT_SECRET"]

    def test_other_percent_signs_and_pluses_stay(self, seen: Seen) -> None:
        page = "<a href='/find?q=a%20b+c&p=100%'>100 %25 + 1</a>"
        app = shop(lambda error: (page, 500))
        Garrison(app)
        assert get(app).text == page
        assert told(seen) == []

    def test_a_secret_that_is_set_later_is_known(self) -> None:
        app = shop(lambda error: ("set later than the first error", 500))
        Garrison(app)
        assert get(app).text == "set later than the first error"
        app.config["LATE_TOKEN"] = "set later than the first error"
        assert "set later" not in get(app).text


class TestBodies:
    def test_a_second_member_of_a_compressed_page_hides_nothing(self, seen: Seen) -> None:
        packed = gzip.compress(b"fine") + gzip.compress(SECRET.encode())
        app = shop(lambda error: Response(packed, 500, headers={"Content-Encoding": "gzip"}))
        Garrison(app)
        answer = get(app)
        assert (answer.status_code, "Content-Encoding" in answer.headers, answer.data == packed) == (500, False, False)
        assert told(seen)[0].detail["found"] == ["unreadable"]

    def test_what_an_after_request_function_adds_is_read(self) -> None:
        app = shop(lambda error: (BRANDED, 500))

        @app.after_request
        def add(response: Response) -> Response:
            response.set_data(response.get_data() + SECRET.encode())
            return response

        Garrison(app)
        assert SECRET not in get(app).text

    def test_a_compressed_body_is_read(self) -> None:
        def handler(error: Exception) -> Response:
            body = gzip.compress(traceback.format_exc().encode())
            return Response(body, 500, headers={"Content-Encoding": "gzip"}, mimetype="text/html")

        app = shop(handler)
        Garrison(app)
        answer = get(app)
        assert ("Content-Encoding" in answer.headers, "<h1>Internal Server Error</h1>" in answer.text) == (False, True)

    @pytest.mark.parametrize("coding", ["gzip", "br"])
    def test_an_honest_page_that_is_compressed_afterwards_stays(self, seen: Seen, coding: str) -> None:
        app = shop(lambda error: (BRANDED, 500))

        @app.after_request
        def compress(response: Response) -> Response:
            response.set_data(gzip.compress(response.get_data()))
            response.headers["Content-Encoding"] = coding
            return response

        Garrison(app)
        assert gzip.decompress(get(app).data).decode() == BRANDED
        assert told(seen) == []

    def test_a_body_that_cannot_be_read_is_replaced(self, seen: Seen) -> None:
        app = shop(lambda error: Response(b"\x00\x01", 500, headers={"Content-Encoding": "br"}))
        Garrison(app)
        assert "Internal Server Error" in get(app).text
        assert told(seen)[0].detail["found"] == ["unreadable"]

    def test_a_body_that_is_too_long_is_replaced_unread(self, seen: Seen) -> None:
        app = shop(lambda error: ("x" * 1_048_577, 500))
        Garrison(app)
        assert len(get(app).data) < 1_000
        assert told(seen)[0].detail["found"] == ["unreadable"]

    def test_a_bomb_is_not_inflated(self, seen: Seen) -> None:
        bomb = gzip.compress(b"x" * 50_000_000)
        app = shop(lambda error: Response(bomb, 500, headers={"Content-Encoding": "gzip"}))
        Garrison(app)
        assert len(get(app).data) < 1_000

    def test_a_long_4xx_answer_is_read_to_its_end(self) -> None:
        app = shop(lambda error: ("x" * 2_000_000 + SECRET, 404), kind=404)
        Garrison(app)
        assert SECRET not in get(app, "/none").text

    def test_a_stream_is_left_alone(self) -> None:
        app = shop(lambda error: Response((part for part in ("one", "two")), 500))
        Garrison(app)
        assert get(app).text == "onetwo"

    @given(st.binary(max_size=300), st.sampled_from(["text/html; charset=nonsense", "application/json", ""]))
    def test_any_bytes_are_survived(self, body: bytes, content_type: str) -> None:
        app = shop(lambda error: Response(body, 500, content_type=content_type))
        Garrison(app)
        assert get(app).status_code == 500


class TestModes:
    def test_observe_changes_nothing_and_says_once_what_it_saw(self, seen: Seen) -> None:
        app = shop(shows_traceback)
        Garrison(app, modes={CONTROL: "observe"})
        assert "Traceback" in get(app).text
        assert [(event.outcome, event.status) for event in told(seen)] == [("would_refuse", 500)]

    def test_switched_off_it_reads_nothing(self, seen: Seen) -> None:
        app = shop(shows_traceback)
        Garrison(app, modes={CONTROL: "off"})
        assert "Traceback" in get(app).text
        assert told(seen) == []

    def test_a_developer_sees_everything_in_debug_mode(self, seen: Seen) -> None:
        app = shop(shows_traceback)
        Garrison(app, modes={"transport.https-only": "off"})
        app.debug = True
        answer = Client(app).get("/boom", environ_base={"REMOTE_ADDR": "127.0.0.1"})
        assert (answer.status_code, "Traceback" in answer.text) == (500, True)
        assert told(seen) == []

    def test_a_stranger_sees_nothing_in_debug_mode_even_if_he_is_only_observed(self) -> None:
        app = shop(shows_traceback)
        Garrison(app, modes={"transport.https-only": "off", "assessment.debug": "observe"})
        app.debug = True
        answer = Client(app).get("/boom", environ_base={"REMOTE_ADDR": "203.0.113.5"})
        assert (answer.status_code, "Traceback" in answer.text) == (500, False)

    def test_the_apps_own_tests_see_their_page_and_an_event(self, seen: Seen) -> None:
        app = shop(shows_traceback)
        app.testing = True
        Garrison(app)
        assert "Traceback" in app.test_client().get("/boom").text
        assert [event.outcome for event in told(seen)] == ["would_refuse"]
        assert "Traceback" not in get(app).text


def test_an_exception_whose_text_fails_is_survived() -> None:
    class BadError(LookupError):
        def __str__(self) -> str:
            raise ValueError("no text")

    app = shop(lambda error: (BRANDED, 500), error=BadError())
    Garrison(app)
    assert get(app).text == BRANDED


def test_a_group_of_exceptions_is_known_by_its_members() -> None:
    group = ExceptionGroup("several things", [ValueError("cannot read ledger 99")])
    app = shop(lambda error: ("cannot read ledger 99", 500), error=group)
    Garrison(app)
    assert "ledger" not in get(app).text


def test_a_qualified_class_of_a_library_is_not_shown(seen: Seen) -> None:
    app = shop(
        lambda error: (f"{type(error).__module__}.{type(error).__qualname__}", 500),
        error=json.JSONDecodeError("x", "y", 0),
    )
    Garrison(app)
    assert "json.decoder" not in get(app).text
    assert told(seen)[0].detail["found"] == ["class"]


def test_an_http_exception_of_the_app_is_the_apps_word(seen: Seen) -> None:
    class TeapotError(HTTPException):
        code = 502
        description = "The kitchen does not answer."

    app = shop(error=TeapotError())
    Garrison(app)
    assert "The kitchen does not answer." in get(app).text
    assert told(seen) == []


def test_no_frame_of_a_failed_request_is_kept_alive() -> None:
    app = shop(lambda error: (BRANDED, 500))
    Garrison(app)
    kept: list[Any] = []

    @app.after_request
    def keep(response: Response) -> Response:
        kept.append(request.environ)
        return response

    get(app)
    values = [value for key, value in kept[0].items() if key.startswith("flask_garrison.exception")]
    assert values
    assert all(isinstance(clue.text, str) for value in values for clue in value)
    assert sys.exc_info() == (None, None, None)
