"""What a role may really do, asked of real servers; nothing is asked unless the user says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy
from flask import Flask

from flask_garrison.audit.rule import Match, Unchecked
from tests.audit.answers.support import shown
from tests.audit.databases.support import mariadb, postgresql
from tests.audit.support import inspected, make, said

ROLE, SCHEMA = "database.role-privileges", "database.role-changes-schema"
NAME = "app.config['ENGINE']"
SQL = """
CREATE ROLE app LOGIN;
CREATE ROLE owner LOGIN;
CREATE ROLE maker LOGIN CREATEDB CREATEROLE;
CREATE ROLE passer LOGIN BYPASSRLS;
CREATE ROLE reader LOGIN IN ROLE pg_read_server_files;
CREATE ROLE member LOGIN IN ROLE owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
CREATE TABLE orders (id int);
ALTER TABLE orders OWNER TO owner;
GRANT SELECT, INSERT, UPDATE, DELETE ON orders TO app;
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlalchemy.URL]:
    with postgresql(tmp_path_factory.mktemp("pg")) as address:
        engine = sqlalchemy.create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(SQL)
        engine.dispose()
        yield sqlalchemy.make_url(address)


def shop(url: sqlalchemy.URL | str, **options: Any) -> Flask:
    app = make()
    app.config["ENGINE"] = sqlalchemy.create_engine(url, **options)
    return app


def asked(rule: str, app: Flask, **environ: str) -> list[Match | Unchecked] | None:
    return said(rule, replace(inspected(app, environ=environ), allow=frozenset({"database"})))


def of(rule: str, server: sqlalchemy.URL, role: str) -> list[tuple[str, str]]:
    return shown(asked(rule, shop(server.set(username=role))))


def test_a_role_that_may_do_what_the_application_does(server: sqlalchemy.URL) -> None:
    assert of(ROLE, server, "app") == of(SCHEMA, server, "app") == []


def test_the_superuser(server: sqlalchemy.URL) -> None:
    name = server.username
    assert of(ROLE, server, str(name)) == [("-", f"{NAME}: {name} may do everything (rolsuper)")]
    assert of(SCHEMA, server, str(name)) == []


@pytest.mark.parametrize(
    ("role", "severity", "may"),
    [
        ("maker", "medium", "createdb, createrole"),
        ("passer", "medium", "bypassrls"),
        ("reader", "-", "pg_read_server_files"),
    ],
)
def test_what_reaches_beyond_the_database(server: sqlalchemy.URL, role: str, severity: str, may: str) -> None:
    assert of(ROLE, server, role) == [(severity, f"{NAME}: {role} may administer: {may}")]


@pytest.mark.parametrize("role", ["owner", "member"])
def test_owners_and_their_members(server: sqlalchemy.URL, role: str) -> None:
    (match,) = asked(SCHEMA, shop(server.set(username=role))) or ()
    assert isinstance(match, Match)
    assert match.title == f"{NAME}: {role} owns 1 tables or views"
    assert match.subject == f"{NAME} owns tables"
    assert match.evidence[0].as_dict() == {
        "kind": "row",
        "summary": f"{role}: public.orders",
        "data": {"role": role, "may": ["public.orders"]},
    }


def test_a_schema_in_which_everybody_creates(server: sqlalchemy.URL) -> None:
    engine = sqlalchemy.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql("GRANT CREATE ON SCHEMA public TO app")
        try:
            assert of(SCHEMA, server, "app") == [("-", f"{NAME}: app may change the structure of public")]
        finally:
            connection.exec_driver_sql("REVOKE CREATE ON SCHEMA public FROM app")
    engine.dispose()


def test_an_asynchronous_engine(server: sqlalchemy.URL) -> None:
    from sqlalchemy.ext.asyncio import create_async_engine

    app = make()
    app.config["ENGINE"] = create_async_engine(server.set(username="maker"))
    assert len(asked(ROLE, app) or ()) == 1


def test_the_variable_allows_it_as_well(server: sqlalchemy.URL) -> None:
    app = shop(server.set(username="passer"))
    assert len(shown(said(ROLE, inspected(app, environ={"GARRISON_ALLOW_DATABASE": "1"})))) == 1


def test_nothing_is_asked_unless_it_is_allowed() -> None:
    calls: list[object] = []
    app = shop("postgresql+psycopg://", creator=lambda: calls.append(1))
    for rule in (ROLE, SCHEMA):
        (result,) = said(rule, inspected(app, environ={})) or ()
        assert isinstance(result, Unchecked)
        assert result.what == f"what the role of {NAME} may do"
        assert "--allow database" in result.how_to_include
        assert "GARRISON_ALLOW_DATABASE=1" in result.how_to_include
    assert calls == []


def test_a_server_that_is_not_there() -> None:
    app = shop("postgresql+psycopg://shop:s3cr3tv4lue@127.0.0.1:1/shop")
    (result,) = asked(ROLE, app) or ()
    assert isinstance(result, Unchecked)
    assert result.reason == "the connection failed: OperationalError"
    assert "s3cr3tv4lue" not in repr(result)


def test_sqlite_has_no_roles() -> None:
    assert asked(ROLE, shop("sqlite://")) is None


GRANTS = """
CREATE DATABASE shop
CREATE USER app@'127.0.0.1'
GRANT SELECT, INSERT, UPDATE (id), DELETE ON shop.* TO app@'127.0.0.1'
CREATE USER owner@'127.0.0.1'
GRANT ALL PRIVILEGES ON shop.* TO owner@'127.0.0.1'
CREATE USER files@'127.0.0.1'
GRANT FILE, SUPER, SELECT ON *.* TO files@'127.0.0.1'
CREATE USER watcher@'127.0.0.1'
GRANT PROCESS ON *.* TO watcher@'127.0.0.1'
"""


@pytest.fixture(scope="module")
def maria(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlalchemy.URL]:
    with mariadb(tmp_path_factory.mktemp("maria")) as address:
        engine = sqlalchemy.create_engine(address)
        with engine.begin() as connection:
            for line in GRANTS.replace("UPDATE (id)", "UPDATE").strip().splitlines():
                connection.exec_driver_sql(line)
        engine.dispose()
        yield sqlalchemy.make_url(address)


@pytest.mark.parametrize(
    ("user", "administers", "changes"),
    [
        ("app", [], []),
        ("owner", [], [("-", f"{NAME}: owner@127.0.0.1 may change the structure of shop.*")]),
        ("files", [("-", f"{NAME}: files@127.0.0.1 may administer: FILE, SUPER")], []),
        ("watcher", [("medium", f"{NAME}: watcher@127.0.0.1 may administer: PROCESS")], []),
        ("root", [("-", f"{NAME}: root@localhost may do everything (ALL PRIVILEGES ON *.*)")], []),
    ],
)
def test_mariadb(maria: sqlalchemy.URL, user: str, administers: Any, changes: Any) -> None:
    assert of(ROLE, maria, user) == administers
    assert of(SCHEMA, maria, user) == changes
