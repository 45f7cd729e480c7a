"""Limits of connections: how long one waits, how long a statement runs, how many there are, when a change is final."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...databases.engines import Database, databases_of, has_databases, over_network
from ...facts.layers import file_of
from ...facts.own_code import is_own_file
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

NO_TIMEOUT = Rule(
    id="database.no-timeout",
    kind="database",
    control="database.timeouts",
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    cwe=(400, 1088),
    asvs=("V13.2.6",),
    title="Nothing limits how long the application waits for the database",
    why="A statement that an attacker makes slow, or a server that stops answering, holds a worker for ever. As many "
    "requests as there are workers stop the application.",
    fix="Set connect_timeout and statement_timeout (PostgreSQL), connect_timeout and read_timeout (MySQL).",
    before='create_engine("postgresql+psycopg://...")',
    after='create_engine(\n    "postgresql+psycopg://...",\n'
    '    connect_args={"connect_timeout": 5, "options": "-c statement_timeout=10000"},\n)',
    guard="Nothing.",
    language="python",
    items=(106,),
)
UNBOUNDED_POOL = Rule(
    id="database.unbounded-pool",
    kind="database",
    control="database.timeouts",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(770,),
    asvs=("V13.2.6",),
    title="Nothing limits how many connections the application opens",
    why="A burst of requests takes every connection that the server has, and other applications get none.",
    fix="Give the pool a size and an overflow; the default is 5 and 10.",
    before='create_engine("postgresql+psycopg://...", max_overflow=-1)',
    after='create_engine("postgresql+psycopg://...", pool_size=5, max_overflow=10)',
    guard="Nothing.",
    language="python",
    items=(106,),
)
ISOLATION = Rule(
    id="database.weak-isolation",
    kind="database",
    control="database.transactions",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(362, 460),
    asvs=("V2.3.3",),
    title="Changes are final at once, or are seen before they are",
    why="With AUTOCOMMIT an error in the middle leaves half of a change behind: the money is taken and not given. "
    "With READ UNCOMMITTED a decision is made on what may never be.",
    fix="Leave the engine at its default, and ask for another level for the one statement that needs it.",
    before='create_engine("postgresql+psycopg://...", isolation_level="AUTOCOMMIT")',
    after='engine.connect().execution_options(isolation_level="AUTOCOMMIT")  # for VACUUM alone',
    guard="Nothing.",
    language="python",
    items=(109,),
)
_WAIT = ("connect_timeout", "timeout", "login_timeout", "connection_timeout")
_RUN = ("read_timeout", "command_timeout", "statement_timeout")


def _has_servers(inspected: Inspected) -> bool:
    return any(database.kind in ("postgresql", "mysql", "mariadb") for database in over_network(inspected))


@checks(NO_TIMEOUT, reads="app", needs=_has_servers)
def no_timeouts(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find engines that wait for ever, as far as parameters, environment and the application's listeners tell."""
    for database in over_network(inspected):
        if database.kind not in ("postgresql", "mysql", "mariadb"):
            continue
        if database.parameters is None:
            yield Unchecked(database.name, "a function of the application connects", "Read what it does.")
            continue
        if not database.setting(*_WAIT) and not inspected.environ.get("PGCONNECT_TIMEOUT"):
            yield Match(f"{database.name} waits for a connection for ever", subject=f"{database.name} connect")
        if not _limits_statements(inspected, database):
            yield Match(f"{database.name} waits for a statement for ever", subject=f"{database.name} statement")


def _limits_statements(inspected: Inspected, database: Database) -> bool:
    settings = f"{database.setting('options')} {database.setting('server_settings', 'init_command')}"
    named = "timeout" in settings or "max_execution_time" in settings or "max_statement_time" in settings
    by_environment = "timeout" in inspected.environ.get("PGOPTIONS", "")
    return named or by_environment or bool(database.setting(*_RUN)) or _listens(inspected, database)


def _listens(inspected: Inspected, database: Database) -> bool:
    """Return whether a function of the application is called at each new connection: it may set the limit."""
    from pathlib import Path

    listeners = [*database.engine.pool.dispatch.connect, *database.engine.dispatch.begin]
    files = [file_of(listener) for listener in listeners]
    return any(file is not None and is_own_file(inspected, Path(file)) for file in files)


@checks(UNBOUNDED_POOL, reads="app", needs=has_databases)
def unbounded_pools(inspected: Inspected) -> Iterator[Match]:
    """Find pools without a size, or with an overflow without end."""
    for database in databases_of(inspected):
        pool = database.engine.pool
        size, overflow = getattr(pool, "size", None), getattr(pool, "_max_overflow", 0)
        if callable(size) and (overflow == -1 or (hasattr(pool, "_pool") and getattr(pool._pool, "maxsize", 1) == 0)):
            yield Match(f"{database.name} opens as many connections as are asked for")


@checks(ISOLATION, reads="app", needs=has_databases)
def weak_isolation(inspected: Inspected) -> Iterator[Match]:
    """Find engines whose every connection is in AUTOCOMMIT or READ UNCOMMITTED."""
    for database in databases_of(inspected):
        options = database.engine.get_execution_options()
        level = options.get("isolation_level") or getattr(database.engine.dialect, "_on_connect_isolation_level", None)
        name = str(level or "").upper().replace("_", " ")
        if name in ("AUTOCOMMIT", "READ UNCOMMITTED"):
            yield Match(f"{database.name} is in {name}")
