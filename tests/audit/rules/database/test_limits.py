"""Timeouts, pools and isolation as the engine really has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy
from flask import Flask
from sqlalchemy.pool import NullPool

from tests.audit.answers.support import shown
from tests.audit.support import make, of_app

TIMEOUT, POOL, ISOLATION = "database.no-timeout", "database.unbounded-pool", "database.weak-isolation"
PG, MY = "postgresql+psycopg://shop@db/shop", "mysql+pymysql://shop@db/shop"
NAME = "app.config['ENGINE']"
CONNECT = ("-", f"{NAME} waits for a connection for ever")
STATEMENT = ("-", f"{NAME} waits for a statement for ever")


def shop(url: str, **options: Any) -> Flask:
    # Its own folder is elsewhere: functions of this file are the application's only where the project says so.
    app = Flask("shop", root_path="/nowhere")
    app.config["ENGINE"] = sqlalchemy.create_engine(url, **options)
    return app


@pytest.mark.parametrize(
    ("url", "arguments", "expected"),
    [
        (PG, {}, [CONNECT, STATEMENT]),
        (MY, {}, [CONNECT, STATEMENT]),
        (f"{PG}?connect_timeout=5", {}, [STATEMENT]),
        (PG, {"connect_timeout": 5, "options": "-c statement_timeout=10000"}, []),
        (PG, {"options": "-c idle_in_transaction_session_timeout=1 -c lock_timeout=1"}, [CONNECT]),
        (MY, {"connect_timeout": 5, "read_timeout": 10}, []),
        (MY, {"init_command": "SET SESSION max_execution_time=10000"}, [CONNECT]),
    ],
)
def test_timeouts(url: str, arguments: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert shown(of_app(TIMEOUT, shop(url, connect_args=arguments), environ={})) == expected


def test_timeouts_from_the_environment() -> None:
    environ = {"PGCONNECT_TIMEOUT": "5", "PGOPTIONS": "-c statement_timeout=5s"}
    assert of_app(TIMEOUT, shop(PG), environ=environ) == []


def limit(connection: Any, record: Any) -> None:
    connection.execute("SET statement_timeout = 5000")


def test_a_listener_of_the_application_may_set_it(tmp_path: Path) -> None:
    app = shop(PG, connect_args={"connect_timeout": 5})
    sqlalchemy.event.listen(app.config["ENGINE"], "connect", limit)
    assert of_app(TIMEOUT, app, environ={}, root=Path(__file__).parent) == []
    assert shown(of_app(TIMEOUT, app, environ={}, root=tmp_path)) == [STATEMENT]


def test_where_timeouts_are_not_asked_for() -> None:
    assert of_app(TIMEOUT, shop("sqlite://")) is None
    assert shown(of_app(TIMEOUT, shop(PG, creator=lambda: None))) == [("?", "a function of the application connects")]


@pytest.mark.parametrize(
    ("options", "unbounded"),
    [
        ({}, False),
        ({"max_overflow": -1}, True),
        ({"pool_size": 0}, True),
        ({"pool_size": 20, "max_overflow": 0}, False),
        ({"poolclass": NullPool}, False),
    ],
)
def test_pools(options: dict[str, Any], unbounded: bool) -> None:
    expected = [("-", f"{NAME} opens as many connections as are asked for")] if unbounded else []
    assert shown(of_app(POOL, shop(PG, **options))) == expected


@pytest.mark.parametrize(
    ("options", "level"),
    [
        ({}, ""),
        ({"isolation_level": "SERIALIZABLE"}, ""),
        ({"isolation_level": "AUTOCOMMIT"}, "AUTOCOMMIT"),
        ({"execution_options": {"isolation_level": "AUTOCOMMIT"}}, "AUTOCOMMIT"),
        ({"isolation_level": "READ UNCOMMITTED"}, "READ UNCOMMITTED"),
    ],
)
def test_isolation(options: dict[str, Any], level: str) -> None:
    assert shown(of_app(ISOLATION, shop(PG, **options))) == ([("-", f"{NAME} is in {level}")] if level else [])


def test_without_engines() -> None:
    assert of_app(POOL, make()) is None
    assert of_app(ISOLATION, make()) is None
