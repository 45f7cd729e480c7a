"""Columns whose values are unpickled when they are read."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from ....findings import Confidence, Severity
from ...facts.own_code import own_modules
from ...inspected import Inspected
from ...rule import Match, Rule, checks

PICKLED_COLUMN = Rule(
    id="database.pickled-column",
    kind="database",
    control="database.pickled-columns",
    severity=Severity.MEDIUM,
    confidence=Confidence.HIGH,
    cwe=(502,),
    asvs=("V1.5.2",),
    title="A column holds pickled objects",
    why="To unpickle is to run what the value says. Whoever writes one row, by an injected statement, a backup or "
    "another program on the same database, runs code in the application when the row is read.",
    fix="Use the type JSON, and convert the rows once.",
    before="basket = db.Column(db.PickleType)",
    after="basket = db.Column(db.JSON)",
    guard="Nothing yet: a sensor for unpickling comes in a later version.",
    language="python",
    items=(108,),
)


@functools.lru_cache(maxsize=1)
def tables_of(inspected: Inspected) -> tuple[Any, ...]:
    """Return the tables that the application declared, each once, by name."""
    if inspected.module("sqlalchemy.schema") is None:
        return ()
    found = {id(table): table for metadata in _metadata(inspected) for table in metadata.tables.values()}
    return tuple(sorted(found.values(), key=lambda table: str(table.fullname)))


def _metadata(inspected: Inspected) -> Iterator[Any]:
    from sqlalchemy import MetaData

    yield from dict(getattr(inspected.extension("sqlalchemy"), "metadatas", {})).values()
    for module in own_modules(inspected):
        for value in list(vars(module).values()):
            one = vars(value).get("metadata") if isinstance(value, type) else value
            if isinstance(one, MetaData):
                yield one


def _has_tables(inspected: Inspected) -> bool:
    return bool(tables_of(inspected))


@checks(PICKLED_COLUMN, reads="app", needs=_has_tables)
def pickled_columns(inspected: Inspected) -> Iterator[Match]:
    """Find columns of the type ``PickleType``, also inside another type, unless they are given another serialiser."""
    for table in tables_of(inspected):
        for column in table.columns:
            if _is_pickled(column.type):
                yield Match(f"{table.fullname}.{column.name} holds pickled objects")


def _is_pickled(kind: Any) -> bool:
    from sqlalchemy import PickleType

    while kind is not None and not isinstance(kind, PickleType):
        inner = getattr(kind, "impl", None)
        kind = inner if inner is not kind else None
    pickler = getattr(kind, "pickler", None)
    name = getattr(pickler, "__name__", type(pickler).__name__)
    return pickler is not None and name in ("pickle", "_pickle", "cPickle", "dill", "cloudpickle")
