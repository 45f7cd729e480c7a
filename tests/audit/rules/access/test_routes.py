"""Routes that ask nobody: found beside those that ask, by whatever means these do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask, abort, g, request, session
from flask.views import MethodView

from flask_garrison.audit.rule import Match
from flask_garrison.findings import Severity
from tests.audit.support import make, of_app

flask_login = pytest.importorskip("flask_login", reason="Flask-Login is not installed")

UNGUARDED = "access.unguarded-change"
OUTSIDE = "access.outside-the-guarded-blueprint"


def change(**_: Any) -> str:
    return "changed"


def by_hand() -> str:
    if not flask_login.current_user.is_authenticated:
        abort(401)
    return "changed"


def by_session() -> str:
    return f"changed by {session['user']}"


def admin_only(view: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(**values: Any) -> Any:  # without functools.wraps, as many are
        return view(**values) if g.user else abort(403)

    return wrapper


def with_accounts() -> Flask:
    app = make()
    flask_login.LoginManager(app)
    return app


def post(app: Any, path: str, view: Callable[..., Any], endpoint: str | None = None) -> None:
    app.add_url_rule(path, endpoint or path.strip("/").replace("/", "_"), view, methods=["POST"])


def said(rule: str, app: Flask) -> list[tuple[str, Severity | None, str | None, str | None]]:
    found = of_app(rule, app)
    assert found is not None
    return [(one.title, one.severity, one.route, one.method) for one in found if isinstance(one, Match)]


def test_a_changing_route_that_asks_nobody_is_found() -> None:
    app = with_accounts()
    post(app, "/orders", change)
    app.add_url_rule("/read", "read", change)
    app.add_url_rule("/mine", "mine", flask_login.login_required(change))
    assert said(UNGUARDED, app) == [("orders asks nobody who is calling", None, "/orders", "POST")]


def test_the_odd_one_out_is_more_likely_forgotten() -> None:
    app = with_accounts()
    for path in ("/a", "/b"):
        post(app, path, flask_login.login_required(change))
    post(app, "/c", change)
    ((match,)) = of_app(UNGUARDED, app) or []
    assert isinstance(match, Match)
    assert (match.title, match.severity) == ("c asks nobody who is calling", Severity.MEDIUM)
    assert match.evidence[0].summary == "2 of 3 changing routes beside it ask who is calling; POST /c does not"


@pytest.mark.parametrize("view", [flask_login.login_required(change), by_hand, by_session, admin_only(change)])
def test_a_view_that_asks_is_none(view: Callable[..., Any]) -> None:
    app = with_accounts()
    post(app, "/orders", view)
    assert said(UNGUARDED, app) == []


@pytest.mark.parametrize("path", ["/login", "/register", "/contact", "/webhooks/pay", "/password/reset/<token>"])
def test_what_is_for_everybody_is_none(path: str) -> None:
    app = with_accounts()
    app.add_url_rule("/mine", "mine", flask_login.login_required(change))
    post(app, path, change, "one")
    assert said(UNGUARDED, app) == []


def test_a_hook_that_refuses_strangers_is_asked_first() -> None:
    app = with_accounts()
    post(app, "/orders", change)

    @app.before_request
    def only_users() -> None:
        if request.endpoint != "login" and not flask_login.current_user.is_authenticated:
            abort(401)

    assert said(UNGUARDED, app) == []


def test_a_hook_that_only_loads_the_user_refuses_nobody() -> None:
    app = with_accounts()
    post(app, "/orders", change)

    @app.before_request
    def load_user() -> None:
        g.user = session.get("user")

    app.add_url_rule("/mine", "mine", flask_login.login_required(change))
    assert [title for title, *_ in said(UNGUARDED, app)] == ["orders asks nobody who is calling"]


class Guarded(MethodView):
    @flask_login.login_required
    def post(self) -> str:
        return "changed"

    def delete(self) -> str:
        return "gone"


def test_each_method_of_a_class_is_judged() -> None:
    app = with_accounts()
    app.add_url_rule("/orders", view_func=Guarded.as_view("orders"))
    assert said(UNGUARDED, app) == [("orders asks nobody who is calling", None, "/orders", "DELETE")]


def test_decorators_of_a_class_count() -> None:
    class Whole(MethodView):
        decorators = [flask_login.login_required]  # noqa: RUF012

        def post(self) -> str:
            return "changed"

    app = with_accounts()
    app.add_url_rule("/orders", view_func=Whole.as_view("orders"))
    assert said(UNGUARDED, app) == []


def test_decorators_of_flask_restful_count() -> None:
    flask_restful = pytest.importorskip("flask_restful", reason="Flask-RESTful is not installed")

    class Orders(flask_restful.Resource):  # type: ignore[misc, name-defined]
        method_decorators = {"post": [flask_login.login_required]}  # noqa: RUF012

        def post(self) -> str:
            return "changed"

        def put(self) -> str:
            return "changed"

    app = with_accounts()
    flask_restful.Api(app).add_resource(Orders, "/orders")
    assert [method for *_, method in said(UNGUARDED, app)] == ["PUT"]


def test_tokens_and_http_logins_count_too() -> None:
    jwt = pytest.importorskip("flask_jwt_extended", reason="Flask-JWT-Extended is not installed")
    app = make()
    jwt.JWTManager(app)
    post(app, "/a", jwt.jwt_required()(change))
    post(app, "/b", jwt.jwt_required(optional=True)(change))
    assert [title for title, *_ in said(UNGUARDED, app)] == ["b asks nobody who is calling"]


def test_an_application_without_accounts_is_not_judged() -> None:
    app = make()
    post(app, "/orders", change)
    assert of_app(UNGUARDED, app) is None


def test_an_application_in_which_nothing_asks_is_not_judged() -> None:
    app = with_accounts()
    post(app, "/orders", change)
    assert of_app(UNGUARDED, app) is None


def admin_blueprint(app: Flask) -> None:
    admin = Blueprint("admin", "shop", url_prefix="/admin")

    @admin.before_request
    def only_admins() -> None:
        if not flask_login.current_user.is_authenticated:
            abort(403)

    admin.add_url_rule("/", "index", change)
    app.register_blueprint(admin)


def test_a_route_below_a_guarded_address_is_found() -> None:
    app = with_accounts()
    admin_blueprint(app)
    app.add_url_rule("/admin/export", "export", change)
    app.add_url_rule("/administration", "other", change)
    ((title, severity, route, _),) = said(OUTSIDE, app)
    assert title.startswith("export is outside admin, whose admin_blueprint guards") or "only_admins" in title
    assert (severity, route) == (None, "/admin/export")


def test_a_route_with_a_guard_of_its_own_is_none() -> None:
    app = with_accounts()
    admin_blueprint(app)
    app.add_url_rule("/admin/export", "export", flask_login.login_required(change))
    assert said(OUTSIDE, app) == []


def test_without_such_a_blueprint_there_is_nothing_to_look_at() -> None:
    assert of_app(OUTSIDE, with_accounts()) is None


def leave() -> str:
    flask_login.logout_user()
    return "bye"


def test_logging_in_and_out_is_for_strangers_whatever_it_is_called() -> None:
    app = with_accounts()
    app.login_manager.login_view = "enter"  # type: ignore[attr-defined]
    post(app, "/a", by_hand)
    post(app, "/enter", change)
    post(app, "/session/end", leave)
    assert said(UNGUARDED, app) == []
    app.login_manager.login_view = None  # type: ignore[attr-defined]
    app.login_manager.blueprint_login_views = {"shop": "enter"}  # type: ignore[attr-defined]
    assert said(UNGUARDED, app) == []
    app.login_manager.blueprint_login_views = {}  # type: ignore[attr-defined]
    assert [title for title, *_ in said(UNGUARDED, app)] == ["enter asks nobody who is calling"]
