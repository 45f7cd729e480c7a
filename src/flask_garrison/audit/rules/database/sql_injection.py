"""Statements that are put together with what a client sends."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ....findings import Confidence, Severity
from ...code.events import Call
from ...code.models.databases import ROOTS
from ...code.models.stored import is_of_database
from ...code.values.objects import Sequence
from ...code.values.pieces import Hole
from ...code.values.quoting import open_quote, stays_inside
from ...code.values.taint import Use
from ...code.values.value import Value
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
    "changed or deleted, and a login passed without a password. Outside of quotes, as in `ORDER BY`, no quote is "
    "needed.",
    fix="Write a placeholder and pass the value beside the statement. A name of a column or table has no placeholder: "
    "choose it from a dictionary of allowed ones.",
    before="connection.execute(f\"SELECT * FROM users WHERE name = '{name}'\")",
    after='connection.execute("SELECT * FROM users WHERE name = ?", (name,))',
    guard="Nothing yet: the sensor at the database comes in a later version.",
    language="python",
    lesson="database-one-quote-too-many",
    items=(100, 101),
)

_ALWAYS = (
    "sqlalchemy.text",
    "sqlalchemy.literal_column",
    "sqlalchemy.DDL",
    "psycopg.sql.SQL",
    "psycopg2.sql.SQL",
    "pandas.read_sql",
    "pandas.read_sql_query",
    "peewee.SQL",
    "pony.orm.raw_sql",
    "django.RawSQL",
    "?.exec_driver_sql",
    "?.execute_sql",
    "?.select_by_sql",
    "?.get_by_sql",
    "?.read_sql",
    "?.read_sql_query",
)
"""Calls whose first argument is SQL, whatever it looks like."""
_METHODS = ("execute", "executemany", "executescript", "fetch", "fetchrow", "fetchval", "fetch_all", "fetch_one")
_PERHAPS = (
    *(f"?.{name}" for name in _METHODS),
    *(
        f"?.{name}"
        for name in ("raw", "query", "prepare", "iterate", "scalar", "scalars", "stream", "copy_expert", "copy")
    ),
    *(f"?.{name}" for name in ("sql", "select", "execute_fetchall", "execute_insert", "mogrify", "raw_query", "extra")),
)
"""Methods that many things have: a database where the receiver or the text says so."""
_NAMES = ("sql", "statement", "text", "operation", "query", "stmt")
_RESOLVED = ("?.order_by", "?.group_by", "?.from_statement", "?.filter", "?.where", "?.having")
"""Where SQLAlchemy takes a text for SQL in its old versions only: since 1.4 it refuses what is no name."""

_SQL = re.compile(
    r"\s*(?:\(|--[^\n]*\n|/\*.*?\*/|\s)*"
    r"(?:select\b.*|insert\s+(?:or\s+\w+\s+)?into\b|update\s+\S+\s+set\b|delete\s+from\b|replace\s+into\b"
    r"|create\s+(?:or\s+replace\s+)?(?:temp\w*\s+|unique\s+|materialized\s+)?(?:table|view|index|user|role|database|schema)\b"
    r"|drop\s+\w+|alter\s+\w+|with\s+\S+\s+as\b|with\s+recursive\b|pragma\s|explain\s|call\s|exec(?:ute)?\s|merge\s+into\b"
    r"|truncate\s|grant\s|revoke\s|set\s+\w+|show\s|attach\s|vacuum\b|copy\s|lock\s+table|listen\s|notify\s|values\s*\()",
    re.IGNORECASE | re.DOTALL,
)
_CLAUSE = re.compile(r"\b(?:from|where|order\s+by|group\s+by|values|join|limit|having)\b", re.IGNORECASE)
_RECEIVERS = re.compile(
    r"(?:^|_)(?:c|cur|curs|cursor|con|conn|connection|db|database|dbh|engine|session|tx|transaction|sqlite|pg|mysql"
    r"|postgres|pool)\d*$",
    re.IGNORECASE,
)


@checks(SQL_INJECTION, reads="call", of=(*_ALWAYS, *_PERHAPS))
def sql_injection(call: Call) -> Iterator[Match]:
    """Find a client's text in a statement."""
    value = call.arg(0, *_NAMES)
    if value is None or not (value.taint or value.pieces or value.refs) or not _is_sql(call, value):
        return
    seen = set()
    looks = _looks_like_sql(call.text(0, *_NAMES))
    for hole in call.tainted(value, Use.SQL):
        if not looks and not call.taint(hole.value) & Use.SQL:
            # What some call made of a client's value, and that does not look like SQL, may be anything.
            continue
        if hole.value not in seen and not _is_settled(hole):
            seen.add(hole.value)
            title = f"{_shown(call)}() runs a statement that a client's text is part of"
            yield call.flow(hole, Use.SQL, title, confidence=Confidence.LOW if _is_kept_whole(hole) else None)


@checks(SQL_INJECTION, reads="call", of=_RESOLVED, by_client=True)
def sql_in_clauses(call: Call) -> Iterator[Match]:
    """Find a client's text where old versions of SQLAlchemy take it for SQL."""
    if call.path.partition(".")[0] not in ROOTS and not call.path.startswith("?"):
        return
    for value in call.args:
        if value.refs or value.path:
            continue
        for hole in call.tainted(value, Use.SQL):
            if not call.taint(hole.value) & Use.SQL:
                # What a call made of it is an expression rather than a text.
                continue
            title = f"{call.name}() is given a client's text, which SQLAlchemy before 1.4 takes for SQL"
            yield call.flow(hole, Use.SQL, title, severity=Severity.MEDIUM, confidence=Confidence.LOW)


def _is_kept_whole(hole: Hole) -> bool:
    """Return whether a whole statement was read back: an application that keeps statements is made to run them."""
    return is_of_database(hole.value.step) and not hole.before.strip() and not hole.after.strip()


def _shown(call: Call) -> str:
    return call.name or call.path.rpartition(".")[2]


def _is_sql(call: Call, value: Value) -> bool:
    """Return whether a call runs SQL: by what is called, by the text, or by the name of what it is called on."""
    if call.path in _ALWAYS or f"?.{call.name}" in _ALWAYS:
        return True
    if any(isinstance(ref, Sequence) for ref in value.refs) or value.path.startswith("sqlalchemy."):
        return False
    text = call.text(0, *_NAMES)
    if _looks_like_sql(text):
        return True
    root = call.path.partition(".")[0]
    if root in ROOTS:
        return call.name in _METHODS or (call.name == "raw" and "peewee" in call.path)
    if root != "?" and root:
        return False
    return call.name in ("execute", "executemany", "executescript") and _named_like_database(call.node)


def _looks_like_sql(text: str) -> bool:
    if _SQL.match(text):
        return not text.lower().lstrip().startswith("select") or bool(_CLAUSE.search(text))
    return text.startswith("\0") and len(_CLAUSE.findall(text)) > 1


def _named_like_database(node: ast.AST) -> bool:
    """Return whether the last name before the method is one that databases have: ``self.db.execute``."""
    function = getattr(node, "func", None)
    owner = getattr(function, "value", None)
    while isinstance(owner, (ast.Call, ast.Await)):
        owner = owner.func if isinstance(owner, ast.Call) else owner.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return bool(_RECEIVERS.search(name.removeprefix("get_")))


def _is_settled(hole: Hole) -> bool:
    """Return whether the value stands between quotes that it cannot end."""
    quote = open_quote(hole.before)
    return bool(quote) and stays_inside(hole.value, quote) and quote in hole.after
