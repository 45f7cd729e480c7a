"""Sessions that logging out does not end, and sessions that nobody removes."""

from __future__ import annotations

import flask_sqlalchemy
import pytest
from cachelib import FileSystemCache
from flask import Flask
from flask_login import LoginManager
from flask_session import Session

from flask_garrison import Garrison
from tests.audit.shorthand import titles
from tests.audit.support import make

LOGOUT = "access.irrevocable-session"
REMOVED = "access.sessions-never-removed"


def with_login(app: Flask) -> Flask:
    LoginManager(app)
    return app


def test_a_login_in_the_cookie_alone_cannot_be_ended() -> None:
    words = "low: a copied session stays good for 31 days after its user has logged out"
    assert titles(LOGOUT, with_login(make())) == [words]


def test_garrison_bounds_the_copy_and_does_not_end_it() -> None:
    app = with_login(make())
    Garrison(app)
    words = "low: a copied session stays good for 12 hours after its user has logged out"
    assert titles(LOGOUT, app) == [words]


def test_a_session_on_the_server_can_be_ended(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = with_login(make(SESSION_TYPE="cachelib", SESSION_CACHELIB=FileSystemCache(str(tmp_path_factory.mktemp("s")))))
    Session(app)
    assert titles(LOGOUT, app) == []
    assert titles(REMOVED, app) is None


def test_without_logins_nobody_logs_out() -> None:
    assert titles(LOGOUT, make()) is None


def in_database(**config: object) -> Flask:
    app = make(SESSION_TYPE="sqlalchemy", SQLALCHEMY_DATABASE_URI="sqlite://", **config)
    app.config["SESSION_SQLALCHEMY"] = flask_sqlalchemy.SQLAlchemy(app)
    Session(app)
    return app


def test_sessions_in_a_database_are_to_be_removed() -> None:
    assert titles(REMOVED, in_database()) == ["low: SqlAlchemySessionInterface never removes expired sessions"]
    assert titles(REMOVED, in_database(SESSION_CLEANUP_N_REQUESTS=1000)) == []
