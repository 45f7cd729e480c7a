"""What the application's role may really do, asked of the server where the user allows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ....findings import Confidence, Evidence, Severity
from ...databases.engines import Database, over_network
from ...databases.privileges import ALLOWANCE, VARIABLE, Privileges, is_understood, may_connect, privileges_of
from ...inspected import Inspected
from ...rule import Match, Rule, Unchecked, checks

SHOWN = 5
_HOW = f"Run with --allow {ALLOWANCE}, or set {VARIABLE}=1: the application's own account is asked what it may do."
_GRANTS = (
    "CREATE ROLE shop_app LOGIN;\nGRANT USAGE ON SCHEMA public TO shop_app;\n"
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO shop_app;"
)

ROLE_PRIVILEGES = Rule(
    id="database.role-privileges",
    kind="database",
    control="database.least-privilege",
    severity=Severity.HIGH,
    confidence=Confidence.PROVED,
    cwe=(250, 269),
    asvs=("V13.2.2",),
    title="The application's role administers the database server",
    why="One injected statement reads and writes files of the server, runs programs there, or makes itself a role that "
    "stays. (Roles that may make databases or roles, or that pass row-level security by: severity medium.)",
    fix="Make a role for the application that may do what the application does, and connect with it.",
    before="ALTER ROLE shop_app SUPERUSER;",
    after=_GRANTS,
    guard="Nothing yet: roles that are derived from what the application runs come in a later version.",
    language="sql",
    lesson="database-database-user-is-owner",
    items=(104,),
)
ROLE_CHANGES_SCHEMA = Rule(
    id="database.role-changes-schema",
    kind="database",
    control="database.migration-role",
    severity=Severity.MEDIUM,
    confidence=Confidence.PROVED,
    cwe=(250, 653),
    asvs=("V13.2.2",),
    title="The application's role can change or drop its own tables",
    why="One injected statement drops a table, adds a trigger that runs with every insert, or lifts row-level "
    "security: an owner can. Only migrations need that, and they run elsewhere.",
    fix="Let another role own the tables and run the migrations; grant the application select, insert, update and "
    "delete, and revoke CREATE on its schemas.",
    before="ALTER TABLE orders OWNER TO shop_app;",
    after="ALTER TABLE orders OWNER TO shop_owner;\n" + _GRANTS.partition("\n")[2],
    guard="Nothing yet: a role for migrations comes in a later version.",
    language="sql",
    lesson="database-database-user-is-owner",
    items=(104, 105),
)


def _has_servers(inspected: Inspected) -> bool:
    return bool(over_network(inspected))


def _asked(
    inspected: Inspected, judge: Callable[[Database, Privileges], Iterator[Match]]
) -> Iterator[Match | Unchecked]:
    """Ask each server; say what could not be asked, without the driver's words: they hold the address."""
    for database in over_network(inspected):
        what = f"what the role of {database.name} may do"
        if not is_understood(database):
            yield Unchecked(what, f"how to ask {database.kind} is not known", "Ask its administrator.")
        elif not may_connect(inspected):
            yield Unchecked(what, "the run does not connect to databases by itself", _HOW)
        else:
            yield from _answered(what, database, judge)


def _answered(
    what: str, database: Database, judge: Callable[[Database, Privileges], Any]
) -> Iterator[Match | Unchecked]:
    try:
        found = privileges_of(database)
    except Exception as error:
        yield Unchecked(what, f"the connection failed: {type(error).__name__}", "Start the database, and run again.")
    else:
        yield from judge(database, found)


@checks(ROLE_PRIVILEGES, reads="app", needs=_has_servers)
def role_privileges(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find roles that may do more than the application's database holds."""
    yield from _asked(inspected, _administration)


def _administration(database: Database, found: Privileges) -> Iterator[Match]:
    if found.everything:
        yield _match(database, found, f"may do everything ({found.everything})", None, (found.everything,))
    elif found.administration:
        on_server = any(name.startswith("pg_") or name in ("SUPER", "FILE") for name in found.administration)
        words = f"may administer: {', '.join(found.administration)}"
        yield _match(database, found, words, None if on_server else Severity.MEDIUM, found.administration)


@checks(ROLE_CHANGES_SCHEMA, reads="app", needs=_has_servers)
def role_changes_schema(inspected: Inspected) -> Iterator[Match | Unchecked]:
    """Find roles that own tables or may make some; of one that may do everything the other rule speaks."""
    yield from _asked(inspected, _structure)


def _structure(database: Database, found: Privileges) -> Iterator[Match]:
    if found.everything:
        return
    if found.owned:
        words = f"owns {len(found.owned)} tables or views"
        yield _match(database, found, words, None, found.owned, subject=f"{database.name} owns tables")
    if found.creates:
        words = f"may change the structure of {', '.join(found.creates[:SHOWN])}"
        yield _match(database, found, words, None, found.creates, subject=f"{database.name} changes structure")


def _match(
    database: Database,
    found: Privileges,
    words: str,
    severity: Severity | None,
    names: tuple[str, ...],
    *,
    subject: str = "",
) -> Match:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    summary = f"{found.role}: {', '.join(names[:SHOWN])}{more}"
    evidence = Evidence("row", summary, {"role": found.role, "may": list(names)})
    return Match(f"{database.name}: {found.role} {words}", severity=severity, subject=subject, evidence=(evidence,))
