"""Every cookie leaves with the attributes that its use needs; what the app wrote stays as it wrote it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, Response, after_this_request, session
from flask_login import LoginManager, UserMixin, login_user, logout_user
from hypothesis import example, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import Headers

from flask_garrison import Garrison, Policy
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.cookies import CONTROL, missing_attributes, parse
from flask_garrison.guard.notices import LIMIT

Seen = Callable[[], list[SecurityEvent]]
HTTPS = "https://shop.example"
HTTP = "http://shop.example"


def cookies_of(app: Flask, *raw: str, base: str = HTTPS, policy: Policy | None = None) -> list[str]:
    """Let a view send ``raw`` as Set-Cookie headers and return what leaves."""

    @app.get("/raw")
    def view() -> Response:
        response = Response("ok")
        for header in raw:
            response.headers.add("Set-Cookie", header)
        return response

    Garrison(app, policy, allow_insecure_http=["view"])
    return app.test_client(use_cookies=False).get("/raw", base_url=base).headers.getlist("Set-Cookie")


def said(seen: Seen) -> list[SecurityEvent]:
    """Return the events of this control."""
    return [event for event in seen() if event.control == CONTROL]


@pytest.mark.parametrize(
    ("sent", "leaves"),
    [
        ("theme=dark", "theme=dark; Secure; SameSite=Lax"),
        ("theme=dark; Path=/", "theme=dark; Path=/; Secure; SameSite=Lax"),
        ("theme=dark; SECURE; samesite=STRICT", "theme=dark; SECURE; samesite=STRICT"),
        ("theme=dark;secure;SameSite=None", "theme=dark;secure;SameSite=None"),
        ("theme=dark; SameSite=sometimes", "theme=dark; SameSite=sometimes; Secure; SameSite=Lax"),
        ("theme=dark; SameSite", "theme=dark; SameSite; Secure; SameSite=Lax"),
        ('q="Secure=1, SameSite=Lax"', 'q="Secure=1, SameSite=Lax"; Secure; SameSite=Lax'),
        ("q=a=b=Secure", "q=a=b=Secure; Secure; SameSite=Lax"),
        ("Secure=1", "Secure=1; Secure; SameSite=Lax"),
        ("gone=; Max-Age=0", "gone=; Max-Age=0; Secure; SameSite=Lax"),
        ("nameless", "nameless; Secure; SameSite=Lax"),
        ("session=x", "session=x; Secure; HttpOnly; SameSite=Lax"),
        ("__Host-remember_token=x; Path=/", "__Host-remember_token=x; Path=/; Secure; HttpOnly; SameSite=Lax"),
        ("session=x; httponly; secure; samesite=lax", "session=x; httponly; secure; samesite=lax"),
    ],
)
def test_attributes_over_https(app: Flask, sent: str, leaves: str) -> None:
    assert cookies_of(app, sent) == [leaves]


def test_secure_is_not_added_over_plain_http(app: Flask) -> None:
    assert cookies_of(app, "theme=dark", base=HTTP) == ["theme=dark; SameSite=Lax"]


def test_all_cookies_and_the_order_of_headers_stay(app: Flask) -> None:
    leaves = cookies_of(app, "b=1; Path=/b", "a=2; Secure; SameSite=Lax", "b=3")
    assert [header.partition(";")[0] for header in leaves] == ["b=1", "a=2", "b=3"]
    assert leaves[1] == "a=2; Secure; SameSite=Lax"


def test_cookies_of_hooks_and_of_the_session_are_seen(app: Flask) -> None:
    @app.get("/hooks")
    def view() -> str:
        session["x"] = 1

        @after_this_request
        def late(response: Response) -> Response:
            response.set_cookie("late", "1")
            return response

        return "ok"

    @app.after_request
    def latest(response: Response) -> Response:
        response.set_cookie("latest", "1")
        return response

    Garrison(app, modes={"access.session-cookie": "off"})
    sent = app.test_client().get("/hooks", base_url=HTTPS).headers.getlist("Set-Cookie")
    assert {header.partition("=")[0] for header in sent} == {"late", "latest", "session"}
    assert all("; Secure" in header and "; SameSite=Lax" in header for header in sent)


def test_cookies_of_errors_are_seen(app: Flask) -> None:
    @app.errorhandler(500)
    def failed(error: Exception) -> tuple[str, int, dict[str, str]]:
        return "sorry", 500, {"Set-Cookie": "trace=1"}

    Garrison(app)
    answer = app.test_client().get("/boom", base_url=HTTPS)
    assert (answer.status_code, answer.headers["Set-Cookie"]) == (500, "trace=1; Secure; SameSite=Lax")


def test_the_session_cookie_is_kept_from_scripts_whatever_its_name(app: Flask) -> None:
    app.config.update(SESSION_COOKIE_NAME="sid", SESSION_COOKIE_HTTPONLY=False)
    Garrison(app, httponly_cookies=())
    sent = app.test_client().post("/login", base_url=HTTPS, headers={"Origin": HTTPS}).headers["Set-Cookie"]
    assert sent.startswith("__Host-sid=")
    assert "HttpOnly" in sent


def test_flask_login_remember_cookie_and_its_deletion(app: Flask) -> None:
    app.config.update(REMEMBER_COOKIE_NAME="stay", REMEMBER_COOKIE_HTTPONLY=False)
    _with_flask_login(app)
    Garrison(app)
    client = app.test_client()
    for path in ("/in", "/out"):
        sent = client.get(path, base_url=HTTPS).headers.getlist("Set-Cookie")
        (remember,) = [header for header in sent if header.startswith("stay=")]
        assert {"secure", "httponly", "samesite"} <= set(parse(remember).attributes)


def _with_flask_login(app: Flask) -> None:
    manager = LoginManager(app)
    user = type("User", (UserMixin,), {"id": "ada"})
    manager.user_loader(lambda key: user() if key == "ada" else None)
    app.add_url_rule("/in", "in", lambda: str(login_user(user(), remember=True)))
    app.add_url_rule("/out", "out", lambda: str(logout_user()))


def test_a_prefixed_cookie_is_really_deleted(app: Flask) -> None:
    """Werkzeug's test client does not know prefixes; what matters is that the browser accepts the deletion."""
    (leaves,) = cookies_of(app, "__Host-x=; Max-Age=0; Path=/")
    assert leaves == "__Host-x=; Max-Age=0; Path=/; Secure; SameSite=Lax"


