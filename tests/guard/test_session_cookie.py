"""The session cookie: its new name and signature, how visitors move over, and what stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cachelib import FileSystemCache
from flask import Flask, Response, redirect, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_session import Session
from flask_wtf.csrf import generate_csrf, validate_csrf
from itsdangerous import URLSafeTimedSerializer
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from flask_garrison import Garrison, Policy
from flask_garrison.context import session_cookie_name
from flask_garrison.events import SecurityEvent
from flask_garrison.guard.cookies import parse
from flask_garrison.guard.session_cookie import CONTROL
from flask_garrison.guard.session_interface import HardenedSessions

Seen = Callable[[], list[SecurityEvent]]
SECRET = "a key for tests only, long enough to sign with"
HTTPS = "https://shop.example"
HTTP = "http://shop.example"
NEW, OLD, ENDED = "__Host-session", "session", "__Host-session_ended"


def shop(setting: str | None = "migrate", name: str = "shop", **config: Any) -> Flask:
    """Make an app with a login; ``None`` leaves it unguarded."""
    app = Flask(name)
    app.secret_key = SECRET
    app.config.update(config)
    app.add_url_rule("/in", "in", _log_in)
    app.add_url_rule("/me", "me", lambda: str(session.get("user_id")))
    app.add_url_rule("/idle", "idle", lambda: "nothing read")
    app.add_url_rule("/out", "out", _log_out)
    if setting is not None:
        Garrison(app, Policy(session_cookie=setting, modes={"transport.https-only": "off"}))
    return app


def _log_in() -> str:
    session["user_id"] = "ada"
    session.permanent = "permanent" in request.args
    return "welcome"


def _log_out() -> str:
    session.clear()
    return "bye"


class Browser:
    """A cookie jar that visits several apps of one host, as a browser does when an app is deployed anew."""

    def __init__(self) -> None:
        self.jar: dict[str, str] = {}
        self.sent: list[str] = []
        self.answer: Any = None

    def get(self, app: Any, path: str, base: str = HTTPS) -> str:
        """Visit a page, keep its cookies, return its text."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        client = Client(app, Response, use_cookies=False)
        self.answer = client.get(path, base_url=base, headers={"Cookie": cookies} if cookies else {})
        self.sent = self.answer.headers.getlist("Set-Cookie")
        for header in self.sent:
            name, _, value = header.partition(";")[0].partition("=")
            if parse(header).is_deletion:
                self.jar.pop(name, None)
            else:
                self.jar[name] = value
        return str(self.answer.text)

    def names(self) -> set[str]:
        """Return the names in the jar."""
        return set(self.jar)


@pytest.fixture
def browser() -> Browser:
    """Give a browser without cookies."""
    return Browser()


def digest_of(value: str) -> str:
    """Return which digest signed a session cookie."""
    for name, method in (("sha1", hashlib.sha1), ("sha256", hashlib.sha256)):
        signer = {"key_derivation": "hmac", "digest_method": method}
        serializer = URLSafeTimedSerializer(SECRET, salt="cookie-session", signer_kwargs=signer)
        if serializer.loads_unsafe(value)[0]:
            return name
    return "neither"


def said(seen: Seen) -> list[SecurityEvent]:
    """Return the events of this control."""
    return [event for event in seen() if event.control == CONTROL]


# The new cookie


def test_over_https_it_is_prefixed_and_signed_with_sha256(browser: Browser) -> None:
    browser.get(shop(), "/in")
    assert browser.names() == {NEW}
    assert digest_of(browser.jar[NEW]) == "sha256"
    assert parse(browser.sent[0]).attributes == {"secure": "", "httponly": "", "path": "/", "samesite": "Lax"}


def test_over_plain_http_it_keeps_its_name_and_is_signed_with_sha256(browser: Browser) -> None:
    browser.get(shop(), "/in", HTTP)
    assert browser.names() == {OLD}
    assert digest_of(browser.jar[OLD]) == "sha256"
    assert browser.get(shop(), "/me", HTTP) == "ada"


