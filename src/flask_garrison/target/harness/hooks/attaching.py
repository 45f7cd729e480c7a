"""``ATTACH``: a second file that SQLite opens by itself, so its name is rewritten in the statement."""

from __future__ import annotations

import functools
import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Copied = Callable[[str], str]
"""From the file that is named to the one to open instead."""

_FILE = r"(?P<file>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\?|[:@$](?P<key>\w+))"
_STATEMENT = re.compile(rf"(?P<head>(?:^|;)\s*ATTACH\s+(?:DATABASE\s+)?){_FILE}(?=\s+AS\b)", re.IGNORECASE)


def rewritten(statement: str, parameters: Any, copied: Copied) -> tuple[str, Any]:
    """Return a statement, and its parameters, with each attached file replaced by its copy.

    A name given as a parameter becomes part of the statement: only so can the authorizer see it.
    """
    if "attach" not in statement.lower():
        return statement, parameters

    def replace(found: re.Match[str]) -> str:
        nonlocal parameters
        name, parameters = _name(found, parameters)
        return found["head"] + (found["file"] if name is None else _quoted(copied(name)))

    return _STATEMENT.sub(replace, statement), parameters


def _name(found: re.Match[str], parameters: Any) -> tuple[str | None, Any]:
    """Return the file that is named, and the parameters that are left; ``None`` where that cannot be told."""
    written = found["file"]
    if written[0] in "'\"":
        return written[1:-1].replace(written[0] * 2, written[0]), parameters
    if found["key"] and isinstance(parameters, Mapping) and found["key"] in parameters:
        return str(parameters[found["key"]]), parameters
    if written == "?" and isinstance(parameters, Sequence) and parameters:
        return str(parameters[0]), parameters[1:]
    return None, parameters


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@functools.cache
def connection_class(base: type[sqlite3.Connection], copied: Copied) -> type[sqlite3.Connection]:
    """Return a class like ``base`` whose cursors rewrite what they execute."""

    class Connection(base):  # type: ignore[misc, valid-type]  # a class that is a value
        def cursor(self, factory: Any = sqlite3.Cursor) -> Any:
            return super().cursor(cursor_class(factory, copied) if isinstance(factory, type) else factory)

        def execute(self, sql: str, parameters: Any = ()) -> Any:
            return super().execute(*rewritten(sql, parameters, copied))

        def executescript(self, sql_script: str) -> Any:
            return super().executescript(rewritten(sql_script, (), copied)[0])

    Connection.__name__ = Connection.__qualname__ = base.__name__
    return Connection


@functools.cache
def cursor_class(base: type[sqlite3.Cursor], copied: Copied) -> type[sqlite3.Cursor]:
    """Return a class like ``base`` that rewrites what it executes."""

    class Cursor(base):  # type: ignore[misc, valid-type]  # a class that is a value
        def execute(self, sql: str, parameters: Any = ()) -> Any:
            return super().execute(*rewritten(sql, parameters, copied))

        def executescript(self, sql_script: str) -> Any:
            return super().executescript(rewritten(sql_script, (), copied)[0])

    Cursor.__name__ = Cursor.__qualname__ = base.__name__
    return Cursor
