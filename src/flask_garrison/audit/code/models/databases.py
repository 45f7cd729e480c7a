"""Databases: drivers, SQLAlchemy, and what composes statements safely."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..values.taint import Use
from ..values.value import UNKNOWN, Value
from .registry import alias, on_call
from .support import carried, cleaned

if TYPE_CHECKING:
    from ..events import Call

ROOTS: Final = frozenset({
    "sqlite3", "psycopg", "psycopg2", "psycopg_pool", "pymysql", "MySQLdb", "mysql", "mariadb", "asyncpg",
    "aiosqlite", "aiomysql", "aiopg", "duckdb", "pyodbc", "oracledb", "cx_Oracle", "apsw", "pymssql",
    "snowflake", "clickhouse_driver", "sqlalchemy", "flask_sqlalchemy", "sqlmodel", "records", "dataset",
    "databases", "peewee", "playhouse", "pony", "django", "flask_mysqldb", "flaskext", "trino", "pyhive",
    "cassandra", "pysqlite3", "pg8000", "sqlcipher3", "sqlean",
})  # fmt: skip
"""First words of the paths of what speaks SQL."""
_COMPOSERS: Final = ("psycopg.sql", "psycopg2.sql")

alias(
    {
        "sqlalchemy.sql.text": "sqlalchemy.text",
        "sqlalchemy.sql.expression.text": "sqlalchemy.text",
        "sqlalchemy.sql.elements.TextClause": "sqlalchemy.text",
        "sqlalchemy.TextClause": "sqlalchemy.text",
        "flask_sqlalchemy.SQLAlchemy().text": "sqlalchemy.text",
        "sqlmodel.text": "sqlalchemy.text",
        "sqlalchemy.sql.literal_column": "sqlalchemy.literal_column",
        "sqlalchemy.sql.expression.literal_column": "sqlalchemy.literal_column",
        "sqlalchemy.sql.column": "sqlalchemy.column",
        "sqlalchemy.sql.expression.column": "sqlalchemy.column",
        "flask_sqlalchemy.SQLAlchemy().literal_column": "sqlalchemy.literal_column",
        "sqlalchemy.schema.DDL": "sqlalchemy.DDL",
        "pandas.io.sql.read_sql": "pandas.read_sql",
        "pandas.io.sql.read_sql_query": "pandas.read_sql_query",
        "pony.orm.core.raw_sql": "pony.orm.raw_sql",
        "django.db.models.expressions.RawSQL": "django.RawSQL",
    }
)


@on_call(*(f"{path}.{kind}" for path in _COMPOSERS for kind in ("Identifier", "Literal", "Placeholder")))
def composed(call: Call) -> Value:
    """A name or a value that psycopg quotes by itself."""
    made = UNKNOWN
    for value in call.values:
        part = cleaned(call, value, Use.SQL)
        made = part if part.taint else made
    return Value(made.taint, path=f"{call.path}()", step=made.step)


@on_call(
    *(f"{path}.{kind}().{name}" for path in _COMPOSERS for kind in ("SQL", "Composed") for name in ("format", "join"))
)
def composition(call: Call) -> Value:
    """``SQL("... {}").format(value)``: what is no part of psycopg's own is written as a literal."""
    made = carried(call, call.receiver, *call.values)
    return Value(made.taint & ~(Use.SQL | Use.SQL << 40), path=f"{call.path.rpartition('.')[0]}", step=made.step)


@on_call(*(f"{path}.SQL" for path in _COMPOSERS))
def statement(call: Call) -> Value:
    """A statement; what it is made of was judged when it was made."""
    made = cleaned(call, call.arg(0), Use.SQL)
    return Value(made.taint, path=f"{call.path}()", step=made.step)


@on_call("sqlalchemy.text", "sqlalchemy.literal_column", "sqlalchemy.DDL", "peewee.SQL", "pony.orm.raw_sql")
def fragment(call: Call) -> Value:
    """A fragment of a statement; what it is made of was judged when it was made."""
    made = cleaned(call, call.arg(0, "text"), Use.SQL)
    return Value(made.taint, path=f"{call.path}()", step=made.step)


@on_call("sqlalchemy.column", "sqlalchemy.table", "sqlalchemy.desc", "sqlalchemy.asc", "sqlalchemy.quoted_name")
def identifier(call: Call) -> Value | None:
    """A name, which SQLAlchemy quotes where it has to; with ``is_literal`` it does not."""
    literal = call.arg(None, "is_literal")
    if literal is not None and not literal.is_only(False):
        return None
    made = cleaned(call, call.arg(0), Use.SQL)
    return Value(made.taint, path=f"{call.path}()", step=made.step)


@on_call(
    *(
        f"sqlalchemy.{kind}().{dialect}identifier_preparer.{name}"
        for kind in ("create_engine", "engine.create_engine")
        for dialect in ("dialect.", "")
        for name in ("quote", "quote_identifier")
    ),
    "?.quote_identifier",
    "?.quote_ident",
    "psycopg2.extensions.quote_ident",
    "sqlalchemy.sql.quoted_name",
)
def quoted(call: Call) -> Value:
    """A name between quotes, with those in it doubled."""
    return cleaned(call, call.arg(0), Use.SQL)


@on_call("?.escape_string", "?.literal", "?.mogrify", "?.escape")
def escaped(call: Call) -> Value | None:
    """What drivers make of a value for a statement; of anything else than a driver nothing is known."""
    if call.path.partition(".")[0] not in ROOTS:
        return None
    if call.name == "mogrify":
        return carried(call, call.arg(0))
    return cleaned(call, call.arg(0), Use.SQL)
