"""``garrison.toml``: what a project ignores and accepts, with a reason and an end, what is asked, and who logs in.

One schema; a key that nobody reads is an error, because a typo in it would silently switch something off or on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ..errors import PolicyError, TargetError
from ..policy.toml_file import policy_from_table
from .choices import Choices, choices_from_table
from .schema import hint, refuse_unknown_keys, text
from .users import LoginStep, User, login_from_table, user_from_entry

FILE_NAME = "garrison.toml"
TABLES = ("ignore", "accept", "policy", "target", "user", "login")
LATER_TABLES = ("access",)


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
        choices: Which routes are asked, and where.
        users: Who logs in.
        login: How, step by step; empty where the login form is to be found.
    """

    folder: Path
    file: Path | None = None
    ignores: tuple[Ignore, ...] = ()
    accepts: tuple[Accept, ...] = ()
    choices: Choices = field(default_factory=Choices)
    users: tuple[User, ...] = ()
    login: tuple[LoginStep, ...] = ()


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
        source = file.read_text("utf-8-sig")
        tables = tomllib.loads(source)
    except (OSError, ValueError) as error:
        raise TargetError(f"{file}: {error}") from error
    _refuse_unknown_tables(file, tables)
    _check_policy(file, tables)
    return Project(
        folder=file.parent,
        file=file,
        ignores=tuple(_ignore(file, *item) for item in _entries(file, source, tables, "ignore")),
        accepts=tuple(_accept(file, *item) for item in _entries(file, source, tables, "accept")),
        choices=choices_from_table(f"{file}: [target]", tables.get("target", {})),
        users=tuple(_user(file, *item) for item in _entries(file, source, tables, "user")),
        login=login_from_table(f"{file}: [login]", tables["login"]) if "login" in tables else (),
    )


def _refuse_unknown_tables(file: Path, tables: Mapping[str, Any]) -> None:
    for name in tables:
        if name in LATER_TABLES:
            raise TargetError(f"{file}: [{name}] is not in this version.")
        if name not in TABLES:
            raise TargetError(f"{file}: there is no table {name!r}.{hint(name, TABLES)}")


def _check_policy(file: Path, tables: Mapping[str, Any]) -> None:
    """Refuse a table ``[policy]`` that ``Policy.from_toml`` would refuse."""
    if "policy" in tables:
        try:
            policy_from_table(tables["policy"])
        except PolicyError as error:
            raise TargetError(f"{file}: [policy]: {error}") from error


def _entries(file: Path, source: str, tables: Mapping[str, Any], table: str) -> list[tuple[int, Mapping[str, Any]]]:
    """Return the entries of an array of tables, each with the line of its header."""
    entries = tables.get(table, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise TargetError(f"{file}: write [[{table}]], with two brackets, for each entry.")
    headers = [
        source.count("\n", 0, found.start(1)) + 1 for found in re.finditer(rf"^\s*(\[\[\s*{table}\s*]])", source, re.M)
    ]
    lines = headers + [1] * len(entries)
    return list(zip(lines, entries, strict=False))


def _ignore(file: Path, line: int, entry: Mapping[str, Any]) -> Ignore:
    where = f"{file}:{line}: [[ignore]]"
    refuse_unknown_keys(where, entry, ("rule", "path", "route", "reason", "until"))
    if "path" not in entry and "route" not in entry:
        raise TargetError(f"{where} needs a path or a route; '*' means every one.")
    return Ignore(
        line=line,
        rule=text(where, entry, "rule"),
        path=text(where, entry, "path") if "path" in entry else None,
        route=text(where, entry, "route") if "route" in entry else None,
        reason=text(where, entry, "reason"),
        until=_date(where, entry),
    )


def _accept(file: Path, line: int, entry: Mapping[str, Any]) -> Accept:
    where = f"{file}:{line}: [[accept]]"
    refuse_unknown_keys(where, entry, ("what", "reason", "until"))
    return Accept(
        line=line,
        what=text(where, entry, "what"),
        reason=text(where, entry, "reason"),
        until=_date(where, entry),
    )


def _user(file: Path, line: int, entry: Mapping[str, Any]) -> User:
    return user_from_entry(f"{file}:{line}: [[user]]", entry)


def _date(where: str, entry: Mapping[str, Any]) -> date | None:
    value = entry.get("until")
    if value is None:
        return None
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TargetError(f"{where}: until is a date without quotes, such as 2027-01-31.")
    return value


def _matches(pattern: str | None, value: str | None) -> bool:
    # What is about the whole application has neither a file nor a route, and "*" means every place.
    return pattern is None or pattern == "*" or (value is not None and fnmatchcase(value, pattern))
