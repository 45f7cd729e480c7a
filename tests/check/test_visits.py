"""A whole run: which requests are sent, which views are never called, and what is said about the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask, Response, abort, redirect, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from flask_garrison import Garrison
from flask_garrison.check.sender import KEPT
from flask_garrison.errors import TargetError
from flask_garrison.target.answers import PROVOKED_SECRET
from flask_garrison.target.choices import Choices
from tests.check.support import missed, of_case, shown, visited

CASES = {
    "view",
    "static",
    "streamed",
    "redirect",
    "not-modified",
    "not-found",
    "method",
    "too-large",
    "media-type",
    "too-many",
    "error",
    "head",
    "options",
    "cors",
    "preflight",
    "host",
    "plain-http",
    "stand-in",
}


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def app(tmp_path: Any, calls: list[str]) -> Flask:
    """Make a shop whose views say when they are called."""
    static = tmp_path / "static"
    static.mkdir()
    (static / ".hidden").write_text("no")
    (static / "a.css").write_text("p {}")
    app = Flask("shop", static_folder=str(static), root_path=str(tmp_path))

    @app.before_request
    def note() -> None:
        if request.endpoint != "static":
            calls.append(f"{request.method} {request.path}")

    @app.get("/")
    def index() -> str:
        return '<a href="/items/7">Seven</a>'

    @app.get("/items/<int:number>")
    def item(number: int) -> str:
        return "seven" if number == 7 else abort(404)

    @app.get("/logout")
    def logout() -> str:
        calls.append("called logout")
        return ""

    @app.post("/buy")
    def buy() -> str:
        calls.append("called buy")
        return ""

    return app


def test_every_case_is_there_and_nothing_is_left_unchecked(app: Flask) -> None:
    seen = visited(app)
    assert {answer.case for answer in seen.answers} == CASES
    assert missed(seen) == []


def test_statuses(app: Flask) -> None:
    seen = visited(app)
    statuses = {case: {answer.status for answer in of_case(seen, case)} for case in CASES}
    assert statuses["view"] == {200}
    assert statuses["static"] == {200}
    assert statuses["not-modified"] == {304}
    assert statuses["not-found"] == {404}
    assert statuses["method"] == {405}
    assert statuses["too-large"] == {413}
    assert statuses["media-type"] == {415}
    assert statuses["too-many"] == {429}
    assert statuses["error"] == {500}
    assert statuses["redirect"] == {302}
    assert statuses["stand-in"] == {200}


def test_views_that_change_something_are_not_called(app: Flask, calls: list[str]) -> None:
    seen = visited(app)
    assert not [call for call in calls if call.startswith("called")]
    assert sorted(shown(of_case(seen, "stand-in"))) == ["GET /logout -> 200", "POST /buy -> 200"]
    assert seen.out_of_scope == [
        "Views that look as if a GET changed something (GET /logout); a harmless page answered in place of each, so "
        'that headers were judged. To call one: [target] include = ["/logout"] in garrison.toml.',
        "Views for POST; a harmless page answered in place of each, so that headers were judged.",
    ]


def test_what_the_project_includes_is_called_last(app: Flask, calls: list[str]) -> None:
    seen = visited(app, choices=Choices(include=("/logout",)))
    assert "called logout" in calls
    views = [answer.route for answer in of_case(seen, "view")]
    assert views.index("/logout") > views.index("/")
    assert [line for line in seen.out_of_scope if "logout" in line] == []


def test_what_the_project_skips_is_not_called(app: Flask) -> None:
    seen = visited(app, choices=Choices(skip=("/items/*",)))
    assert "GET /items/<int:number>" in seen.out_of_scope[0]
    assert not [answer for answer in of_case(seen, "view") if answer.route == "/items/<int:number>"]


def test_a_choice_that_means_nothing_ends_the_run(app: Flask) -> None:
    with pytest.raises(
        TargetError, match=r"garrison.toml: \[target\] include: no route .*'/logut'. Did you mean '/logout'"
    ):
        visited(app, choices=Choices(include=("/logut",)))
    with pytest.raises(TargetError, match=r"\[target\] addresses: no route for GET answers at '/thing'"):
        visited(app, choices=Choices(addresses=("/thing",)))


def test_the_form_of_an_act_gets_no_head(app: Flask) -> None:
    acted = []

    @app.route("/cache/clear", methods=["GET", "POST"])
    def clear() -> str:
        if request.method != "GET":
            acted.append(request.method)
        return "sure?"

    seen = visited(app)
    assert acted == []
    assert "GET /cache/clear -> 200" in shown(of_case(seen, "view"))
    assert "HEAD for views that show the form of an act (GET /cache/clear): they may act on it." in seen.out_of_scope


def test_each_view_is_asked_twice_and_the_first_knows_the_second(app: Flask) -> None:
    seen = visited(app)
    first, second = (answer for answer in of_case(seen, "view") if answer.route == "/")
    assert first.twin is not None
    assert seen.answers[first.twin] is second
    assert second.twin is None


def test_a_page_tells_the_address_that_was_wanting(app: Flask) -> None:
    urls = [answer.url for answer in of_case(visited(app), "view") if answer.route == "/items/<int:number>"]
    assert "https://localhost/items/7" in urls


def test_a_page_that_nobody_saw_is_named(app: Flask) -> None:
    app.add_url_rule("/by/<name>", "by", lambda name: abort(404))
    seen = visited(app)
    assert (
        "Pages whose made-up addresses answered 404 (GET /by/<name>); a harmless page answered in place of each, so "
        'that headers were judged. To see one: [target] addresses = ["/by/42"] in garrison.toml.'
    ) in seen.out_of_scope
    assert "GET /by/x -> 200" in shown(of_case(seen, "stand-in"))


def test_the_provoked_exception_is_in_what_an_error_page_could_show(app: Flask) -> None:
    @app.errorhandler(Exception)
    def talkative(error: Exception) -> tuple[str, int]:
        return str(error), getattr(error, "code", 500)

    assert all(PROVOKED_SECRET.encode() in answer.body for answer in of_case(visited(app), "error"))


def test_a_view_that_is_never_called_is_not_missed() -> None:
    app = Flask("shop", static_folder=None)
    app.add_url_rule("/offers", "first", lambda: "<p>Tea</p>")
    app.add_url_rule("/offers", "second", lambda: "<p>Coffee</p>")
    assert missed(visited(app)) == []


def test_people_and_programs_get_an_error_each(app: Flask) -> None:
    for case in ("error", "not-found"):
        accepts = [answer.sent["Accept"].partition(",")[0] for answer in of_case(visited(app), case)]
        assert accepts == ["text/html", "application/json"]


def test_trace_is_asked_once_and_a_view_for_it_is_not_called(app: Flask, calls: list[str]) -> None:
    app.add_url_rule("/echo", "echo", lambda: calls.append("called echo") or "", methods=["TRACE"])
    traces = [answer.shown for answer in visited(app).answers if answer.method == "TRACE"]
    assert traces == ["TRACE / -> 405", "TRACE /echo -> 200"]
    assert "called echo" not in calls


def test_blueprints_have_errors_of_their_own(app: Flask) -> None:
    admin = Blueprint("admin", __name__, url_prefix="/admin")
    admin.add_url_rule("/", "index", lambda: "admin")
    app.register_blueprint(admin)
    seen = visited(app)
    assert "admin.index" in {answer.endpoint for answer in of_case(seen, "error")}
    assert [answer.url for answer in of_case(seen, "not-found") if "/admin/" in answer.url]
    assert "DELETE /admin/ -> 405" in shown(of_case(seen, "method"))


def test_a_view_that_raises_is_not_checked(app: Flask) -> None:
    app.add_url_rule("/boom", "boom", lambda: {}["pepper-9"])
    seen = visited(app)
    ((what, reason),) = missed(seen)
    assert what == "GET /boom"
    assert reason.startswith("raised KeyError in tests/check/test_visits.py:")
    assert reason.endswith(": its answer could not be judged")
    (answer,) = [answer for answer in of_case(seen, "view") if answer.route == "/boom"]
    assert (answer.status, answer.raised) == (500, "KeyError: 'pepper-9'")
    assert "GET /boom -> 200" in shown(of_case(seen, "stand-in"))


def test_a_view_that_hangs_is_not_checked_and_not_waited_for_again(app: Flask) -> None:
    asked = []

    def hang() -> str:
        asked.append(1)
        while True:
            pass

    app.add_url_rule("/hang", "hang", hang)
    seen = visited(app, seconds_each=0.1)
    assert missed(seen) == [("GET /hang", "it did not answer within 0.1 s")]
    assert asked == [1]


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (503, "answered 503: what it shows otherwise could not be judged"),
        (429, "answered 429: a rate limit stopped the run"),
    ],
)
def test_an_answer_that_says_nothing_about_the_view_is_not_checked(app: Flask, status: int, reason: str) -> None:
    app.add_url_rule("/busy", "busy", lambda: ("busy", status))
    assert missed(visited(app)) == [("GET /busy", reason)]


def test_what_answers_before_every_view_leaves_statuses_unprovoked(app: Flask) -> None:
    app.before_request(lambda: ("closed", 503))
    unprovoked = {what: reason for what, reason in missed(visited(app)) if what.startswith("An answer")}
    assert set(unprovoked) == {f"An answer with status {status}" for status in (200, 302, 413, 415, 429, 500)}
    assert (
        unprovoked["An answer with status 500"]
        == "it could not be provoked: each route tried answered 503 before a view"
    )


def test_an_application_without_routes_says_what_is_missing() -> None:
    seen = visited(Flask("empty", static_folder=None))
    assert ("An answer with status 500", "it could not be provoked: there is no route") in missed(seen)


def test_a_route_that_takes_every_path_leaves_404_to_a_stand_in() -> None:
    app = Flask("shop", static_folder=None)
    app.add_url_rule("/", "index", lambda path="": "page", defaults={"path": ""})
    app.add_url_rule("/<path:path>", "page", lambda path: "page")
    assert {answer.status for answer in of_case(visited(app), "not-found")} == {404}


def test_streams_and_redirects_of_the_application_are_taken(app: Flask) -> None:
    app.add_url_rule("/stream", "stream", lambda: Response(iter(("a", "b"))))
    app.add_url_rule("/old", "old", lambda: redirect("/"))
    seen = visited(app)
    assert {answer.route for answer in of_case(seen, "streamed")} == {"/stream"}
    assert {answer.route for answer in of_case(seen, "redirect")} == {"/old"}


def test_pages_behind_a_login_are_named_where_nobody_logs_in(app: Flask) -> None:
    app.add_url_rule("/me", "me", lambda: ("", 401))
    line = "Pages behind the login (GET /me): --user NAME:@VARIABLE:ROLE logs in."
    assert line in visited(app).out_of_scope


@pytest.mark.parametrize("turned_away", [lambda: ("", 403), lambda: redirect("https://login.example/authorize")])
def test_pages_that_nobody_was_shown_are_named(app: Flask, turned_away: Callable[[], Any]) -> None:
    app.add_url_rule("/me", "me", turned_away)
    line = "Pages that nobody who asked was shown (GET /me): --user NAME:@VARIABLE:ROLE asks as somebody else."
    seen = visited(app)
    assert line in seen.out_of_scope
    assert "Every page" not in dict(missed(seen))


@pytest.mark.parametrize("path", ["/login", "https://login.example/authorize"])
def test_a_wall_before_every_page_is_no_clean_result(path: str) -> None:
    app = Flask(__name__, static_folder=None)
    app.add_url_rule("/me", "me", lambda: redirect(path))
    app.add_url_rule("/you", "you", lambda: redirect(path))
    page = "<form method=post><input name=n><input type=password name=p></form>"
    app.add_url_rule("/login", "login", lambda: page, methods=["GET", "POST"])
    assert ("Every page but the login", "whoever asked was turned away") in missed(visited(app))


def test_a_page_that_is_not_read_to_its_end_is_not_checked(app: Flask) -> None:
    app.add_url_rule("/long", "long", lambda: "<!doctype html>" + "a" * KEPT + "<b onclick='x()'>")
    app.add_url_rule("/data", "data", lambda: Response(b"a" * 2 * KEPT, mimetype="application/octet-stream"))
    reason = f"a page so long is not kept whole, and rules read its first {KEPT} bytes alone"
    assert missed(visited(app)) == [("The rest of GET /long", reason)]


def test_foreign_requests_are_what_they_say(app: Flask) -> None:
    seen = visited(app)
    assert Counter(answer.sent["Origin"] for answer in of_case(seen, "cors")) == {
        "https://attacker.example": 2,
        "null": 2,
    }
    assert {answer.sent["Host"] for answer in of_case(seen, "host")} >= {"attacker.example"}
    assert {answer.url.partition(":")[0] for answer in of_case(seen, "plain-http")} == {"http"}
    preflights = {answer.route: answer.sent["Access-Control-Request-Method"] for answer in of_case(seen, "preflight")}
    assert preflights == {"/": "PUT", "/items/<int:number>": "PUT", "/logout": "PUT", "/buy": "POST"}


def test_a_view_of_options_beside_methods_that_change_is_not_called(app: Flask) -> None:
    called = []
    view = lambda: called.append(request.method) or ""  # noqa: E731
    app.add_url_rule("/all", "all", view, methods=["POST", "OPTIONS"], provide_automatic_options=False)
    visited(app)
    assert called == []


def test_when_time_is_over_the_rest_is_named(app: Flask) -> None:
    seen = visited(app, seconds=0.0)
    ((what, reason),) = missed(seen)
    assert what.startswith("Not done in time: asking 2 views, asking for static files, ")
    assert reason == "the 0 s for all requests were over"
    assert seen.answers == []


def test_a_guarded_application_is_seen_as_a_stranger_sees_it(app: Flask) -> None:
    Garrison(app, hosts=["shop.example"])
    seen = visited(app)
    assert missed(seen) == []
    assert {answer.status for answer in of_case(seen, "host")} == {400}
    assert {answer.status for answer in of_case(seen, "plain-http")} == {307}
    assert all(answer.url.startswith("https://shop.example/") for answer in of_case(seen, "view"))
    assert all("Content-Security-Policy" in answer.headers for answer in of_case(seen, "stand-in"))


def test_a_guarded_application_in_debug_mode_cannot_be_seen(app: Flask) -> None:
    Garrison(app, hosts=["shop.example"])
    app.debug = True
    assert (
        "The answers of views",
        "the application is in debug mode, and Garrison answers nobody but this machine then",
    ) in missed(visited(app))


def test_a_real_limit_is_met(app: Flask) -> None:
    Limiter(get_remote_address, app=app, default_limits=["30 per minute"], storage_uri="memory://")
    seen = visited(app)
    assert missed(seen) == []
    real, provoked = of_case(seen, "too-many")
    assert b"30 per 1 minute" in real.body
    assert b"30 per 1 minute" not in provoked.body


def test_everything_is_as_it_was_afterwards(app: Flask) -> None:
    views = dict(app.view_functions)
    config = dict(app.config)
    visited(app)
    assert app.view_functions == views
    assert app.config == config


def test_websockets_are_out_of_scope(app: Flask) -> None:
    from flask_sock import Sock

    Sock(app).route("/echo")(lambda ws: None)
    assert visited(app).out_of_scope[-1] == "WebSockets (/echo)."
