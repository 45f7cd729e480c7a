"""Logins by cookie that any site may use."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, abort, g, request, session
from werkzeug.security import check_password_hash

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from flask_garrison.findings import Severity
from tests.audit.support import make, of_app

flask_login = pytest.importorskip("flask_login", reason="Flask-Login is not installed")

RULE = "inputs.no-csrf-protection"


def change() -> str:
    return "changed"


def with_accounts(**config: Any) -> Flask:
    app = make(**config)
    flask_login.LoginManager(app)
    app.add_url_rule("/orders", "orders", flask_login.login_required(change), methods=["POST"])
    return app


def said(app: Flask) -> list[tuple[str, Severity | None]]:
    return [(one.title, one.severity) for one in of_app(RULE, app) or [] if isinstance(one, Match)]


def test_an_application_that_refuses_nothing_is_found() -> None:
    (match,) = of_app(RULE, with_accounts()) or []
    assert isinstance(match, Match)
    assert match.title == "changing routes are open to requests of other sites"
    assert match.severity is None
    assert match.evidence[0].summary == "nothing looks at where these come from: /orders"


def test_a_cookie_that_is_kept_back_makes_it_low() -> None:
    (found,) = said(with_accounts(SESSION_COOKIE_SAMESITE="Lax"))
    assert found[1] is Severity.LOW


def test_csrf_protect_seasurf_garrison_and_an_own_hook_are_enough() -> None:
    guarded = with_accounts()
    Garrison(guarded, hosts=["shop.example"])
    own = with_accounts()

    @own.before_request
    def check_csrf() -> None:
        if request.method == "POST" and request.form.get("csrf_token") != session.get("csrf_token"):
            abort(400)

    assert said(guarded) == said(own) == []
    flask_wtf = pytest.importorskip("flask_wtf", reason="Flask-WTF is not installed")
    protected = with_accounts()
    flask_wtf.CSRFProtect(protected)
    assert said(protected) == []


def test_flask_seasurf_is_enough() -> None:
    flask_seasurf = pytest.importorskip("flask_seasurf", reason="Flask-SeaSurf is not installed")
    app = with_accounts()
    flask_seasurf.SeaSurf(app)
    assert said(app) == []


def test_views_with_forms_that_check_are_none() -> None:
    app = make()
    flask_login.LoginManager(app)
    app.add_url_rule("/orders", "orders", lambda form=None: form.validate_on_submit(), methods=["POST"])
    pytest.importorskip("flask_wtf", reason="Flask-WTF is not installed")
    app.add_url_rule("/other", "other", lambda form=None: form.validate(), methods=["POST"])
    assert of_app(RULE, app) is None


def login() -> str:
    if check_password_hash("scrypt:1:1:1$salt$hash", request.form["password"]):
        session["user"] = request.form["user"]
    return "in"


def test_a_session_of_its_own_counts_as_a_login() -> None:
    app = make()
    app.add_url_rule("/login", "login", login, methods=["POST"])
    assert said(app) == [("changing routes are open to requests of other sites", None)]


def test_a_user_whom_a_hook_finds_in_the_session_counts() -> None:
    app = make()
    app.add_url_rule("/login", "login", login, methods=["POST"])
    app.add_url_rule("/orders", "orders", lambda: f"changed by {g.user}", methods=["POST"])
    app.add_url_rule("/echo", "echo", change, methods=["POST"])

    @app.before_request
    def load_user() -> None:
        g.user = session.get("user")

    (match,) = of_app(RULE, app) or []
    assert isinstance(match, Match) and match.evidence[0].data == {"routes": ["/login", "/orders"]}


def test_an_application_without_cookies_is_not_judged() -> None:
    app = make()
    app.add_url_rule("/orders", "orders", change, methods=["POST"])
    assert of_app(RULE, app) is None
