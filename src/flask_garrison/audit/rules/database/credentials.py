"""Passwords and names in the addresses of databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ....findings import Confidence, Evidence, Severity
from ...databases.engines import Database, databases_of, makes_engines, over_network
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

_COMMON = """
123456 12345678 123456789 admin admin123 changeme default demo dev example guest letmein mariadb mysql pass passwd
password password1 postgres postgresql pwd qwerty root sa sample secret sql test toor user welcome yoursecretpassword
"""
COMMON_PASSWORDS = frozenset(_COMMON.split())
SUPERUSERS = frozenset(("postgres", "root", "sa", "sys", "system", "rdsadmin", "doadmin", "mysql", "dba"))
_BY_OTHER_MEANS = ("passfile", "service", "sslcert", "password", "passwd", "dsn", "read_default_file", "auth_plugin")
_ENVIRONMENT = ("PGPASSWORD", "PGPASSFILE", "PGSERVICE", "PGSSLCERT", "MYSQL_PWD")

DEFAULT_PASSWORD = Rule(
    id="database.default-password",
    kind="database",
    control="database.credentials",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    cwe=(258, 798, 1392),
    asvs=("V13.2.3",),
    title="A database opens with a password that everybody tries first",
    why="Whoever reaches the port, by a mistake in the firewall or from another machine of the network, is in. (On the "
    "application's own machine severity is medium. An address without a password is medium, and low there: the server "
    "may let the name in by other means.)",
    fix="Give the role a password of 32 random characters, and keep it outside the code.",
    before='SQLALCHEMY_DATABASE_URI = "postgresql://shop:postgres@db.internal/shop"',
    after='SQLALCHEMY_DATABASE_URI = os.environ["DATABASE_URL"]',
    guard="Nothing: it never connects by itself.",
    language="python",
    items=(103,),
)
SUPERUSER_NAME = Rule(
    id="database.superuser-name",
    kind="database",
    control="database.credentials",
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    cwe=(250,),
    asvs=("V13.2.2",),
    title="The application connects as the administrator of the database server",
    why="One injected statement then reads files of the server, drops other databases and makes roles. The name says "
    "so; what the role really may do, database.role-privileges asks the server.",
    fix="Make a role for the application that may select, insert, update and delete, and nothing else.",
    before='SQLALCHEMY_DATABASE_URI = f"postgresql://postgres:{password}@db.internal/shop"',
    after='SQLALCHEMY_DATABASE_URI = f"postgresql://shop_app:{password}@db.internal/shop"',
    guard="Nothing yet: roles that are derived from what the application runs come in a later version.",
    language="python",
    lesson="database-database-user-is-owner",
    items=(103, 104),
)


def _looks(inspected: Inspected) -> bool:
    return bool(databases_of(inspected)) or makes_engines(inspected)


@checks(DEFAULT_PASSWORD, reads="app", needs=_looks)
def default_passwords(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find empty and common passwords, and those that are the name; say so where no engine was found."""
    if not databases_of(inspected):
        yield Unchecked(
            "the database",
            "the application makes SQLAlchemy engines, and none stands under a name where it could be found",
            "Keep the engine in a variable of a module, or as app.config['ENGINE'].",
        )
    for database in over_network(inspected):
        if not database.connects_by_itself:
            yield Unchecked(database.name, "a function of the application connects", "Read what it does.")
        else:
            yield from _of_password(inspected, database)


def _of_password(inspected: Inspected, database: Database) -> Iterator[Match]:
    url = database.engine.url
    password, user = str(database.setting("password", "passwd") or ""), str(url.username or "")
    if password:
        if password.lower() in COMMON_PASSWORDS or password == user:
            severity = Severity.MEDIUM if database.is_local else None
            yield _match(database, "has the password that everybody tries first", severity, None)
    elif user and database.host and not _has_other_means(inspected, database):
        severity = Severity.LOW if database.is_local else Severity.MEDIUM
        yield _match(database, "has no password", severity, Confidence.MEDIUM)


def _has_other_means(inspected: Inspected, database: Database) -> bool:
    if database.setting(*_BY_OTHER_MEANS) or any(inspected.environ.get(name) for name in _ENVIRONMENT):
        return True
    home = inspected.environ.get("HOME", "")
    return bool(home) and any((Path(home) / name).exists() for name in (".pgpass", ".my.cnf", ".pg_service.conf"))


def _match(database: Database, words: str, severity: Severity | None, confidence: Confidence | None) -> Match:
    return Match(
        f"{database.name} {words}",
        severity=severity,
        confidence=confidence,
        evidence=(Evidence("config", shown(database)),),
    )


def shown(database: Database) -> str:
    """Return the address of a database without password and parameters."""
    url = database.engine.url
    user = f"{url.username}@" if url.username else ""
    return f"{database.name}: {database.kind}://{user}{database.host or 'a local socket'}/{url.database or ''}"


def _has_servers(inspected: Inspected) -> bool:
    return bool(over_network(inspected))


@checks(SUPERUSER_NAME, reads="app", needs=_has_servers)
def superuser_names(inspected: Inspected) -> Iterator[Match]:
    """Find the names that database servers give their administrators."""
    for database in over_network(inspected):
        user = str(database.setting("user") or database.engine.url.username or "")
        if user.lower().partition("@")[0] in SUPERUSERS:
            yield Match(f"{database.name} connects as {user}", evidence=(Evidence("config", shown(database)),))
