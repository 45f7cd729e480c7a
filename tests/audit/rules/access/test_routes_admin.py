"""Views of Flask-Admin that do not ask who is there."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, abort, session

from flask_garrison import Garrison
from flask_garrison.audit.rule import Match
from flask_garrison.findings import Severity
from tests.audit.support import make, of_app

flask_admin = pytest.importorskip("flask_admin", reason="Flask-Admin is not installed")
flask_sqlalchemy = pytest.importorskip("flask_sqlalchemy", reason="Flask-SQLAlchemy is not installed")

RULE = "access.open-admin-view"
CSRF = "inputs.admin-without-csrf"


class Private:
    def is_accessible(self) -> bool:
        return "user" in session


def with_admin(*, private: bool, **options: Any) -> Flask:
    from flask_admin.contrib.sqla import ModelView

    app = make(SQLALCHEMY_DATABASE_URI="sqlite://")
    db = flask_sqlalchemy.SQLAlchemy(app)

    class User(db.Model):  # type: ignore[misc, name-defined]
        id = db.Column(db.Integer, primary_key=True)

    bases = (Private,) if private else ()
    index = type("Index", (*bases, flask_admin.AdminIndexView), {}) if private else flask_admin.AdminIndexView
    admin = flask_admin.Admin(app, index_view=index())
    admin.add_view(type("Users", (*bases, ModelView), options)(User, db))
    return app


def said(rule: str, app: Flask) -> list[tuple[str, Severity | None, str | None]]:
    found = of_app(rule, app)
    assert found is not None
    return [(one.title, one.severity, one.route) for one in found if isinstance(one, Match)]


def test_open_views_are_found() -> None:
    app = with_admin(private=False)
    assert said(RULE, app) == [
        ("admin is open to everybody", Severity.LOW, "/admin"),
        ("user is open to everybody", None, "/admin/user"),
    ]


def test_views_that_ask_are_none() -> None:
    assert said(RULE, with_admin(private=True)) == []


def test_a_hook_that_asks_for_all_of_them_is_enough() -> None:
    app = with_admin(private=False)

    @app.before_request
    def only_users() -> None:
        if "user" not in session:
            abort(403)

    assert said(RULE, app) == []


def test_forms_without_a_token_are_found() -> None:
    assert said(CSRF, with_admin(private=True)) == [("user has forms without a token", None, "/admin/user")]


def test_secure_forms_csrf_protect_and_garrison_are_enough() -> None:
    from flask_admin.form import SecureForm

    assert said(CSRF, with_admin(private=True, form_base_class=SecureForm)) == []
    guarded = with_admin(private=True)
    Garrison(guarded, hosts=["shop.example"])
    assert said(CSRF, guarded) == []
    flask_wtf = pytest.importorskip("flask_wtf", reason="Flask-WTF is not installed")
    protected = with_admin(private=True)
    flask_wtf.CSRFProtect(protected)
    assert said(CSRF, protected) == []


def test_without_flask_admin_there_is_nothing_to_look_at() -> None:
    assert of_app(RULE, make()) is of_app(CSRF, make()) is None
