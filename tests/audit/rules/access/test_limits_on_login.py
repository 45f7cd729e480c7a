"""A login that nothing limits is found; Garrison, Flask-Limiter and other limiters are asked first."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, abort, current_app, request
from flask.views import MethodView

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from flask_garrison.findings import Confidence
from tests.audit.support import make, of_app

RULE = "access.login-without-limit"
ATTEMPTS: list[str] = []


def login() -> str:
    return "in"


def with_login(
    path: str = "/login", view: Callable[[], Any] = login, methods: tuple[str, ...] = ("GET", "POST")
) -> Flask:
    app = make()
    app.add_url_rule(path, "login", view, methods=list(methods))
    return app


@pytest.mark.parametrize("path", ["/login", "/account/sign-in", "/api/v1/authenticate"])
def test_a_login_without_a_limit_is_found(path: str) -> None:
    assert of_app(RULE, with_login(path)) == [
        Match("no limit counts at login", route=path, method="POST", confidence=None)
    ]


def test_with_accounts_it_is_sure() -> None:
    flask_login = pytest.importorskip("flask_login", reason="Flask-Login is not installed")
    app = with_login()
    flask_login.LoginManager(app)
    (match,) = of_app(RULE, app) or []
    assert isinstance(match, Match) and match.confidence is Confidence.HIGH


def test_garrison_limits_it() -> None:
    app = with_login()
    Garrison(app, hosts=["shop.example"])
    assert of_app(RULE, app) == []


@pytest.mark.parametrize("general", [True, False])
def test_flask_limiter_limits_it(general: bool) -> None:
    flask_limiter = pytest.importorskip("flask_limiter", reason="Flask-Limiter is not installed")
    app = make()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        limiter = flask_limiter.Limiter(lambda: "all", app=app, default_limits=["9 per day"] if general else [])
    app.add_url_rule("/login", "login", login if general else limiter.limit("9 per day")(login), methods=["POST"])
    assert of_app(RULE, app) == []


def test_a_limit_that_a_function_states_counts() -> None:
    flask_limiter = pytest.importorskip("flask_limiter", reason="Flask-Limiter is not installed")
    app = make()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        limiter = flask_limiter.Limiter(lambda: "all", app=app)
    stated = limiter.limit(lambda: f"{current_app.config['LIMIT']} per day")
    app.add_url_rule("/login", "login", stated(login), methods=["POST"])
    assert of_app(RULE, app) == []
    app.config["LIMIT"] = 9
    assert of_app(RULE, app) == []


def test_a_limiter_that_leaves_it_out_does_not() -> None:
    flask_limiter = pytest.importorskip("flask_limiter", reason="Flask-Limiter is not installed")
    app = with_login()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        flask_limiter.Limiter(lambda: "all", app=app)
    assert [match.title for match in of_app(RULE, app) or []] == ["no limit counts at login"]  # type: ignore[union-attr]


def test_another_limiter_is_known_by_its_name() -> None:
    def throttled(view: Callable[[], str]) -> Callable[[], str]:
        @functools.wraps(view)
        def wrapper() -> str:
            return view()

        return wrapper

    assert of_app(RULE, with_login(view=throttled(login))) == []


def test_what_takes_no_password_is_none() -> None:
    assert of_app(RULE, with_login(methods=("GET",))) is None
    assert of_app(RULE, with_login("/login/google/callback")) is None


def refused() -> bool:
    return len(ATTEMPTS) > 5


def in_the_view() -> Any:
    if len(ATTEMPTS) > 5:
        abort(429)
    return "in"


def in_what_it_calls() -> str:
    return "wait" if is_locked("ada") else "in"


def is_locked(name: str) -> bool:
    return name in ATTEMPTS


class Login(MethodView):
    def post(self) -> str:
        return "wait" if is_locked("ada") else "in"


@pytest.mark.parametrize("view", [in_the_view, in_what_it_calls, Login.as_view("login")])
def test_a_view_that_counts_attempts_itself_limits_it(view: Callable[[], Any]) -> None:
    assert of_app(RULE, with_login(view=view)) == []


def test_a_hook_that_counts_attempts_limits_it() -> None:
    app = with_login()
    app.before_request(lambda: abort(429) if refused() else None)
    assert of_app(RULE, app) == []


def test_other_hooks_and_limits_of_queries_do_not() -> None:
    def first_of_the_list() -> str:
        return str(Query().limit(1))

    app = with_login(view=first_of_the_list)
    app.before_request(lambda: abort(403) if request.path == "/none" else None)
    assert [match.title for match in of_app(RULE, app) or []] == ["no limit counts at login"]  # type: ignore[union-attr]


class Query:
    def limit(self, count: int) -> int:
        return count
