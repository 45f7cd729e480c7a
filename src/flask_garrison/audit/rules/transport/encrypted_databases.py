"""Connections to databases on other machines that anybody on the way can read."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...databases.engines import Database, databases_of
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

PLAIN_DATABASE = Rule(
    id="transport.plain-database",
    kind="database",
    control="transport.encrypted-backends",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(295, 319),
    asvs=("V12.3.1", "V12.3.3"),
    title="The connection to the database need not be encrypted",
    why="Statements, rows and often the password travel in the clear, or the connection falls back to it when "
    "somebody on the way says that the server cannot encrypt: sslmode=prefer, which is the default of PostgreSQL, "
    "does. Encrypted without a check of the certificate (severity low), whoever is in between can be the server. "
    "(Inside a private network both are information.)",
    fix="PostgreSQL: sslmode=verify-full and sslrootcert. MySQL: ssl_ca with ssl_verify_identity.",
    before='"postgresql+psycopg://shop_app@db.shop.example/shop"',
    after='"postgresql+psycopg://shop_app@db.shop.example/shop?sslmode=verify-full&sslrootcert=system"',
    guard="Nothing: it never connects by itself.",
    language="python",
    items=(103,),
)
_VERIFIED = ("verify-ca", "verify-full")


def remote(inspected: Inspected) -> list[Database]:
    """Return the engines that reach another machine by a protocol whose encryption is up to the client."""
    kinds = ("postgresql", "mysql", "mariadb")
    return [database for database in databases_of(inspected) if database.kind in kinds and not database.is_local]


def _has_remote(inspected: Inspected) -> bool:
    return bool(remote(inspected))


@checks(PLAIN_DATABASE, reads="app", needs=_has_remote)
def plain_databases(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find connections that may be in the clear, and those that encrypt for whoever answers."""
    for database in remote(inspected):
        if not database.connects_by_itself:
            yield Unchecked(database.name, "a function of the application connects", "Read what it does.")
            continue
        postgresql = database.kind == "postgresql"
        verdict = _of_postgresql(inspected, database) if postgresql else _of_mysql(database)
        if verdict is not None:
            words, severity = verdict
            near = Severity.INFO if _is_near(database.host) else severity
            evidence = Evidence("config", f"{database.name}: {database.kind} at {database.host}, {words}")
            yield Match(f"{database.name} {words}", severity=near, subject=database.name, evidence=(evidence,))


def _of_postgresql(inspected: Inspected, database: Database) -> tuple[str, Severity | None] | None:
    """Judge libpq's ``sslmode``, and the ``ssl`` of asyncpg and ``ssl_context`` of pg8000."""
    if database.setting("service", "dsn"):
        return None
    value: Any = database.setting("sslmode", "ssl", "ssl_context") or inspected.environ.get("PGSSLMODE")
    if value is None or value is False:
        return "does not ask for encryption", None
    if not isinstance(value, str):
        # An SSLContext, or True: the driver's own, which verifies.
        return None
    if value in ("disable", "allow", "prefer"):
        return f"does not insist on encryption (sslmode={value})", None
    return None if value in _VERIFIED else ("encrypts without checking the certificate", Severity.LOW)


def _of_mysql(database: Database) -> tuple[str, Severity | None] | None:
    """Judge the parameters of PyMySQL and mysqlclient; MySQL's own connector encrypts by default."""
    if database.driver == "mysqlconnector":
        return ("switches encryption off", None) if database.setting("ssl_disabled") else None
    mode = str(database.setting("ssl_mode") or "").upper()
    named = database.setting("ssl", "ssl_ca", "ssl_cert", "ssl_verify_cert", "ssl_verify_identity")
    if database.setting("ssl_disabled") or mode in ("DISABLED", "PREFERRED") or not (named or mode):
        return "does not ask for encryption", None
    return ("encrypts without checking the certificate", Severity.LOW) if mode == "REQUIRED" else None


def _is_near(host: str) -> bool:
    """Return whether a host is one of a private network, such as the name of a container."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".internal", ".local", ".svc", ".lan"))
