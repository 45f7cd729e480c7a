"""A session ends after idle time and after an absolute time, and so does every copy of its cookie."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import flask_login
import pytest
from cachelib import SimpleCache
from flask import Flask, Response, redirect, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client, TestResponse

from flask_garrison import Garrison, Policy
from flask_garrison.events import SecurityEvent
from flask_garrison.guard import session_lifetimes
from flask_garrison.guard.session_lifetimes import CONTROL, STAMP, reason_to_end
from tests.guard.conftest import SECRET

Seen = Callable[[], list[SecurityEvent]]
HERE = "https://shop.example"
IDLE, ABSOLUTE = 3_600, 86_400
POLICY = Policy(session_idle_seconds=IDLE, session_absolute_seconds=ABSOLUTE)
T0 = 1_800_000_000


class Clock:
    """What the guard takes for the time."""

    def __init__(self) -> None:
        self.time = T0

    def __call__(self) -> int:
        return self.time


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(session_lifetimes, "now", clock)
    return clock


def bare(**config: Any) -> Flask:
    app = Flask("shop")
    app.secret_key = SECRET
    app.config.update(config)
    app.add_url_rule("/in", "in", _log_in)
    app.add_url_rule("/keep", "keep", _log_in, defaults={"permanent": True})
    app.add_url_rule("/me", "me", lambda: str(session.get("user_id")))
    app.add_url_rule("/idle", "idle", lambda: "nothing read")
    app.add_url_rule("/out", "out", _log_out)
    app.add_url_rule("/pop", "pop", lambda: str(session.pop("user_id", None)))
    app.add_url_rule("/note", "note", _note)
    return app


def _log_in(permanent: bool = False) -> str:
    session.clear()
    session["user_id"] = "ada"
    session.permanent = permanent
    return "welcome"


def _log_out() -> str:
    session.clear()
    return "bye"


def _note() -> Response:
    session["note"] = "please log in"
    return redirect("/me")  # type: ignore[return-value]


def server_side(app: Flask) -> Flask:
    from flask_session import Session

    app.config.update(SESSION_TYPE="cachelib", SESSION_CACHELIB=SimpleCache())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Session(app)
    return app


KINDS: dict[str, Callable[[], Flask]] = {
    "signed cookie": bare,
    "read_new": lambda: bare(GARRISON_SESSION_COOKIE="read_new"),
    "server side": lambda: server_side(bare()),
    "unhardened": lambda: bare(SESSION_COOKIE_DOMAIN="shop.example"),
}


@pytest.fixture(params=KINDS)
def app(request: pytest.FixtureRequest) -> Flask:
    app = KINDS[request.param]()
    if request.param == "read_new":
        Garrison(app, session_idle_seconds=IDLE, session_absolute_seconds=ABSOLUTE)
    else:
        Garrison(app, POLICY)
    return app


@pytest.fixture
def cookie_app() -> Flask:
    app = bare()
    Garrison(app, POLICY)
    return app


def get(client: Client, path: str) -> TestResponse:
    return client.get(path, base_url=HERE)


def copy_of(client: Client, app: Flask) -> Client:
    """Return a thief: another browser with a copy of the same cookies."""
    thief = Client(app)
    for cookie in (client._cookies or {}).values():
        options = {"secure": cookie.secure, "origin_only": cookie.origin_only}
        thief.set_cookie(cookie.key, cookie.value, domain=cookie.domain, path=cookie.path, **options)
    return thief


def stamped(client: Client, app: Flask) -> Any:
    """Return what a session that the client holds says of itself."""
    inside: list[Any] = []
    app.view_functions["idle"] = lambda: inside.append(dict(session)) or "read"  # type: ignore[func-returns-value]
    get(client, "/idle")
    return inside[0].get(STAMP)


def lifetimes(seen: Seen) -> list[tuple[str, str, str, object]]:
    events = [one for one in seen() if one.control == CONTROL]
    return [(one.event, str(one.detail["account"]), one.outcome, one.detail["reason"]) for one in events]


# The attacks


def test_a_copied_cookie_is_worthless_after_idle_time(app: Flask, clock: Clock, seen: Seen) -> None:
    ada = Client(app)
    get(ada, "/in")
    thief = copy_of(ada, app)
    assert get(thief, "/me").text == "ada"
    clock.time += IDLE + IDLE // 10 + 1
    assert get(thief, "/me").text == "None"
    assert get(ada, "/me").text == "None"
    assert lifetimes(seen)[0] == ("session_expired", "ada", "refused", "idle")


def test_a_copied_cookie_is_worthless_after_absolute_time_however_busy(app: Flask, clock: Clock, seen: Seen) -> None:
    ada = Client(app)
    get(ada, "/in")
    thief = copy_of(ada, app)
    for _ in range(ABSOLUTE // 1_800):
        clock.time += 1_800
        assert get(thief, "/me").text == "ada"
    clock.time += 1
    assert get(thief, "/me").text == "None"
    assert ("session_expired", "ada", "refused", "absolute") in lifetimes(seen)


def test_an_old_cookie_replayed_is_as_old_as_it_says(cookie_app: Flask, clock: Clock) -> None:
    ada = Client(cookie_app)
    get(ada, "/in")
    old = copy_of(ada, cookie_app)
    for _ in range(3):
        clock.time += IDLE // 2
        assert get(ada, "/me").text == "ada"
    assert get(old, "/me").text == "None"


def test_a_stamp_cannot_be_forged(cookie_app: Flask, clock: Clock) -> None:
    forger = SecureCookieSessionInterface()
    other = Flask("other")
    other.secret_key = "another key, just as long as the first one"
    serializer = forger.get_signing_serializer(other)
    assert serializer is not None
    client = Client(cookie_app)
    value = serializer.dumps({"user_id": "ada", STAMP: f"{T0}.{T0 + 10**6}"})
    client.set_cookie("__Host-session", str(value), domain="shop.example", secure=True)
    assert get(client, "/me").text == "None"


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        (f"{T0}.{T0 + 301}", "future"),
        (f"{T0 + 301}.{T0}", "future"),
        (f"{T0 + 300}.{T0 + 300}", None),
        (f"{T0}.{T0}", None),
        (f"{T0 - ABSOLUTE}.{T0}", None),
        (f"{T0 - ABSOLUTE - 1}.{T0}", "absolute"),
        (f"{T0}.{T0 - IDLE}", None),
        (f"{T0}.{T0 - IDLE - 1}", "idle"),
        ("0.0", "absolute"),
        (f"{T0}", "malformed"),
        (f"{T0}.{T0}.{T0}", "malformed"),
        (f"{T0}.{T0}\n", "malformed"),
        (f"-{T0}.{T0}", "malformed"),
        (f"{T0}.{'9' * 30}", "malformed"),
        (".", "malformed"),
        ("\u0661.\u0661", "malformed"),
        ("", "malformed"),
        ([T0, T0], "malformed"),
        (T0, "malformed"),
        ({}, "malformed"),
        (0, "malformed"),
    ],
)
def test_what_a_stamp_means(stamp: object, reason: str | None) -> None:
    assert reason_to_end(stamp, POLICY, T0) == reason


@given(st.none() | st.integers() | st.lists(st.integers()) | st.text() | st.from_regex(r"[0-9]{0,14}\.[0-9]{0,14}"))
def test_no_stamp_but_a_recent_one_keeps_a_session(stamp: object) -> None:
    if reason_to_end(stamp, POLICY, T0) is None:
        assert isinstance(stamp, str)
        assert all(T0 - ABSOLUTE <= int(one) <= T0 + 300 for one in stamp.split("."))


@pytest.mark.parametrize("jump", [-IDLE, 10**9])
def test_a_clock_that_jumps_ends_sessions_and_opens_none(app: Flask, clock: Clock, jump: int) -> None:
    ada = Client(app)
    get(ada, "/in")
    clock.time += jump
    assert get(ada, "/me").text == "None"
    assert get(ada, "/in").text == "welcome"
    assert get(ada, "/me").text == "ada"


def test_a_copied_session_id_does_not_come_back_with_the_next_login(clock: Clock) -> None:
    app = server_side(bare())
    Garrison(app, POLICY)
    ada = Client(app)
    get(ada, "/in")
    thief = copy_of(ada, app)
    clock.time += IDLE + 1
    get(ada, "/note")
    get(ada, "/in")
    assert get(ada, "/me").text == "ada"
    assert get(thief, "/me").text == "None"


def test_nobody_is_asked_who_it_is_before_the_session_ends(clock: Clock, seen: Seen) -> None:
    app = bare(SESSION_COOKIE_DOMAIN="shop.example")  # a notice at the first request: it asks
    Garrison(app, POLICY, principal=lambda: session.get("user_id"))
    ada = Client(app)
    get(ada, "/in")
    fresh = bare(SESSION_COOKIE_DOMAIN="shop.example")
    asked: list[object] = []
    Garrison(fresh, POLICY, principal=lambda: asked.append(session.get("user_id")))
    clock.time += IDLE + 1
    get(copy_of(ada, fresh), "/idle")
    assert asked
    assert set(asked) == {None}


# Honest visitors


def test_a_busy_visitor_stays(app: Flask, clock: Clock, seen: Seen) -> None:
    ada = Client(app)
    get(ada, "/in")
    for _ in range(10):
        clock.time += IDLE - 1 - IDLE // 10
        assert get(ada, "/me").text == "ada"
    assert lifetimes(seen) == []


def test_the_cookie_is_renewed_only_after_a_tenth_of_the_idle_time(cookie_app: Flask, clock: Clock) -> None:
    ada = Client(cookie_app)
    assert "Set-Cookie" in get(ada, "/in").headers
    clock.time += IDLE // 10
    assert "Set-Cookie" not in get(ada, "/me").headers
    clock.time += 1
    assert "Set-Cookie" in get(ada, "/me").headers
    assert "Set-Cookie" not in get(ada, "/me").headers


def test_a_page_that_does_not_read_the_session_stays_cacheable(app: Flask, clock: Clock) -> None:
    ada = Client(app)
    get(ada, "/in")
    clock.time += IDLE // 2
    answer = get(ada, "/idle")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_public_page_gets_no_cookie_for_the_stamp_alone(cookie_app: Flask, clock: Clock) -> None:
    def page() -> Response:
        return Response(str(session.get("user_id")), headers={"Cache-Control": "public, max-age=60"})

    cookie_app.view_functions["me"] = page
    ada = Client(cookie_app)
    get(ada, "/in")
    clock.time += IDLE // 2
    assert "Set-Cookie" not in get(ada, "/me").headers


def test_a_visitor_without_a_session_gets_no_cookie(app: Flask) -> None:
    for path in ("/me", "/idle"):
        assert "Set-Cookie" not in get(Client(app), path).headers


def test_logging_in_starts_anew(app: Flask, clock: Clock) -> None:
    ada = Client(app)
    get(ada, "/in")
    clock.time += IDLE // 2
    get(ada, "/in")
    assert stamped(ada, app) == f"{clock.time}.{clock.time}"


def test_a_session_from_before_is_stamped_at_its_next_use(clock: Clock) -> None:
    before = bare()
    ada = Client(before)
    get(ada, "/in")
    app = bare()
    Garrison(app, POLICY)
    ada = copy_of(ada, app)
    assert get(ada, "/me").text == "ada"
    assert stamped(ada, app) == f"{T0}.{T0}"
    clock.time += IDLE + 1
    assert get(ada, "/me").text == "None"


def test_the_stamp_alone_keeps_no_cookie(app: Flask) -> None:
    ada = Client(app)
    get(ada, "/in")
    assert stamped(ada, app) == f"{T0}.{T0}"
    get(ada, "/pop")
    assert stamped(ada, app) is None


def test_popping_the_last_key_deletes_the_cookie(cookie_app: Flask) -> None:
    cookie_app.add_url_rule("/bag", "bag", lambda: session.update(bag="full") or "kept")  # type: ignore[func-returns-value]
    cookie_app.add_url_rule("/empty", "empty", lambda: session.pop("bag"))
    ada = Client(cookie_app)
    get(ada, "/bag")
    (sent,) = get(ada, "/empty").headers.getlist("Set-Cookie")[:1]
    assert "Max-Age=0" in sent
    assert not [cookie for cookie in (ada._cookies or {}).values() if cookie.key == "__Host-session"]


def test_what_the_apps_last_function_puts_into_the_session_is_stamped_too(clock: Clock) -> None:
    app = bare()
    Garrison(app, POLICY)

    @app.after_request
    def late(response: Response) -> Response:
        session["late"] = True
        return response

    ada = Client(app)
    get(ada, "/idle")
    assert stamped(ada, app) == f"{T0}.{T0}"


def test_permanent_sessions_end_alike(app: Flask, clock: Clock) -> None:
    ada = Client(app)
    get(ada, "/keep")
    clock.time += IDLE // 2
    assert get(ada, "/me").text == "ada"
    clock.time += IDLE + 1
    assert get(ada, "/me").text == "None"


def test_an_interface_that_says_nothing_of_its_state_works(clock: Clock) -> None:
    class Plain(dict[str, Any]):
        modified, accessed, permanent, new = True, False, False, False

    class Memory(SecureCookieSessionInterface):
        kept: dict[str, Any] = {}  # noqa: RUF012

        def open_session(self, app: Any, request: Any) -> Any:
            return Plain(self.kept)

        def save_session(self, app: Any, session: Any, response: Any) -> None:
            Memory.kept = dict(session)

    app = bare()
    app.session_interface = Memory()
    Garrison(app, POLICY)
    client = Client(app)
    get(client, "/in")
    assert Memory.kept[STAMP] == f"{T0}.{T0}"
    clock.time += IDLE + 1
    assert get(client, "/me").text == "None"
    assert Memory.kept == {}


def test_an_app_without_a_key_works() -> None:
    app = bare()
    app.secret_key = None
    Garrison(app, POLICY, sessions=False)
    assert get(Client(app), "/me").text == "None"


def test_flask_logins_remember_cookie_logs_in_again(clock: Clock) -> None:
    app = bare()
    manager = flask_login.LoginManager(app)
    manager.session_protection = None

    class User(flask_login.UserMixin):  # type: ignore[misc]
        id = "ada"

    manager.user_loader(lambda user_id: User())
    app.add_url_rule("/login", "login", lambda: str(flask_login.login_user(User(), remember=True)))
    app.add_url_rule("/who", "who", lambda: str(flask_login.current_user.get_id()))
    app.add_url_rule("/leave", "leave", lambda: str(flask_login.logout_user()))
    Garrison(app, POLICY, principal=lambda: flask_login.current_user.get_id())
    ada = Client(app)
    get(ada, "/login")
    clock.time += ABSOLUTE + 1
    assert get(ada, "/who").text == "ada"
    ada.delete_cookie("remember_token", domain="shop.example")
    clock.time += ABSOLUTE + 1
    assert get(ada, "/who").text == "None"


# The switches


@pytest.mark.parametrize(
    ("settings", "after", "who"),
    [
        ({}, 12 * 3_600, "ada"),
        ({}, 12 * 3_600 + 1, "None"),
        ({"session_idle_seconds": 60}, 61, "None"),
        ({"session_idle_seconds": 60}, 60, "ada"),
        ({"modes": {CONTROL: "off"}}, 10**8, "ada"),
        ({"modes": {CONTROL: "observe"}}, 10**8, "ada"),
    ],
)
def test_each_setting_counts(clock: Clock, settings: dict[str, Any], after: int, who: str) -> None:
    app = bare()
    Garrison(app, **settings)
    ada = Client(app)
    get(ada, "/in")
    clock.time += after
    assert get(ada, "/me").text == who


def test_off_leaves_no_trace() -> None:
    app = bare()
    Garrison(app, modes={CONTROL: "off"})
    ada = Client(app)
    get(ada, "/in")
    assert stamped(ada, app) is None


def test_observe_judges_stamps_but_writes_none(clock: Clock, seen: Seen) -> None:
    enforcing, observing = bare(), bare()
    Garrison(enforcing, POLICY)
    Garrison(observing, POLICY, modes={CONTROL: "observe"})
    ada = Client(enforcing)
    get(ada, "/in")
    clock.time += IDLE + 1
    ada = copy_of(ada, observing)
    answer = get(ada, "/me")
    assert answer.text == "ada"
    assert "Set-Cookie" not in answer.headers
    assert lifetimes(seen) == [("session_expired", "ada", "would_refuse", "idle")]
    new = Client(observing)
    get(new, "/in")
    assert stamped(new, observing) is None


def test_the_session_class_of_flask_is_what_we_think() -> None:
    empty = SecureCookieSession()
    assert (empty.modified, empty.accessed) == (False, False)
