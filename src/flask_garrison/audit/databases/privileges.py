"""What the role of a database may do, asked of the server itself."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..inspected import Inspected
from .engines import Database

ALLOWANCE = "database"
VARIABLE = "GARRISON_ALLOW_DATABASE"
_SECONDS = 5

_ATTRIBUTES = """
SELECT current_user, bool_or(rolsuper), bool_or(rolcreatedb), bool_or(rolcreaterole), bool_or(rolbypassrls),
       bool_or(rolreplication), array_agg(rolname::text)
FROM pg_roles WHERE pg_has_role(current_user, oid, 'MEMBER')
"""
_OWNED = """
SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND pg_has_role(current_user, c.relowner, 'MEMBER') ORDER BY 1
"""
_CREATABLE = """
SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
  AND has_schema_privilege(current_user, oid, 'CREATE') ORDER BY 1
"""
_ATTRIBUTE_WORDS = ("createdb", "createrole", "bypassrls", "replication")
_SERVER_FILES = ("pg_execute_server_program", "pg_read_server_files", "pg_write_server_files")
_GRANT = re.compile(r"GRANT (.+?) ON (\S+) TO", re.IGNORECASE)
_ADMINISTRATION = frozenset(
    ("SUPER", "FILE", "PROCESS", "SHUTDOWN", "RELOAD", "CREATE USER", "SYSTEM_VARIABLES_ADMIN", "CONNECTION ADMIN")
)
_STRUCTURE = frozenset(("CREATE", "ALTER", "DROP", "INDEX", "REFERENCES", "TRIGGER", "CREATE VIEW", "CREATE ROUTINE"))


@dataclass(frozen=True, slots=True)
class Privileges:
    """What a role may do beyond reading and writing rows.

    Attributes:
        role: Its name.
        everything: Why nothing limits it, or empty: ``rolsuper``, ``ALL PRIVILEGES ON *.*``.
        administration: What else reaches beyond the application's database.
        owned: Tables that it owns, so that it can drop them and lift their row-level security.
        creates: Schemas or databases in which it may change the structure.
    """

    role: str
    everything: str = ""
    administration: tuple[str, ...] = ()
    owned: tuple[str, ...] = ()
    creates: tuple[str, ...] = field(default=())


def may_connect(inspected: Inspected) -> bool:
    """Return whether the user said that databases may be connected to."""
    return ALLOWANCE in inspected.allow or inspected.environ.get(VARIABLE, "").lower() in ("1", "true", "yes", "on")


def is_understood(database: Database) -> bool:
    """Return whether the server can be asked what its roles may do."""
    return database.kind in _READERS


def privileges_of(database: Database) -> Privileges:
    """Connect as the application does, and ask; nothing is written, and the connection is closed.

    Raises:
        Exception: of the driver, where there is no connection.
    """
    read = _READERS[database.kind]
    if database.asynchronous is not None:
        return asyncio.run(_asynchronously(database.asynchronous, read))
    try:
        with database.engine.connect() as connection:
            return read(connection)
    finally:
        database.engine.dispose()


async def _asynchronously(engine: Any, read: Callable[[Any], Privileges]) -> Privileges:
    try:
        async with engine.connect() as connection:
            result: Privileges = await connection.run_sync(read)
            return result
    finally:
        await engine.dispose()


def _of_postgresql(connection: Any) -> Privileges:
    connection.exec_driver_sql(f"SET statement_timeout = '{_SECONDS}s'")
    role, superuser, *attributes, names = connection.exec_driver_sql(_ATTRIBUTES).one()
    words = [word for word, has in zip(_ATTRIBUTE_WORDS, attributes, strict=True) if has]
    words += [name for name in _SERVER_FILES if name in names]
    owned = connection.exec_driver_sql(_OWNED).scalars().all()
    creatable = connection.exec_driver_sql(_CREATABLE).scalars().all()
    return Privileges(role, "rolsuper" if superuser else "", tuple(words), tuple(owned), tuple(creatable))


def _of_mysql(connection: Any) -> Privileges:
    role = str(connection.exec_driver_sql("SELECT CURRENT_USER()").scalar_one())
    lines = connection.exec_driver_sql("SHOW GRANTS").scalars().all()
    everything, administration, creates = "", set[str](), set[str]()
    for names, where in filter(None, map(_grant, lines)):
        if where == "*.*" and "ALL PRIVILEGES" in names:
            everything = "ALL PRIVILEGES ON *.*"
        administration |= names & _ADMINISTRATION if where == "*.*" else set()
        if names & _STRUCTURE or "ALL PRIVILEGES" in names:
            creates.add(where)
    return Privileges(role, everything, tuple(sorted(administration)), (), tuple(sorted(creates)))


def _grant(line: object) -> tuple[frozenset[str], str] | None:
    """Return the privileges of a line of SHOW GRANTS and what they are on, or ``None`` for a role or a proxy."""
    found = _GRANT.match(str(line))
    if found is None:
        return None
    # A grant on columns names them in parentheses.
    names = re.sub(r"\([^)]*\)", "", found[1]).upper().split(",")
    return frozenset(name.strip() for name in names), found[2].replace("`", "")


_READERS: dict[str, Callable[[Any], Privileges]] = {
    "postgresql": _of_postgresql,
    "mysql": _of_mysql,
    "mariadb": _of_mysql,
}
