"""Flask-Security is asked how it hashes; what it says to strangers is read from its settings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from tests.audit.support import make, of_app

flask_security = pytest.importorskip("flask_security", reason="Flask-Security is not installed")
flask_sqlalchemy = pytest.importorskip("flask_sqlalchemy", reason="Flask-SQLAlchemy is not installed")

SALT = "3f9b1c7d5e2a48069c8b7a6d5e4f3c21"


def with_security(**config: Any) -> Flask:
    settings = {
        "SECURITY_PASSWORD_SALT": SALT,
        "SECURITY_PASSWORD_HASH": "bcrypt",
        "SQLALCHEMY_DATABASE_URI": "sqlite://",
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    }
    app = make(**{**settings, **config})
    from flask_security.models import fsqla_v3 as fsqla

    db = flask_sqlalchemy.SQLAlchemy(app)
    fsqla.FsModels.set_db_info(db)

    class Role(db.Model, fsqla.FsRoleMixin):  # type: ignore[misc, name-defined]
        pass

    class User(db.Model, fsqla.FsUserMixin):  # type: ignore[misc, name-defined]
        pass

    flask_security.Security(app, flask_security.SQLAlchemyUserDatastore(db, User, Role))
    return app


def titles(rule: str, app: Flask) -> list[str]:
    found = of_app(rule, app)
    assert found is not None
    return [match.title for match in found]  # type: ignore[union-attr]


def test_plain_passwords_are_found() -> None:
    app = with_security(SECURITY_PASSWORD_HASH="plaintext")
    assert titles("passwords.security-fast-hash", app) == ["new passwords are stored as plaintext"]
    assert titles("passwords.security-fast-hash", with_security()) == []


def test_a_salt_that_can_be_guessed_is_found_and_not_shown() -> None:
    weak = with_security(SECURITY_PASSWORD_SALT="salt")
    (title,) = titles("passwords.security-salt", weak)
    assert title == "SECURITY_PASSWORD_SALT is a placeholder: it consists of words that everybody tries first"
    assert titles("passwords.security-salt", with_security()) == []


def test_a_salt_that_is_not_used_is_none() -> None:
    app = with_security(SECURITY_PASSWORD_SALT="salt", SECURITY_PASSWORD_SINGLE_HASH=True)
    assert titles("passwords.security-salt", app) == []


def test_a_long_reset_is_found() -> None:
    app = with_security(SECURITY_RECOVERABLE=True, SECURITY_RESET_PASSWORD_WITHIN=timedelta(days=5))
    assert titles("passwords.security-long-reset", app) == ["SECURITY_RESET_PASSWORD_WITHIN is 5 days"]
    assert titles("passwords.security-long-reset", with_security(SECURITY_RECOVERABLE=True)) == []
    assert of_app("passwords.security-long-reset", with_security()) is None


def test_answers_that_tell_who_exists_are_found() -> None:
    rule = "access.security-tells-who-exists"
    assert titles(rule, with_security()) == ["SECURITY_RETURN_GENERIC_RESPONSES is off"]
    assert titles(rule, with_security(SECURITY_RETURN_GENERIC_RESPONSES=True)) == []


def test_accounts_under_any_address_are_found() -> None:
    rule = "access.security-unconfirmed"
    careful = with_security(SECURITY_REGISTERABLE=True, SECURITY_CONFIRMABLE=True)
    assert titles(rule, with_security(SECURITY_REGISTERABLE=True)) == [
        "SECURITY_REGISTERABLE is on and SECURITY_CONFIRMABLE is off"
    ]
    assert titles(rule, careful) == titles(rule, with_security()) == []


def test_without_flask_security_there_is_nothing_to_look_at() -> None:
    assert of_app("passwords.security-fast-hash", make()) is None
