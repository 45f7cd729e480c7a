"""Who sends a request: Flask-Login, Flask-Security, a plain session, or the application's own answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_security import Security, SQLAlchemyUserDatastore
from flask_security.models import fsqla_v3
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from flask_garrison import Garrison
from flask_garrison.context import current

SECRET = "a key for tests only, long enough to sign with"


def who() -> str:
    context = current()
    assert context is not None
    return context.principal.id if context.principal else "nobody"


def make_app(**settings: Any) -> Flask:
    app = Flask("shop")
    app.secret_key = SECRET
    app.testing = True
    app.add_url_rule("/who", "who", who)
    Garrison(app, **settings)
    return app


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ({"_user_id": "1"}, "1"),
        ({"user_id": 7}, "7"),
        ({"user": "ada"}, "ada"),
        ({"user": {"id": 3, "name": "Ada"}}, "3"),
        ({"user": {"name": "Ada"}}, "nobody"),
        ({"user_id": ""}, "nobody"),
        ({"user_id": 0}, "0"),
        ({}, "nobody"),
    ],
)
def test_a_plain_session_names_its_user(stored: dict[str, object], expected: str) -> None:
    app = make_app()
    app.add_url_rule("/store", "store", lambda: session.update(stored) or "")
    client = app.test_client()
    client.get("/store")
    assert client.get("/who").text == expected


def test_an_app_without_a_secret_key_has_nobody() -> None:
    app = make_app()
    app.secret_key = None
    assert app.test_client().get("/who").text == "nobody"


def test_the_application_can_answer_itself() -> None:
    assert make_app(principal=lambda: "from a token").test_client().get("/who").text == "from a token"
    assert make_app(principal=lambda: None).test_client().get("/who").text == "nobody"


def test_an_answer_that_fails_counts_as_nobody_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> str:
        raise RuntimeError("no database")

    assert make_app(principal=fail).test_client().get("/who").text == "nobody"
    assert "Policy.principal failed" in caplog.text


class Base(DeclarativeBase):
    """The tables of these tests."""


class User(UserMixin):  # type: ignore[misc]
    def __init__(self, id: str) -> None:
        self.id = id


def with_login(read: Callable[[], str]) -> Flask:
    app = make_app()
    LoginManager(app).user_loader(User)
    app.add_url_rule("/login", "login", lambda: str(login_user(User("ada"))))
    app.add_url_rule("/logout", "logout", lambda: str(logout_user()))
    app.add_url_rule("/read", "read", read)
    return app


def test_flask_login_names_its_user_loaded_or_not() -> None:
    app = with_login(lambda: f"{current_user.get_id()} {who()}")
    client = app.test_client()
    assert client.get("/who").text == "nobody"
    client.get("/login")
    assert client.get("/who").text == "ada"
    assert client.get("/read").text == "ada ada"
    client.get("/logout")
    assert client.get("/who").text == "nobody"


def test_asking_does_not_load_the_user() -> None:
    loaded: list[str] = []
    app = with_login(who)
    app.login_manager.user_loader(lambda id: loaded.append(id) or User(id))  # type: ignore[attr-defined,func-returns-value]
    client = app.test_client()
    client.get("/login")
    assert client.get("/who").text == "ada"
    assert loaded == []


def test_a_user_whose_database_session_the_view_has_closed_is_still_known(caplog: pytest.LogCaptureFixture) -> None:
    class Row(Base, UserMixin):  # type: ignore[misc]
        __tablename__ = "rows"
        id: Mapped[int] = mapped_column(primary_key=True)

    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)

    def login() -> str:
        with Session(engine) as rows:
            row = Row(id=7)
            rows.add(row)
            rows.flush()
            login_user(row)
            rows.commit()
        return who()

    app = make_app()
    LoginManager(app).user_loader(User)
    app.add_url_rule("/login", "login", login)
    assert app.test_client().get("/login").text == "7"
    assert "Policy.principal failed" not in caplog.text


def test_flask_security_names_its_user() -> None:
    app = Flask("shop")
    app.config.update(
        SECRET_KEY=SECRET,
        SECURITY_PASSWORD_SALT="salt for tests only",
        SQLALCHEMY_DATABASE_URI="sqlite://",
        SECURITY_PASSWORD_HASH="plaintext",
        SECURITY_PASSWORD_SCHEMES=["plaintext"],
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        TESTING=True,
        WTF_CSRF_ENABLED=False,
    )
    db = SQLAlchemy(app)
    fsqla_v3.FsModels.set_db_info(db)

    class Role(db.Model, fsqla_v3.FsRoleMixin):  # type: ignore[name-defined,misc]
        pass

    class Account(db.Model, fsqla_v3.FsUserMixin):  # type: ignore[name-defined,misc]
        __tablename__ = "user"

    store = SQLAlchemyUserDatastore(db, Account, Role)
    Security(app, store)
    app.add_url_rule("/who", "who", who)
    Garrison(app)
    with app.app_context():
        db.create_all()
        user = store.create_user(email="ada@shop.example", password="a long password")
        db.session.commit()
        expected = user.fs_uniquifier
    client = app.test_client()
    answer = client.post("/login", data={"email": "ada@shop.example", "password": "a long password"})
    assert answer.status_code == 302
    assert client.get("/who").text == expected
