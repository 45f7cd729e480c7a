"""Who is asked before a route does its work: what the rules on routes build on."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Any

import pytest
from flask import Blueprint, Flask, abort, request, session

from flask_garrison.audit.facts.guarding import (
    asks,
    blueprints_of,
    has_accounts,
    has_cookie_login,
    hook_that_asks,
    login_layer,
    proves_itself,
)
from flask_garrison.audit.inspected import Route
from tests.audit.support import inspected, make


def page(**_: Any) -> str:
    return "page"


def signed() -> str:
    return "ok" if hmac.compare_digest(request.headers["X-Signature"], "x") else "no"


def only_users() -> None:
    if "user" not in session:
        abort(403)


def route_of(app: Flask, endpoint: str) -> Route:
    return next(route for route in inspected(app).routes if route.endpoint == endpoint)


def test_a_page_asks_nobody() -> None:
    app = make()
    app.add_url_rule("/", "page", page)
    route = route_of(app, "page")
    assert not asks(app, route, "GET")
    assert hook_that_asks(app, route) is login_layer(page) is None
    assert not has_accounts(inspected(app)) and not has_cookie_login(inspected(app))


class Database:
    session: Any = None


db = Database()


def stores(**_: Any) -> str:
    db.session.commit()
    return "stored"


def by_import() -> str:
    from flask import session as visitor

    return str(visitor["user"])


def test_the_session_of_a_database_is_not_that_of_a_visitor() -> None:
    app = make()
    app.add_url_rule("/a", "stores", stores)
    app.add_url_rule("/b", "imports", by_import)
    assert not asks(app, route_of(app, "stores"), "GET")
    assert asks(app, route_of(app, "imports"), "GET")


def test_hooks_of_outer_blueprints_count() -> None:
    app = make()
    outer, inner = Blueprint("outer", "shop"), Blueprint("inner", "shop")
    inner.add_url_rule("/in", "page", page)
    outer.register_blueprint(inner)
    outer.before_request(only_users)
    app.register_blueprint(outer)
    route = route_of(app, "outer.inner.page")
    assert blueprints_of(app, route) == ["outer.inner", "outer"]
    assert hook_that_asks(app, route) == "only_users"
    assert asks(app, route, "GET")


def test_http_logins_count() -> None:
    httpauth = pytest.importorskip("flask_httpauth", reason="Flask-HTTPAuth is not installed")
    auth = httpauth.HTTPBasicAuth()
    app = make()
    app.add_url_rule("/a", "closed", auth.login_required(page))
    app.add_url_rule("/b", "either", auth.login_required(optional=True)(page))
    assert has_accounts(inspected(app))
    assert asks(app, route_of(app, "closed"), "GET")
    assert not asks(app, route_of(app, "either"), "GET")


@pytest.mark.parametrize(("view", "expected"), [(signed, True), (page, False)])
def test_a_signature_proves_what_no_browser_sends(view: Callable[..., Any], expected: bool) -> None:
    app = make()
    app.add_url_rule("/hook", "hook", view, methods=["POST"])
    assert proves_itself(route_of(app, "hook"), "POST") is expected


def test_the_view_of_a_route_may_be_missing() -> None:
    app = make()
    app.url_map.add(app.url_rule_class("/gone", endpoint="gone", methods=["GET"]))
    assert not asks(app, route_of(app, "gone"), "GET")
