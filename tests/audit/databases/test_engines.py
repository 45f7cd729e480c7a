"""Engines are found where they certainly belong to the application, and read without connecting."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import sqlalchemy
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import scoped_session, sessionmaker

from flask_garrison.audit.databases.engines import Database, databases_of
from tests.audit.support import inspected, make


def database(url: str, **options: Any) -> Database:
    return Database("the shop", sqlalchemy.create_engine(url, **options))


def named(app: Flask) -> list[str]:
    return [one.name for one in databases_of(inspected(app))]


def test_flask_sqlalchemy_without_a_context() -> None:
    app = make(SQLALCHEMY_DATABASE_URI="sqlite://", SQLALCHEMY_BINDS={"log": "sqlite://"})
    SQLAlchemy(app)
    assert named(app) == ["SQLALCHEMY_DATABASE_URI", "the bind 'log'"]


def test_one_engine_under_two_names_is_one() -> None:
    app = make()
    app.config["ENGINE"] = app.engine = sqlalchemy.create_engine("sqlite://")  # type: ignore[attr-defined]
    assert named(app) == ["app.config['ENGINE']"]
    assert named(make()) == []


@pytest.mark.parametrize(
    ("url", "options", "host", "local"),
    [
        ("postgresql+psycopg://db.example/shop", {}, "db.example", False),
        ("postgresql+psycopg://localhost/shop", {}, "localhost", True),
        ("postgresql+psycopg:///shop?host=/run/postgresql", {}, "", True),
        ("postgresql+psycopg:///shop", {"connect_args": {"host": "DB.example"}}, "db.example", False),
        ("sqlite:///shop.db", {}, "", True),
    ],
)
def test_hosts(url: str, options: dict[str, Any], host: str, local: bool) -> None:
    one = database(url, **options)
    assert (one.host, one.is_local) == (host, local)


def test_parameters_are_those_of_the_driver() -> None:
    one = database("postgresql+psycopg://shop@db/shop?sslmode=require", connect_args={"connect_timeout": 3})
    assert one.setting("sslmode") == "require"
    assert one.setting("missing", "connect_timeout") == 3
    assert one.connects_by_itself


def test_a_function_of_the_application_hides_them() -> None:
    one = database("postgresql+psycopg://", creator=lambda: None)
    assert one.parameters is None
    assert not one.connects_by_itself


def test_sqlalchemy_without_greenlet(monkeypatch: pytest.MonkeyPatch) -> None:
    # SQLAlchemy 2.1 does not bring it along, and without it this module cannot be imported.
    monkeypatch.setitem(sys.modules, "sqlalchemy.ext.asyncio", None)
    app = make()
    app.config["SESSIONS"] = scoped_session(sessionmaker(sqlalchemy.create_engine("sqlite://")))
    assert named(app) == ["app.config['SESSIONS']"]


def test_engines_for_asyncio() -> None:
    app = make()
    app.config["ENGINE"] = create_async_engine("postgresql+psycopg://db/shop")
    app.config["SESSIONS"] = async_sessionmaker(create_async_engine("postgresql+psycopg://db/shop"))
    assert named(app) == ["app.config['ENGINE']", "app.config['SESSIONS']"]