def test_the_prefix_does_not_depend_on_the_control_of_other_cookies(browser: Browser) -> None:
    app = shop(None)
    Garrison(app, modes={"headers.cookies": "off"})
    browser.get(app, "/in")
    assert browser.sent[0].startswith(f"{NEW}=")
    assert {"secure", "path"} <= set(parse(browser.sent[0]).attributes)


def test_session_cookie_name_of_the_context_follows_the_request() -> None:
    app = shop()
    with app.test_request_context(base_url=HTTPS):
        assert session_cookie_name(app) == NEW
    with app.test_request_context(base_url=HTTP):
        assert session_cookie_name(app) == OLD
    assert session_cookie_name(app) == OLD


def test_session_transactions_of_tests_work() -> None:
    client = shop().test_client()
    for base in (HTTPS, HTTP):
        with client.session_transaction(base_url=base) as stored:
            stored["user_id"] = "bob"
        assert client.get("/me", base_url=base).text == "bob"


def test_a_session_that_a_test_wrote_over_http_is_read_over_https() -> None:
    client = shop().test_client()
    with client.session_transaction() as stored:
        stored["user_id"] = "bob"
    assert client.get("/me", base_url="https://localhost").text == "bob"


def test_without_a_secret_key_there_is_no_session() -> None:
    app = shop()
    app.secret_key = None
    assert app.test_client().get("/me", base_url=HTTPS).text == "None"


def test_vary_is_kept(browser: Browser) -> None:
    app = shop()
    browser.get(app, "/me")
    assert "Cookie" in browser.answer.headers["Vary"]
    browser.get(app, "/idle")
    assert "Cookie" not in browser.answer.headers.get("Vary", "")


def test_a_changed_cookie_is_no_session(browser: Browser) -> None:
    app = shop()
    browser.get(app, "/in")
    browser.jar[NEW] = browser.jar[NEW][:-2] + "xx"
    assert browser.get(app, "/me") == "None"


# Moving over: nobody is logged out by the upgrade


@pytest.mark.parametrize("base", [HTTPS, HTTP])
@pytest.mark.parametrize("path", ["/me", "/idle"])
def test_migrate_reads_the_old_once_and_replaces_it_in_the_same_answer(browser: Browser, base: str, path: str) -> None:
    browser.get(shop(None), "/in", base)
    assert digest_of(browser.jar[OLD]) == "sha1"
    app = shop()
    browser.get(app, path, base)
    name = NEW if base == HTTPS else OLD
    assert browser.names() == {name}
    assert digest_of(browser.jar[name]) == "sha256"
    assert browser.get(app, "/me", base) == "ada"
    assert browser.sent == []


def test_the_deletion_of_the_old_cookie_reaches_it(browser: Browser) -> None:
    browser.get(shop(None), "/in")
    browser.get(shop(), "/me")
    (deletion,) = [header for header in browser.sent if header.startswith("session=")]
    attributes = parse(deletion).attributes
    assert parse(deletion).is_deletion
    assert attributes["path"] == "/"
    assert "domain" not in attributes


def test_logout_deletes_both_and_the_old_one_replayed_does_not_return(browser: Browser) -> None:
    browser.get(shop(None), "/in")
    old = browser.jar[OLD]
    app = shop()
    browser.get(app, "/me")
    browser.get(app, "/out")
    assert browser.names().isdisjoint({NEW, OLD})
    assert {header.partition("=")[0] for header in browser.sent if parse(header).is_deletion} == {NEW, OLD}
    browser.jar[OLD] = old
    assert browser.get(app, "/me") == "None"


def test_logout_as_the_first_request_after_the_upgrade(browser: Browser) -> None:
    browser.get(shop(None), "/in")
    old = browser.jar[OLD]
    app = shop()
    browser.get(app, "/out")
    assert browser.names().isdisjoint({NEW, OLD})
    browser.jar[OLD] = old
    assert browser.get(app, "/me") == "None"