@pytest.mark.parametrize("name", ["access", "access.v2"])
def test_httponly_cookies_decides(app: Flask, name: str) -> None:
    assert "HttpOnly" in cookies_of(app, f"{name}=1", policy=Policy(httponly_cookies=(name,)))[0]


def test_httponly_cookies_left_out_is_not_hidden(app: Flask) -> None:
    assert "HttpOnly" not in cookies_of(app, "access=1", policy=Policy(httponly_cookies=()))[0]


def test_httponly_always_hides_all_but_script_cookies(app: Flask) -> None:
    policy = Policy(httponly_always=True, script_cookies=("theme",))
    theme, other = cookies_of(app, "theme=dark", "other=1", policy=policy)
    assert "HttpOnly" not in theme
    assert "HttpOnly" in other


def test_httponly_always_says_how_to_let_a_script_read(app: Flask, seen: Seen) -> None:
    cookies_of(app, "theme=dark", policy=Policy.strict(hosts=["shop.example"]))
    assert said(seen)[0].detail["line"] == 'script_cookies=["theme"]'


def test_script_readable_cookie_is_named_once_with_the_line(app: Flask, seen: Seen) -> None:
    policy = Policy(httponly_cookies=("id",))
    cookies_of(app, "theme=dark", "theme=light", policy=policy)
    app.test_client().get("/raw", base_url=HTTPS)
    (event,) = said(seen)
    assert event.outcome == "allowed"
    assert (event.detail["name"], event.detail["line"]) == ("theme", 'httponly_cookies=["id", "theme"]')


def test_the_line_it_prints_silences_it(app: Flask, seen: Seen) -> None:
    assert "HttpOnly" in cookies_of(app, "theme=dark", policy=Policy(httponly_cookies=("id", "theme")))[0]
    assert said(seen) == []


def test_a_name_that_no_cookie_may_have_is_not_printed_as_a_line(app: Flask, seen: Seen) -> None:
    cookies_of(app, 'a"],mode="off=1')
    assert "line" not in said(seen)[0].detail


def test_deletions_are_not_reported_as_readable(app: Flask, seen: Seen) -> None:
    past = "Thu, 01 Jan 1970 00:00:00 GMT"
    cookies_of(app, "a=; Max-Age=0", f"b=; Expires={past}", "c=; Max-Age=-1", f"d=; Max-Age=0; Expires={past}")
    assert said(seen) == []


