"""``garrison.toml``: what a project ignores and accepts, with a reason and an end.

One schema; a key that nobody reads is an error, because a typo in it would silently switch something off or on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ..errors import PolicyError, TargetError, nearest
from ..policy.toml_file import policy_from_table

FILE_NAME = "garrison.toml"
TABLES = ("ignore", "accept", "policy")
LATER_TABLES = ("target", "user", "login", "access")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What every suppression states.

    Attributes:
        line: Line of its header in ``garrison.toml``, from 1.
        reason: Why; never empty.
        until: The last day on which it holds, or ``None``.
    """

    line: int
    reason: str
    until: date | None = None

    def expired(self, today: date) -> bool:
        """Return whether its last day is over."""
        return self.until is not None and self.until < today

    def words(self) -> str:
        """Return the reason, and the last day where there is one."""
        return f"until {self.until.isoformat()}, {self.reason}" if self.until else self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore(Entry):
    """``[[ignore]]``: findings of one rule at some places are not reported.

    Attributes:
        rule: Id of the rule.
        path: Pattern (``*``, ``?``, ``[...]``; ``*`` also matches ``/``) for the file, relative to ``garrison.toml``.
        route: Pattern for the route.
    """

    rule: str
    path: str | None = None
    route: str | None = None

    def matches(self, rule: str, path: str | None, route: str | None) -> bool:
        """Return whether a finding is meant; a pattern that is given must match."""
        return self.rule == rule and _matches(self.path, path) and _matches(self.route, route)


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept(Entry):
    """``[[accept]]``: something that cannot be checked does not end the run with status 3.

    Attributes:
        what: Pattern for what was not checked; a file is written relative to ``garrison.toml``.
    """

    what: str

    def matches(self, what: str) -> bool:
        """Return whether an entry of *not checked* is meant."""
        return fnmatchcase(what, self.what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The contents of one ``garrison.toml``, or of none.

    Attributes:
        folder: Folder that its patterns are relative to.
        file: The file itself, or ``None``.
    """

    folder: Path
    file: Path | None = None
    ignores: tuple[Ignore, ...] = ()
    accepts: tuple[Accept, ...] = ()


def find_project(start: Path) -> Project:
    """Read the nearest ``garrison.toml``: in ``start`` or the folders above, up to the repository's own.

    Raises:
        TargetError: where it cannot be read or does not keep to the schema.
    """
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if (candidate / FILE_NAME).is_file():
            return read_project(candidate / FILE_NAME)
        if (candidate / ".git").exists():
            break
    return Project(folder=folder)


def read_project(file: Path) -> Project:
    """Read one ``garrison.toml``.

    Raises:
        TargetError: where it cannot be read or does not keep to the schema.
    """
    try:
        text = file.read_text("utf-8")
        tables = tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise TargetError(f"{file}: {error}") from error
    _refuse_unknown_tables(file, tables)
    _check_policy(file, tables)
    return Project(
        folder=file.parent,
        file=file,
        ignores=tuple(_ignore(file, *item) for item in _entries(file, text, tables, "ignore")),
        accepts=tuple(_accept(file, *item) for item in _entries(file, text, tables, "accept")),
    )


def _refuse_unknown_tables(file: Path, tables: Mapping[str, Any]) -> None:
    for name in tables:
        if name in LATER_TABLES:
            raise TargetError(f"{file}: [{name}] is not in this version.")
        if name not in TABLES:
            raise TargetError(f"{file}: there is no table {name!r}.{_hint(name, TABLES)}")


def _check_policy(file: Path, tables: Mapping[str, Any]) -> None:
    """Refuse a table ``[policy]`` that ``Policy.from_toml`` would refuse."""
    if "policy" in tables:
        try:
            policy_from_table(tables["policy"])
        except PolicyError as error:
            raise TargetError(f"{file}: [policy]: {error}") from error


def _entries(file: Path, text: str, tables: Mapping[str, Any], table: str) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the entries of an array of tables, each with the line of its header."""
    entries = tables.get(table, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise TargetError(f"{file}: write [[{table}]], with two brackets, for each entry.")
    headers = [
        text.count("\n", 0, found.start(1)) + 1 for found in re.finditer(rf"^\s*(\[\[\s*{table}\s*]])", text, re.M)
    ]
    lines = headers + [1] * len(entries)
    return list(zip(lines, entries, strict=False))


def _ignore(file: Path, line: int, entry: Mapping[str, Any]) -> Ignore:
    where = f"{file}:{line}: [[ignore]]"
    _refuse_unknown_keys(where, entry, ("rule", "path", "route", "reason", "until"))
    if "path" not in entry and "route" not in entry:
        raise TargetError(f"{where} needs a path or a route; '*' means every one.")
    return Ignore(
        line=line,
        rule=_text(where, entry, "rule"),
        path=_text(where, entry, "path") if "path" in entry else None,
        route=_text(where, entry, "route") if "route" in entry else None,
        reason=_text(where, entry, "reason"),
        until=_date(where, entry),
    )


def _accept(file: Path, line: int, entry: Mapping[str, Any]) -> Accept:
    where = f"{file}:{line}: [[accept]]"
    _refuse_unknown_keys(where, entry, ("what", "reason", "until"))
    return Accept(
        line=line,
        what=_text(where, entry, "what"),
        reason=_text(where, entry, "reason"),
        until=_date(where, entry),
    )


def _refuse_unknown_keys(where: str, entry: Mapping[str, Any], known: tuple[str, ...]) -> None:
    for key in entry:
        if key not in known:
            raise TargetError(f"{where} has no key {key!r}.{_hint(key, known)}")


def _hint(word: str, choices: tuple[str, ...]) -> str:
    like = nearest(word, choices)
    return f" Did you mean {like!r}?" if like else f" There are: {', '.join(choices)}."


def _text(where: str, entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise TargetError(f'{where} needs {key} = "...".')
    return value


def _date(where: str, entry: Mapping[str, Any]) -> date | None:
    value = entry.get("until")
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TargetError(f"{where}: until is a date without quotes, such as 2027-01-31.")
    return value


def _matches(pattern: str | None, value: str | None) -> bool:
    return pattern is None or (value is not None and fnmatchcase(value, pattern))
