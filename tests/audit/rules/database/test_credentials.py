"""Passwords that everybody tries first, names of administrators, and engines that cannot be found."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from flask_garrison.audit.rule import Match
from tests.audit.answers.support import shown
from tests.audit.support import make, of_app

PASSWORD, SUPERUSER = "database.default-password", "database.superuser-name"
PG = "postgresql+psycopg://"


def with_engine(url: str, **options: Any) -> Flask:
    """Return an application that keeps an engine in its configuration; nothing connects."""
    app = make()
    app.config["ENGINE"] = sqlalchemy.create_engine(url, **options)
    return app


def of(rule: str, url: str, environ: dict[str, str] | None = None, **options: Any) -> list[tuple[str, str]]:
    return shown(of_app(rule, with_engine(url, **options), environ=environ or {}))


@pytest.mark.parametrize(
    ("address", "severity"),
    [
        ("shop:postgres@db.shop.example/shop", "-"),
        ("shop:shop@db.shop.example/shop", "-"),
        ("shop:Password1@db.shop.example/shop", "-"),
        ("shop:changeme@localhost/shop", "medium"),
    ],
)
def test_common_passwords(address: str, severity: str) -> None:
    assert of(PASSWORD, PG + address) == [
        (severity, "app.config['ENGINE'] has the password that everybody tries first")
    ]


def test_no_password() -> None:
    said = "app.config['ENGINE'] has no password"
    assert of(PASSWORD, f"{PG}shop@db.shop.example/shop") == [("medium", said)]
    assert of(PASSWORD, f"{PG}shop@localhost/shop") == [("low", said)]
    assert of(PASSWORD, "mysql+pymysql://shop@db.shop.example/shop") == [("medium", said)]


@pytest.mark.parametrize(
    "address",
    [
        "shop:zK3vN8-qLw2xTr9P@db.shop.example/shop",
        "shop@db.shop.example/shop?passfile=/run/secrets/db",
        "shop@db.shop.example/shop?sslcert=/run/secrets/shop.crt",
        "/shop",
        "shop@/shop",
        "shop@/shop?host=/run/postgresql",
    ],
)
def test_good_addresses(address: str) -> None:
    assert of(PASSWORD, PG + address) == []


def test_a_password_from_elsewhere(tmp_path: Path) -> None:
    url = f"{PG}shop@db.shop.example/shop"
    assert of(PASSWORD, url, {"PGPASSWORD": "x"}) == []
    (tmp_path / ".pgpass").write_text("")
    assert of(PASSWORD, url, {"HOME": str(tmp_path)}) == []
    assert of(PASSWORD, url, connect_args={"password": "zK3vN8-qLw2xTr9P"}) == []
    assert len(of(PASSWORD, url, connect_args={"password": "postgres"})) == 1


def test_no_password_is_shown() -> None:
    results = of_app(PASSWORD, with_engine(f"{PG}shop:changeme@db.shop.example/shop"), environ={}) or ()
    assert "changeme" not in repr(results)
    (match,) = results
    assert isinstance(match, Match)
    assert match.evidence[0].summary == "app.config['ENGINE']: postgresql://shop@db.shop.example/shop"


def test_a_function_that_connects_is_not_looked_into() -> None:
    assert of(PASSWORD, PG, creator=lambda: None) == [("?", "a function of the application connects")]
    app = with_engine(f"{PG}shop@db.shop.example/shop")

    @sqlalchemy.event.listens_for(app.config["ENGINE"], "do_connect")
    def token(dialect: Any, record: Any, arguments: Any, parameters: dict[str, str]) -> None:
        parameters["password"] = "from a vault"

    assert shown(of_app(PASSWORD, app, environ={})) == [("?", "a function of the application connects")]


@pytest.mark.parametrize("name", ["postgres", "root", "SA", "doadmin", "postgres@myserver"])
def test_administrators(name: str) -> None:
    address = f"{name.replace('@', '%40')}:zK3vN8-qLw2xTr9P@db.shop.example/shop"
    assert of(SUPERUSER, PG + address) == [("-", f"app.config['ENGINE'] connects as {name}")]


def test_other_names(tmp_path: Path) -> None:
    assert of(SUPERUSER, f"{PG}shop_app:x@db.shop.example/shop") == []
    assert of_app(SUPERUSER, with_engine("sqlite://")) is None
    # In a folder of its own: the modules of other tests would count as its code.
    elsewhere = Flask("shop", root_path=str(tmp_path))
    assert of_app(PASSWORD, elsewhere, root=tmp_path) is None


def test_flask_sqlalchemy_and_its_binds() -> None:
    app = make(
        SQLALCHEMY_DATABASE_URI=f"{PG}postgres:postgres@db.shop.example/shop",
        SQLALCHEMY_BINDS={"log": f"{PG}logger:zK3vN8-qLw2xTr9P@db.shop.example/log"},
    )
    SQLAlchemy(app)
    assert shown(of_app(SUPERUSER, app)) == [("-", "SQLALCHEMY_DATABASE_URI connects as postgres")]
    assert len(of_app(PASSWORD, app) or ()) == 1


@pytest.fixture
def own_module(tmp_path: Path) -> Iterator[ModuleType]:
    """Yield a module of the project below ``tmp_path``, as it would be after an import."""
    module = ModuleType("shop_db")
    module.__file__ = str(tmp_path / "shop_db.py")
    sys.modules["shop_db"] = module
    yield module
    del sys.modules["shop_db"]


def test_engines_that_a_module_keeps(own_module: ModuleType, tmp_path: Path) -> None:
    from sqlalchemy.orm import scoped_session, sessionmaker

    engine = sqlalchemy.create_engine(f"{PG}root:zK3vN8-qLw2xTr9P@db.shop.example/shop")
    app = Flask("shop", root_path=str(tmp_path))
    own_module.Session = scoped_session(sessionmaker(engine))  # type: ignore[attr-defined]
    assert shown(of_app(SUPERUSER, app, root=tmp_path)) == [("-", "shop_db.Session connects as root")]
    own_module.again = engine  # type: ignore[attr-defined]
    assert len(of_app(SUPERUSER, app, root=tmp_path) or ()) == 1


def test_an_asynchronous_engine(own_module: ModuleType, tmp_path: Path) -> None:
    from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

    engine = create_async_engine(f"{PG}root:zK3vN8-qLw2xTr9P@db.shop.example/shop")
    own_module.Session = async_sessionmaker(engine)  # type: ignore[attr-defined]
    app = Flask("shop", root_path=str(tmp_path))
    assert shown(of_app(SUPERUSER, app, root=tmp_path)) == [("-", "shop_db.Session connects as root")]


def test_an_engine_that_a_function_keeps_to_itself_is_not_checked(own_module: ModuleType, tmp_path: Path) -> None:
    own_module.create_engine = sqlalchemy.create_engine  # type: ignore[attr-defined]
    app = Flask("shop", root_path=str(tmp_path))
    reason = "the application makes SQLAlchemy engines, and none stands under a name where it could be found"
    assert shown(of_app(PASSWORD, app, root=tmp_path)) == [("?", reason)]
    assert of_app(SUPERUSER, app, root=tmp_path) is None
