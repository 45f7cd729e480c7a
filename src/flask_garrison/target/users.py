"""Who logs in, and how: ``--user``, ``[[user]]`` and ``[login]``. A password is never shown, not even in a ``repr``."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import TargetError
from .schema import refuse_unknown_keys, table, text

_FORM = "--user NAME:@VARIABLE:ROLE"
_STEP_KEYS = ("url", "method", "fields", "json")
_METHODS = ("GET", "POST", "PUT", "PATCH")


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One account of the application under test.

    Attributes:
        name: What it logs in with.
        role: What it may do, in the application's own words; may be empty.
        password: Itself, or empty where ``variable`` names it.
        variable: Environment variable that holds the password, or empty.
    """

    name: str
    role: str = ""
    password: str = field(default="", repr=False)
    variable: str = ""

    def secret(self) -> str:
        """Return the password.

        Raises:
            TargetError: where the environment variable is not set or empty.
        """
        found = os.environ.get(self.variable, "") if self.variable else self.password
        if not found:
            where = f"the environment variable {self.variable}" if self.variable else "the password"
            raise TargetError(f"User {self.name}: {where} is not set or empty.")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginStep:
    """One request of a login; ``{name}`` and ``{password}`` are filled in.

    Attributes:
        url: Path of the page, or of what takes the data.
        method: Of the request that carries the data.
        fields: Of a form; hidden fields of the page at ``url``, such as a CSRF token, are added to them.
        json: Sent as JSON instead, where it is not empty.
    """

    url: str
    method: str = "POST"
    fields: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, str] = field(default_factory=dict)


def user_from_option(value: str) -> User:
    """Return the user of one ``--user``: ``name:@VARIABLE:role``, or ``name:password:role``.

    The password may contain colons; the name and the role may not.

    Raises:
        TargetError: for another form; the value, which may hold a password, is not repeated.
    """
    name, colon, rest = value.partition(":")
    secret, second, role = rest.rpartition(":")
    if not (name.strip() and colon and second and secret):
        raise TargetError(f"{_FORM}: name, password and role are separated by colons; the role may be empty.")
    if secret.startswith("@"):
        if not secret[1:].isidentifier():
            raise TargetError(f"{_FORM}: what follows @ is the name of an environment variable.")
        return User(name=name, role=role, variable=secret[1:])
    return User(name=name, role=role, password=secret)


def all_users(stated: Iterable[User], of_project: Iterable[User]) -> tuple[User, ...]:
    """Return the users of the command line and those of ``garrison.toml``, in this order.

    A user of the command line takes the place of one with the same name.

    Raises:
        TargetError: where a name stands twice in one place.
    """
    first, second = list(stated), list(of_project)
    for users, where in ((first, "--user"), (second, "[[user]]")):
        names = [user.name for user in users]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise TargetError(f"{where}: {twice!r} stands there twice.")
    known = {user.name for user in first}
    return (*first, *(user for user in second if user.name not in known))


def user_from_entry(where: str, entry: Mapping[str, Any]) -> User:
    """Return the user of one ``[[user]]``; ``where`` begins an error."""
    if "password" in entry:
        raise TargetError(
            f"{where}: a password does not belong into a file; password_env names a variable that has it."
        )
    refuse_unknown_keys(where, entry, ("name", "role", "password_env"))
    role = text(where, entry, "role") if "role" in entry else ""
    return User(name=text(where, entry, "name"), role=role, variable=text(where, entry, "password_env"))


def login_from_table(where: str, value: object) -> tuple[LoginStep, ...]:
    """Return the steps of ``[login]``: one step written into the table itself, or a list ``steps``."""
    entry = table(where, value)
    if "steps" not in entry:
        return (_step(where, entry),)
    refuse_unknown_keys(where, entry, ("steps",))
    steps = entry["steps"]
    if not isinstance(steps, list) or not steps or not all(isinstance(step, dict) for step in steps):
        raise TargetError(f'{where}: steps is a list of tables, such as steps = [{{ url = "/login" }}].')
    return tuple(_step(f"{where} step {number}", step) for number, step in enumerate(steps, 1))


def _step(where: str, entry: Mapping[str, Any]) -> LoginStep:
    refuse_unknown_keys(where, entry, _STEP_KEYS)
    url = text(where, entry, "url")
    if not url.startswith("/") or url.startswith("//"):
        raise TargetError(f"{where}: url is a path of the application, such as /login.")
    method = str(entry.get("method", "POST")).upper()
    if method not in _METHODS:
        raise TargetError(f"{where}: method is one of {', '.join(_METHODS)}.")
    fields, json = _filled(where, entry, "fields"), _filled(where, entry, "json")
    if fields and json:
        raise TargetError(f"{where}: a step sends fields or json, not both.")
    return LoginStep(url=url, method=method, fields=fields, json=json)


def _filled(where: str, entry: Mapping[str, Any], key: str) -> dict[str, str]:
    value = table(f"{where}: {key}", entry.get(key, {}))
    if not all(isinstance(item, str) for item in value.values()):
        raise TargetError(
            f'{where}: {key} holds texts, such as {{ username = "{{name}}", password = "{{password}}" }}.'
        )
    return dict(value)
