"""What is read back from storage: somebody put it there, perhaps a client.

A row of a cursor, an object of SQLAlchemy, a file that the application wrote: the taint is as of a client's text, and
marked as stored, which makes findings less sure. A column's type counts: a number is no text.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from ..values.objects import Class, Instance, Sequence
from ..values.taint import TEXT, Use, without
from ..values.value import NONE, UNKNOWN, Value, join
from .registry import MODELS, alias, on_attribute, on_call, on_item
from .support import client

if TYPE_CHECKING:
    from ..events import Call
    from ..interpreter.machine import Machine
    from ..values.steps import Step

STORED: Final = without(
    TEXT, Use.HOST | Use.REDIRECT | Use.PATH | Use.NAME | Use.TYPE | Use.SHELL | Use.CODE | Use.LOG | Use.CLIENT
)
"""A text from the database is shown, not trusted: uses for which applications store what administrators set are out."""
QUERY: Final = "sqlalchemy.Query()"
RESULT: Final = "sqlalchemy.Result()"
COLUMN: Final = "sqlalchemy.Column()"
SESSION: Final = "sqlalchemy.Session()"
MODEL: Final = "sqlalchemy.Model"
_DB: Final = "flask_sqlalchemy.SQLAlchemy()"

alias(
    {
        f"{_DB}.session": SESSION,
        "sqlalchemy.orm.Session()": SESSION,
        "sqlalchemy.orm.session.Session()": SESSION,
        "sqlalchemy.orm.scoped_session()": SESSION,
        "sqlalchemy.orm.scoped_session()()": SESSION,
        "sqlalchemy.orm.sessionmaker()()": SESSION,
        f"{_DB}.Model": MODEL,
        "sqlalchemy.orm.declarative_base()": MODEL,
        "sqlalchemy.ext.declarative.declarative_base()": MODEL,
        "sqlalchemy.orm.DeclarativeBase": MODEL,
        f"{_DB}.Column()": COLUMN,
        "sqlalchemy.orm.mapped_column()": COLUMN,
        f"{_DB}.mapped_column()": COLUMN,
        "sqlalchemy.orm.relationship()": "sqlalchemy.relationship()",
        f"{_DB}.relationship()": "sqlalchemy.relationship()",
        f"{_DB}.select": "sqlalchemy.select",
        "sqlalchemy.future.select": "sqlalchemy.select",
        "sqlalchemy.sql.select": "sqlalchemy.select",
        "sqlalchemy.orm.Query()": QUERY,
        "sqlalchemy.orm.query.Query()": QUERY,
    }
)

_CHAIN: Final = (
    "filter",
    "filter_by",
    "where",
    "order_by",
    "options",
    "join",
    "outerjoin",
    "limit",
    "offset",
    "distinct",
    "group_by",
    "having",
    "with_entities_unused",
    "execution_options",
    "with_for_update",
    "reset_joinpoint",
    "enable_eagerloads",
    "select_from",
    "join_from",
)
_ONE: Final = (
    "first",
    "one",
    "one_or_none",
    "get",
    "get_or_404",
    "first_or_404",
    "one_or_404",
    "scalar",
    "scalar_one",
    "scalar_one_or_none",
    "get_one",
)
_MANY: Final = (
    "all",
    "fetchall",
    "paginate",
    "unique",
    "partitions",
    "yield_per",
    "scalars",
    "mappings",
    "tuples",
    "fetchmany",
)


def entity_query(call_or_value: Value, path: str = QUERY) -> Value:
    """Return a query for what a value names: a class of the project."""
    return Value(path=path, derived=("entity", call_or_value, None))


@on_attribute(f"{MODEL}.query", "?.query")
def model_query(machine: Machine, value: Value, path: str, node: ast.AST) -> Value | None:
    """``User.query``."""
    if any(isinstance(ref, Class) for ref in value.refs):
        return entity_query(value)
    return None


@on_call(f"{SESSION}.query", "sqlalchemy.select", "?.query")
def query(call: Call) -> Value | None:
    """``session.query(User)``, ``select(User)``."""
    named = call.arg(0)
    if call.path == "?.query" and not (named is not None and any(isinstance(ref, Class) for ref in named.refs)):
        return None
    return entity_query(named) if named is not None else Value(path=QUERY)


@on_call(
    *(f"{QUERY}.{name}" for name in _CHAIN),
    *(f"{RESULT}.{name}" for name in ("scalars", "unique", "mappings", "tuples")),
)
def chained(call: Call) -> Value | None:
    """Methods that narrow a query down."""
    return call.receiver


@on_call(f"{SESSION}.execute", f"{SESSION}.scalars", f"{SESSION}.scalar")
def executed(call: Call) -> Value | None:
    """``session.execute(select(User))``."""
    statement = call.arg(0, "statement")
    if statement is None or statement.derived is None or statement.derived[0] != "entity":
        return rows(call) if call.path.endswith("scalar") else Value(path=RESULT)
    if call.path.endswith("scalar"):
        return one_of(call, statement)
    return entity_query(statement.derived[1], RESULT)


@on_call(*(f"{owner}.{name}" for owner in (QUERY, RESULT) for name in _ONE))
def one(call: Call) -> Value:
    """Methods that return one object, or none."""
    found = one_of(call, call.receiver)
    return found if "404" in call.name or call.name.startswith(("one", "scalar_one")) else join(found, NONE)


@on_call(f"{SESSION}.get", f"{_DB}.get_or_404", f"{_DB}.first_or_404", f"{_DB}.one_or_404", f"{SESSION}.get_one")
def by_key(call: Call) -> Value:
    """``session.get(User, id)``."""
    named = call.arg(0, "entity")
    if named is not None and named.derived is not None and named.derived[0] == "entity":
        return one_of(call, named)
    return one_of(call, entity_query(named) if named is not None else None)


@on_call(*(f"{owner}.{name}" for owner in (QUERY, RESULT) for name in _MANY))
def many(call: Call) -> Value:
    """Methods that return several objects."""
    each = one_of(call, call.receiver)
    return Value(
        path=RESULT if call.name in ("scalars", "mappings", "paginate") else "",
        refs=(Sequence((), each),),
        derived=call.receiver.derived if call.receiver is not None else None,
    )


@on_attribute(f"{RESULT}.items")
def page_items(machine: Machine, value: Value, path: str, node: ast.AST) -> Value:
    """``pagination.items``."""
    return Value(refs=value.refs) if value.refs else UNKNOWN


def one_of(call: Call, query_: Value | None) -> Value:
    """Return an object that a query finds: an instance of the class that it is for, or a row."""
    named = (
        query_.derived[1]
        if query_ is not None and query_.derived is not None and query_.derived[0] == "entity"
        else None
    )
    for ref in named.refs if named is not None else ():
        if isinstance(ref, Class):
            return stored_instance(call.machine, ref)
    if named is not None and named.derived is not None and named.derived[0] == "column":
        return named
    return row(call)


@on_item(QUERY, RESULT)
def iterated(machine: Machine, value: Value, key: Value, node: ast.AST) -> Value | None:
    """An object of a query that is iterated over."""
    named = value.derived[1] if value.derived is not None and value.derived[0] == "entity" else None
    for ref in named.refs if named is not None else ():
        if isinstance(ref, Class):
            return stored_instance(machine, ref)
    return None


def stored_instance(machine: Machine, cls: Class) -> Value:
    """Return an object of a class of the project as it comes from the database."""
    key = ("stored", cls)
    found = machine.reads.get(key)
    if found is None:
        found = machine.reads[key] = Value(refs=(Instance(cls),), derived=("stored", UNKNOWN, cls))
    return found


_ROW: Final = "a stored row"
_OF_COLUMN: Final = "from the database"


def is_of_database(step: Step | None) -> bool:
    """Return whether a value came out of the database; a session keeps what a client sent before, as it is."""
    return step is not None and step.stored and step.label.endswith((_ROW, _OF_COLUMN))


def row(call: Call) -> Value:
    """Return a row of which nothing is known."""
    return client(call.machine, call.node, _ROW, call.node, taint=STORED, stored=True)


@on_call("?.fetchone", "?.fetchval", "?.fetchrow")
def fetch_one(call: Call) -> Value:
    """``cursor.fetchone()``."""
    return row(call)


@on_call("?.fetchall", "?.fetchmany")
def rows(call: Call) -> Value:
    """``cursor.fetchall()``."""
    return Value(refs=(Sequence((), row(call)),))


@on_attribute(f"{MODEL}()")
def instance_of_model(machine: Machine, value: Value, path: str, node: ast.AST) -> Value | None:
    """An object of a model."""
    return None


_TEXTUAL: Final = (
    "String",
    "Text",
    "Unicode",
    "UnicodeText",
    "VARCHAR",
    "TEXT",
    "CHAR",
    "JSON",
    "JSONB",
    "LargeBinary",
    "PickleType",
    "str",
)


@on_call("sqlalchemy.Column", "sqlalchemy.orm.mapped_column", f"{_DB}.Column", f"{_DB}.mapped_column")
def column(call: Call) -> Value:
    """``Column(String(80))``: its type says whether it holds a text; ``mapped_column`` leaves it to the annotation."""
    kinds = [value.path for value in (*call.args, *call.keywords.values()) if value.path]
    foreign = any("ForeignKey" in kind for kind in kinds)
    types = [kind for kind in kinds if "ForeignKey" not in kind]
    textual = any(word in kind.replace("()", "").rpartition(".")[2] for kind in types for word in _TEXTUAL)
    unsure = not types and not foreign
    return Value(path=COLUMN, derived=("column", UNKNOWN, textual or unsure))


def _columns(
    machine: Machine, value: Value, member: Value | None, cls: Class, name: str, node: ast.AST
) -> Value | None:
    """Return the stored value of an attribute that is a column on the class."""
    if value.derived is None or value.derived[0] != "stored" or (member is not None and member.path != COLUMN):
        return None
    if not _holds_text(member, cls.fields.get(name)):
        return UNKNOWN
    return client(machine, node, f"{cls.name}.{name} {_OF_COLUMN}", (value, name), taint=STORED, stored=True)


def _holds_text(member: Value | None, annotation: ast.expr | None) -> bool:
    if annotation is not None:
        words = {one.id for one in ast.walk(annotation) if isinstance(one, ast.Name)}
        return "str" in words or (member is not None and not words & _OTHERS)
    return member is not None and member.derived is not None and bool(member.derived[2])


_OTHERS: Final = frozenset({"int", "float", "bool", "datetime", "date", "Decimal", "UUID", "list", "List", "bytes"})
MODELS.members.append(_columns)
