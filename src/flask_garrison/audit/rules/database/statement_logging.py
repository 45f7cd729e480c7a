"""Engines that write statements, with what users entered, to the log or keep them in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Severity
from ...databases.engines import Database, databases_of, has_databases
from ...inspected import Inspected
from ...rule import Match, Rule, checks

_RECORDER = "flask_sqlalchemy.record_queries"

STATEMENTS_LOGGED = Rule(
    id="database.statements-logged",
    kind="database",
    control="database.statement-logging",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(532,),
    asvs=("V16.2.5",),
    title="Statements are written to the log with their values",
    why="Addresses, hashes and tokens end up in files that more people read and that are kept longer than the "
    "database. (With hide_parameters severity is low: the statements alone.)",
    fix="Take echo out of production and leave the logger sqlalchemy.engine at WARNING. hide_parameters=True keeps "
    "values out of exceptions as well.",
    before='create_engine(os.environ["DATABASE_URL"], echo=True)',
    after='create_engine(os.environ["DATABASE_URL"], hide_parameters=True)',
    guard="Nothing: it does not read the application's log.",
    language="python",
    items=(102,),
)
QUERIES_RECORDED = Rule(
    id="database.queries-recorded",
    kind="database",
    control="database.statement-logging",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    cwe=(400, 532),
    asvs=("V16.2.5",),
    title="Every query of a request is kept in memory",
    why="A request with many statements holds all of them with their values until it ends, and a toolbar or an error "
    "report that shows them shows the values.",
    fix="Set SQLALCHEMY_RECORD_QUERIES in development only.",
    before="SQLALCHEMY_RECORD_QUERIES = True",
    after="SQLALCHEMY_RECORD_QUERIES = False",
    guard="Nothing.",
    language="python",
    items=(107,),
)


@checks(STATEMENTS_LOGGED, reads="app", needs=has_databases)
def statements_logged(inspected: Inspected) -> Iterator[Match]:
    """Find engines whose logger is at INFO or DEBUG, by ``echo`` or by the configuration of logging."""
    for database in databases_of(inspected):
        engine = database.engine
        if not engine._should_log_info():
            continue
        what = "statements" if engine.hide_parameters else "statements with their values"
        rows = ", and the rows that come back," if engine._should_log_debug() else ""
        severity = Severity.LOW if engine.hide_parameters and not rows else None
        yield Match(
            f"{database.name} logs {what}{rows} ({_reason(database)})", severity=severity, subject=database.name
        )


def _reason(database: Database) -> str:
    echo = database.engine.echo
    return f"echo={echo!r}" if echo else "the logger sqlalchemy.engine"


@checks(QUERIES_RECORDED, reads="app", needs=has_databases)
def queries_recorded(inspected: Inspected) -> Iterator[Match]:
    """Find engines that Flask-SQLAlchemy listens to; in development that is what it is for."""
    if inspected.app.debug:
        return
    recorder = getattr(inspected.module(_RECORDER), "_record_end", None)
    for database in databases_of(inspected):
        if recorder is not None and _is_recorded(database, recorder):
            yield Match(f"{database.name} records every query")


def _is_recorded(database: Database, recorder: Any) -> bool:
    from sqlalchemy import event

    return event.contains(database.engine, "after_cursor_execute", recorder)
