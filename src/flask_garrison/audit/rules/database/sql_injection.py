"""Statements that are put together with what a client sends."""

from __future__ import annotations

from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.values.taint import Use
from ...rule import Match, Rule, checks

SQL_INJECTION = Rule(
    id="database.sql-injection",
    kind="code",
    control="database.parameterised-queries",
    severity=Severity.CRITICAL,
    confidence=Confidence.HIGH,
    cwe=(89,),
    asvs=("V1.2.4",),
    title="A statement is put together with what a client sends",
    why="A quote in the value ends the text that it stands in, and the rest is read as SQL: every row can be read, "
    "changed or deleted, and a login passed without a password.",
    fix="Write a placeholder and pass the value beside the statement. A name of a column or table has no placeholder: "
    "choose it from a dictionary of allowed ones.",
    before="connection.execute(f\"SELECT * FROM users WHERE name = '{name}'\")",
    after='connection.execute("SELECT * FROM users WHERE name = ?", (name,))',
    guard="Nothing yet: the sensor at the database comes in a later version.",
    language="python",
    lesson="database-one-quote-too-many",
)

_STATEMENTS = (
    "?.execute",
    "?.executemany",
    "?.executescript",
    "?.raw",
    "?.from_statement",
    "?.exec_driver_sql",
    "?.mogrify_unused",
    "sqlalchemy.text",
    "sqlalchemy.literal_column",
)


@checks(SQL_INJECTION, reads="call", of=_STATEMENTS)
def sql_injection(call: Call) -> Iterator[Match]:
    """Find a client's text in the first argument."""
    for hole in call.tainted(call.arg(0, "sql", "statement", "text", "operation", "query"), Use.SQL):
        yield call.flow(hole, Use.SQL, f"{call.name}() runs a statement that a client's text is part of")