def test_samesite_none_stays_and_is_reported_once(app: Flask, seen: Seen) -> None:
    sent = "frame=1; HttpOnly; SameSite=None"
    assert cookies_of(app, sent, sent) == [f"{sent}; Secure"] * 2
    (event,) = said(seen)
    assert "SameSite=None" in str(event.detail["problem"])


@pytest.mark.parametrize(
    ("sent", "base", "words"),
    [
        ("__Host-a=1; Path=/; HttpOnly", HTTP, "promises HTTPS"),
        ("__Secure-a=1; HttpOnly", HTTP, "promises HTTPS"),
        ("a=1; HttpOnly; Partitioned", HTTP, "Partitioned without Secure"),
        ("a=1; HttpOnly; SameSite=None", HTTP, "SameSite=None without Secure"),
        ("__Host-a=1; Path=/shop; HttpOnly", HTTPS, "needs Path=/"),
        ("__Host-a=1; HttpOnly", HTTPS, "needs Path=/"),
        ("__Host-a=1; Path=/; Domain=example; HttpOnly", HTTPS, "no Domain"),
    ],
)
def test_cookies_that_browsers_reject_are_reported(app: Flask, seen: Seen, sent: str, base: str, words: str) -> None:
    cookies_of(app, sent, base=base)
    assert any(words in str(event.detail["problem"]) for event in said(seen))


def test_observe_changes_nothing_and_says_what_it_would_do(app: Flask, seen: Seen) -> None:
    sent = ["session=x", "theme=dark; Secure; SameSite=Lax; HttpOnly"]
    assert cookies_of(app, *sent, policy=Policy(modes={CONTROL: "observe"})) == sent
    (event,) = said(seen)
    assert event.outcome == "would_refuse"
    assert "Secure HttpOnly SameSite=Lax" in str(event.detail["problem"])


def test_off_changes_and_says_nothing(app: Flask, seen: Seen) -> None:
    assert cookies_of(app, "a=1; SameSite=None", policy=Policy(modes={CONTROL: "off"})) == ["a=1; SameSite=None"]
    assert said(seen) == []


def test_memory_is_bounded_against_names_that_a_client_chooses(app: Flask, seen: Seen) -> None:
    leaves = cookies_of(app, *(f"c{number}=1" for number in range(LIMIT + 50)))
    assert all(header.endswith("; Secure; SameSite=Lax") for header in leaves)
    assert len(said(seen)) <= LIMIT


def test_deletion_is_read_as_browsers_do() -> None:
    future = (datetime.now(UTC) + timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert parse("a=; Max-Age=0; Expires=" + future).is_deletion
    assert not parse("a=1; Max-Age=9; Expires=Thu, 01 Jan 1970 00:00:00 GMT").is_deletion
    assert not parse("a=1; Max-Age=soon").is_deletion
    assert not parse("a=1; Expires=" + future).is_deletion


_TEXT = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=30)
_ATTRIBUTE = st.sampled_from(
    [
        "Secure",
        "httponly",
        "HttpOnly=",
        "SameSite=Lax",
        "samesite = none",
        "SameSite=?",
        "Path=/x",
        "Max-Age=0",
        "",
        " ",
    ]
)


@settings(deadline=None)
@given(_TEXT, st.lists(st.one_of(_ATTRIBUTE, _TEXT), max_size=6), st.booleans(), st.booleans())
@example("a=b", ["SameSite=Lax", "SameSite=x"], True, True)
@example('a="; Secure"', [";"], True, False)
def test_rewriting_keeps_what_was_there(pair: str, parts: list[str], secure: bool, httponly: bool) -> None:
    header = ";".join([pair, *parts])
    before = parse(header)
    rewritten = header + missing_attributes(before, secure=secure, httponly=httponly)
    after = parse(rewritten)
    assert rewritten.startswith(header)
    assert after.name == before.name
    assert after.attributes["samesite"].lower() in {"lax", "strict", "none"}
    assert not secure or "secure" in after.attributes
    assert not httponly or "httponly" in after.attributes
    kept = {name: value for name, value in before.attributes.items() if name != "samesite"}
    assert kept.items() <= after.attributes.items()
    assert missing_attributes(after, secure=secure, httponly=httponly) == ""
    headers = Headers([("Set-Cookie", rewritten)])
    assert headers.getlist("Set-Cookie") == [rewritten]
