"""Attempts to log in: which requests are one, and for which accounts."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Request

from ...context import SecurityContext
from .keys import account_name

MOST_ACCOUNTS = 4
MANY = "more accounts than one request can be for"
"""Stands for the accounts of a request that names more than an honest one does."""
_PASSWORDS = frozenset({"pass", "pwd", "passwd", "secret", "passcode", "pin"})
_PASSWORD_PARTS = ("password", "passwd", "passphrase", "passwort")
_REPEATED = ("confirm", "repeat", "retype", "verify", "again")
_KEPT = 256
_URLENCODED = "application/x-www-form-urlencoded"
_FORMS = (_URLENCODED, "multipart/form-data")
Fields = Mapping[str, list[Any]]
NO_FIELDS: Fields = {}


def is_password(name: str) -> bool:
    """Return whether a field of this name holds a password."""
    return _kind_of(name)[0]


def _kind_of(name: str) -> tuple[bool, bool]:
    # Clients choose names: what is kept of them is bounded in number and in length.
    return _kept_kind(name) if len(name) <= _KEPT else _kept_kind.__wrapped__(name)


@functools.lru_cache(maxsize=1_024)
def _kept_kind(name: str) -> tuple[bool, bool]:
    """Return whether a field of this name holds a password, and whether it may repeat one."""
    name = name.lower()
    password = name in _PASSWORDS or any(part in name for part in _PASSWORD_PARTS)
    return password, password or any(part in name for part in _REPEATED)


def passwords_in(fields: Fields) -> int:
    """Return how many passwords the fields hold; a field that repeats one counts as one."""
    return sum([_kind_of(name)[1] for name in fields])


def looks_like_login(context: SecurityContext, fields: Fields) -> bool:
    """Return whether the fields are one password and an account. Two passwords are a registration or a change."""
    return passwords_in(fields) == 1 and any(map(is_password, fields)) and bool(_named(context, fields))


def has_password(names: Iterable[str]) -> bool:
    """Return whether any field, by its name, holds a password."""
    return any(map(is_password, names))


def parsed_fields(request: Request) -> Fields:
    """Return the fields of the form or JSON object that somebody has read; reads nothing itself."""
    own = vars(request)
    return dict(own["form"].lists()) if own.get("form") else _parsed_json(request)


def parsed_names(request: Request) -> Iterable[str]:
    """Return the names of the fields that :func:`parsed_fields` and the query have."""
    names: Iterable[str] = vars(request).get("form") or _parsed_json(request)
    return (*names, *request.args) if request.environ.get("QUERY_STRING") else names


def is_json_by_force(request: Request) -> bool:
    """Return whether the view took a JSON object that the content type does not announce."""
    return not request.is_json and not vars(request).get("form") and bool(_parsed_json(request))


def with_query(request: Request, fields: Fields) -> Fields:
    """Return the fields with those of the query, which a view that reads ``request.values`` takes as well."""
    return {**dict(request.args.lists()), **fields} if request.query_string else fields


def _parsed_json(request: Request) -> Fields:
    own = vars(request)
    if "_cached_json" not in own and own.get("_cached_data") and request.is_json:
        # The view took the bytes and parsed them by itself, as a validated one does.
        return _object_in(own["_cached_data"], json.loads)
    found = next((value for value in own.get("_cached_json", ()) if isinstance(value, dict)), None)
    return NO_FIELDS if found is None else _lists(found)


def read_fields(request: Request, *, force: bool = False) -> Fields:
    """Parse the body and return its fields; the bytes stay there for the view, except those of a multipart form.

    Args:
        force: The view takes JSON whatever the content type says.
    """
    if request.mimetype == _URLENCODED:
        # Kept, since it may be JSON: curl sends whatever it is given under this type.
        request.get_data(cache=True)
        force_json = force
    else:
        force_json = request.is_json or (force and request.mimetype not in _FORMS)
    form = dict(request.form.lists()) if request.mimetype in _FORMS else NO_FIELDS
    return {**form, **_json_fields(request)} if force_json else form


def _json_fields(request: Request) -> Fields:
    # Not by get_json: it would keep the value, and a view that takes JSON by its content type only would get it.
    return _object_in(request.get_data(cache=True), request.json_module.loads)


def _object_in(data: bytes, loads: Callable[[bytes], Any]) -> Fields:
    try:
        found = loads(data)
    except (ValueError, RecursionError):
        return NO_FIELDS
    return _lists(found) if isinstance(found, dict) else NO_FIELDS


def accounts_in(context: SecurityContext, fields: Fields) -> list[str]:
    """Return the accounts that a request names, in one spelling each.

    All of them, and those in the query too: nobody but the view knows which of several fields it takes, and an attacker
    would put a decoy into the other.
    """
    names = _named(context, fields) | _named(context, dict(context.request.args.lists()))
    return sorted(names) if len(names) <= MOST_ACCOUNTS else [MANY]


def _named(context: SecurityContext, fields: Fields) -> set[str]:
    field = context.view.account_field
    wanted: Iterable[str] = context.policy.account_fields if field is None else (field,)
    values = (value for name in wanted for value in fields.get(name, ()))
    named = {account_name(str(value)) for value in values if isinstance(value, str | int)}
    return named - {""}


def _lists(found: Mapping[str, Any]) -> Fields:
    return {str(name): value if isinstance(value, list) else [value] for name, value in found.items()}