def test_an_old_session_begun_after_a_logout_is_read(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is not upgraded yet may log the visitor in again."""
    app = shop()
    browser.get(app, "/in")
    monkeypatch.setattr("flask_garrison.guard.session_interface.time.time", lambda: 1_000_000_000)
    browser.get(app, "/out")
    monkeypatch.undo()
    browser.get(shop(None), "/in")
    assert browser.get(app, "/me") == "ada"


@pytest.mark.parametrize("mark", ["x", "", "99999999999999", "9" * 5_000])
def test_an_unreadable_or_future_mark_of_a_logout_fails_closed(browser: Browser, mark: str) -> None:
    browser.get(shop(None), "/in")
    browser.jar[ENDED] = mark
    assert browser.get(shop(), "/me") == "None"


def test_login_after_logout_works(browser: Browser) -> None:
    app = shop()
    for _ in range(2):
        browser.get(app, "/in")
        assert browser.get(app, "/me") == "ada"
        browser.get(app, "/out")
        assert browser.get(app, "/me") == "None"


@pytest.mark.parametrize("new", ["", "invalid", "eyJ1c2VyX2lkIjoibWFsIn0.aaaaaa.bbbb"])
def test_next_to_a_new_cookie_the_old_one_is_never_read(browser: Browser, new: str) -> None:
    """A sibling host can set the old cookie; it must not win, not even over a broken new one."""
    browser.get(shop(None), "/in")
    browser.jar[NEW] = new
    assert browser.get(shop(), "/me") == "None"


def test_a_new_cookie_that_is_hidden_from_the_parser_still_counts(browser: Browser) -> None:
    """A sibling host sets a="  and  z=", and everything between becomes one quoted value for Werkzeug."""
    browser.get(shop(None), "/in")
    evil = browser.jar[OLD]
    app = shop()
    cookies = f'session={evil}; a="; {NEW}=x; z="'
    answer = Client(app, Response, use_cookies=False).get("/me", base_url=HTTPS, headers={"Cookie": cookies})
    assert answer.text == "None"


def test_new_reads_only_the_new(browser: Browser) -> None:
    browser.get(shop(None), "/in")
    assert browser.get(shop("new"), "/me") == "None"
    browser.get(shop(None), "/in", HTTP)
    assert browser.get(shop("new"), "/me", HTTP) == "None"
    browser.get(shop("new"), "/in")
    assert browser.get(shop("new"), "/me") == "ada"


def test_new_does_not_read_the_plain_name_over_https_whatever_signed_it(browser: Browser) -> None:
    """A cookie from plain HTTP, where anybody on the network can set one."""
    browser.get(shop("new"), "/in", HTTP)
    assert digest_of(browser.jar[OLD]) == "sha256"
    assert browser.get(shop("new"), "/me") == "None"


@pytest.mark.parametrize("base", [HTTPS, HTTP])
def test_read_new_reads_both_and_writes_the_old(browser: Browser, base: str) -> None:
    rolling, unguarded = shop("read_new"), shop(None)
    browser.get(rolling, "/in", base)
    assert browser.names() == {OLD}
    assert digest_of(browser.jar[OLD]) == "sha1"
    assert browser.get(unguarded, "/me", base) == "ada"
    browser.get(shop("migrate"), "/me", base)
    assert browser.get(rolling, "/me", base) == "ada"
    assert (browser.names(), digest_of(browser.jar[OLD])) == ({OLD}, "sha1")


def test_a_rolling_deployment_in_two_steps_logs_nobody_out(browser: Browser) -> None:
    unguarded, rolling, migrated = shop(None), shop("read_new"), shop("migrate")
    browser.get(unguarded, "/in")
    for app in (unguarded, rolling, unguarded, rolling, migrated, rolling, migrated, rolling, migrated, migrated):
        assert browser.get(app, "/me") == "ada"
    assert browser.names() == {NEW}
    browser.get(rolling, "/out")
    assert browser.names().isdisjoint({NEW, OLD})


def test_read_new_is_not_locked_by_an_invalid_new_cookie(browser: Browser) -> None:
    browser.jar[NEW] = "invalid"
    app = shop("read_new")
    browser.get(app, "/in")
    assert browser.get(app, "/me") == "ada"


def test_off_is_flasks_own_cookie(browser: Browser, seen: Seen) -> None:
    app = shop("off")
    browser.get(app, "/in")
    assert browser.names() == {OLD}
    assert digest_of(browser.jar[OLD]) == "sha1"
    assert "session_cookie='off'" in str(said(seen)[0].detail["problem"])


def test_a_publicly_cacheable_answer_moves_nobody(browser: Browser) -> None:
    browser.get(shop(None), "/in")
    app = shop(None, SEND_FILE_MAX_AGE_DEFAULT=3600)

    @app.get("/logo")
    def logo() -> Response:
        return Response("logo", headers={"Cache-Control": "public, max-age=3600"})

    Garrison(app)
    browser.get(app, "/logo")
    assert browser.sent == []
    assert browser.get(app, "/me") == "ada"
    assert browser.names() == {NEW}


def test_a_custom_save_that_writes_nothing_keeps_the_old_cookie(browser: Browser) -> None:
    class Quiet(SecureCookieSessionInterface):
        def save_session(self, *arguments: Any) -> None:
            if "X-Api" not in request.headers:
                super().save_session(*arguments)

    app = shop(None)
    app.session_interface = Quiet()
    Garrison(app)
    browser.get(shop(None), "/in")
    cookies = f"session={browser.jar[OLD]}"
    answer = Client(app, Response, use_cookies=False).get(
        "/me", base_url=HTTPS, headers={"Cookie": cookies, "X-Api": "1"}
    )
    assert (answer.text, answer.headers.getlist("Set-Cookie")) == ("ada", [])
    assert browser.get(app, "/me") == "ada"
    assert browser.names() == {NEW}


# Keys and lifetimes


def test_secret_key_fallbacks_keep_working(browser: Browser) -> None:
    for setting in (None, "migrate"):
        browser.jar.clear()
        browser.get(shop(setting), "/in")
        rotated = shop(SECRET_KEY_FALLBACKS=[SECRET])
        rotated.secret_key = "another key, just as long as the first one"
        assert browser.get(rotated, "/me") == "ada"


def test_permanent_sessions_are_refreshed_at_each_request(browser: Browser) -> None:
    app = shop()
    browser.get(app, "/in?permanent")
    browser.get(app, "/me")
    assert "expires" in parse(browser.sent[0]).attributes
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    browser.get(app, "/me")
    assert browser.sent == []


@pytest.mark.parametrize("source", [None, "migrate"])
def test_an_expired_session_is_not_read(browser: Browser, source: str | None) -> None:
    browser.get(shop(source), "/in?permanent")
    app = shop(PERMANENT_SESSION_LIFETIME=timedelta(seconds=-1))
    assert browser.get(app, "/me") == "None"


# Mounted apps


def test_mounted_apps_have_names_of_their_own(browser: Browser) -> None:
    a, b = shop(name="a"), shop(name="b")
    site = DispatcherMiddleware(shop(name="root"), {"/a": a, "/b/c": b})
    for path in ("/in", "/a/in", "/b/c/in"):
        browser.get(site, path)
    assert browser.names() == {NEW, f"{NEW}_a", f"{NEW}_b.2Fc"}
    browser.get(site, "/a/out")
    assert [browser.get(site, path) for path in ("/me", "/a/me", "/b/c/me")] == ["ada", "None", "ada"]


def test_application_root_counts_as_a_mount(browser: Browser) -> None:
    app = shop(APPLICATION_ROOT="/app")
    browser.get(app, "/in")
    assert browser.names() == {f"{NEW}_app"}
    assert parse(browser.sent[0]).attributes["path"] == "/"


def test_apps_that_shared_the_old_cookie_each_take_a_copy(browser: Browser) -> None:
    browser.get(shop(None), "/in")
    site = DispatcherMiddleware(Flask("nothing"), {"/a": shop(name="a"), "/b": shop(name="b")})
    assert [browser.get(site, path) for path in ("/a/me", "/b/me")] == ["ada", "ada"]
    assert browser.get(site, "/a/out") == "bye"
    assert browser.get(site, "/a/me") == "None"


# What keeps its name and digest


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"SESSION_COOKIE_DOMAIN": "example"}, "SESSION_COOKIE_DOMAIN"),
        ({"SESSION_COOKIE_PATH": "/shop"}, "SESSION_COOKIE_PATH"),
        ({"SESSION_COOKIE_PATH": "/", "APPLICATION_ROOT": "/shop"}, "SESSION_COOKIE_PATH"),
        ({"SESSION_COOKIE_NAME": "__Host-sid", "SESSION_COOKIE_SECURE": True}, "prefix"),
        ({"SESSION_COOKIE_NAME": "__Secure-sid", "SESSION_COOKIE_SECURE": True}, "prefix"),
    ],
)
def test_shared_cookies_keep_name_and_digest_and_are_reported_once(
    browser: Browser, seen: Seen, config: dict[str, Any], words: str
) -> None:
    app = shop(**config)
    browser.get(app, "/in")
    name = config.get("SESSION_COOKIE_NAME", OLD)
    assert browser.names() == {name}
    assert digest_of(browser.jar[name]) == "sha1"
    assert "Secure" in browser.sent[0]
    assert browser.get(app, "/me") == "ada"
    browser.get(app, "/out")
    assert browser.names() == set()
    (event,) = said(seen)
    assert words in str(event.detail["problem"])


def test_a_path_of_slash_shares_nothing(browser: Browser) -> None:
    browser.get(shop(SESSION_COOKIE_PATH="/"), "/in")
    assert browser.names() == {NEW}


def test_an_interface_with_a_name_of_its_own_is_left_alone(browser: Browser, seen: Seen) -> None:
    class Own(SecureCookieSessionInterface):
        def get_cookie_name(self, app: Flask) -> str:
            return "mine"

    app = shop(None)
    app.session_interface = Own()
    Garrison(app)
    browser.get(app, "/in")
    assert (browser.names(), digest_of(browser.jar["mine"])) == ({"mine"}, "sha1")
    assert "get_cookie_name of its own" in str(said(seen)[0].detail["problem"])


def test_a_digest_that_the_app_chose_stays(browser: Browser) -> None:
    class Strong(SecureCookieSessionInterface):
        digest_method = staticmethod(hashlib.sha512)

    old = shop(None)
    old.session_interface = Strong()
    browser.get(old, "/in")
    for setting in ("read_new", "migrate"):
        app = shop(None)
        app.session_interface = Strong()
        Garrison(app, Policy(session_cookie=setting))
        assert browser.get(app, "/me") == "ada"
        assert browser.get(app, "/me") == "ada"
        assert browser.sent == []
    signer = {"key_derivation": "hmac", "digest_method": hashlib.sha512}
    serializer = URLSafeTimedSerializer(SECRET, salt="cookie-session", signer_kwargs=signer)
    assert serializer.loads(browser.jar[NEW])["user_id"] == "ada"


def test_other_settings_of_a_subclass_are_kept(browser: Browser) -> None:
    class Typed(SecureCookieSession):
        pass

    class Own(SecureCookieSessionInterface):
        salt = "own salt"
        session_class = Typed

    app = shop(None)
    app.session_interface = Own()
    Garrison(app)
    app.add_url_rule("/type", "type", lambda: type(session._get_current_object()).__name__)
    browser.get(app, "/in")
    assert digest_of(browser.jar[NEW]) == "neither"
    assert (browser.get(app, "/me"), browser.get(app, "/type")) == ("ada", "Typed")


def test_flasks_shared_interface_object_is_not_touched() -> None:
    guarded = shop()
    assert isinstance(guarded.session_interface, HardenedSessions)
    assert not isinstance(Flask("other").session_interface, HardenedSessions)
    assert Flask.session_interface.digest_method is not hashlib.sha256


# Late assignment, other extensions


def test_an_interface_assigned_after_garrison_is_hardened_before_its_first_request(browser: Browser) -> None:
    class Late(SecureCookieSessionInterface):
        salt = "cookie-session"

    app = shop()
    browser.get(app, "/in")
    late = shop()
    late.session_interface = Late()
    assert browser.get(late, "/me") == "ada"
    assert isinstance(late.session_interface, Late)
    assert isinstance(late.session_interface, HardenedSessions)


@pytest.mark.parametrize("order", ["before", "after"])
def test_flask_session_keeps_its_name_and_gets_attributes(
    browser: Browser, seen: Seen, tmp_path: Path, order: str
) -> None:
    app = shop(None, SESSION_TYPE="cachelib", SESSION_CACHELIB=FileSystemCache(str(tmp_path)))
    steps: list[Callable[[Flask], object]] = [Session, Garrison]
    for step in steps if order == "before" else reversed(steps):
        step(app)
    browser.get(app, "/in")
    assert browser.names() == {OLD}
    assert {"secure", "httponly", "samesite"} <= set(parse(browser.sent[0]).attributes)
    assert browser.get(app, "/me") == "ada"
    browser.get(app, "/out")
    assert browser.get(app, "/me") == "None"
    (event,) = said(seen)
    assert "is not Flask's signed cookie" in str(event.detail["problem"])


class _User(UserMixin):
    id = "ada"


def login_app(*, guarded: bool) -> Flask:
    """Make an app that logs in with Flask-Login and holds a Flask-WTF token in its session."""
    app = shop(None)
    manager = LoginManager(app)
    manager.user_loader(lambda key: _User() if key == "ada" else None)
    app.add_url_rule("/sign-in", "sign_in", lambda: str(login_user(_User(), remember="remember" in request.args)))
    app.add_url_rule("/who", "who", lambda: str(current_user.is_authenticated))
    app.add_url_rule("/sign-out", "sign_out", lambda: (logout_user(), redirect("/who"))[1])
    app.add_url_rule("/token", "token", generate_csrf)
    app.add_url_rule("/check", "check", lambda: str(validate_csrf(request.args["token"])))
    if guarded:
        Garrison(app)
    return app


def test_flask_login_survives_the_upgrade_and_logs_out(browser: Browser) -> None:
    browser.get(login_app(guarded=False), "/sign-in?remember")
    app = login_app(guarded=True)
    assert browser.get(app, "/who") == "True"
    assert browser.names() == {NEW, "remember_token"}
    browser.get(app, "/sign-out")
    assert browser.get(app, "/who") == "False"
    assert "remember_token" not in browser.names()


def test_flask_login_remembers_without_a_session(browser: Browser) -> None:
    app = login_app(guarded=True)
    browser.get(app, "/sign-in?remember")
    del browser.jar[NEW]
    assert browser.get(app, "/who") == "True"


def test_flask_wtf_token_survives_the_upgrade(browser: Browser) -> None:
    token = browser.get(login_app(guarded=False), "/token")
    app = login_app(guarded=True)
    assert browser.get(app, f"/check?token={token}") == "None"
    assert browser.get(app, f"/check?token={browser.get(app, '/token')}") == "None"


# Modes


def test_observe_leaves_flasks_cookie_and_says_once_what_would_change(browser: Browser, seen: Seen) -> None:
    app = shop(None)
    Garrison(app, mode="observe")
    browser.get(app, "/in")
    assert browser.sent == [browser.sent[0]]
    assert browser.names() == {OLD}
    assert digest_of(browser.jar[OLD]) == "sha1"
    assert browser.get(shop(None), "/me") == "ada"
    browser.get(app, "/me")
    (event,) = said(seen)
    assert event.outcome == "would_refuse"
    assert NEW in str(event.detail["problem"])


def test_mode_off_leaves_flasks_cookie_and_says_nothing(browser: Browser, seen: Seen) -> None:
    app = shop(None)
    Garrison(app, modes={CONTROL: "off"})
    browser.get(app, "/in")
    assert browser.names() == {OLD}
    assert digest_of(browser.jar[OLD]) == "sha1"
    assert said(seen) == []


def test_an_app_initialised_twice_is_hardened_once(browser: Browser) -> None:
    app = shop()
    Garrison(app, app.extensions["garrison"].policy)
    browser.get(app, "/in")
    assert len(browser.sent) == 1
    assert type(app.session_interface).__mro__.count(HardenedSessions) == 1
