"""Calls of libraries that find out who is calling, validate a body, or look something up."""

from __future__ import annotations

import ast
import re
from typing import Final

from . import happenings as happened
from .expressions import used
from .lookups import FINDS, looked_up, looked_up_in_store, statement
from .project import dotted
from .traits import (
    BODY,
    CLIENT,
    FORM,
    IDENTITY,
    NONE,
    PASSWORD,
    PROOF,
    VERDICT,
    Traits,
    details,
    entity,
)
from .vocabulary import (
    CALLER,
    GUARDING,
    PROVES,
    SCHEMAS,
    VALIDATES,
    VERIFIERS,
    VERIFIES,
)
from .walk import UNKNOWN, Given, Known, Walk

_FORM_CHECKS: Final = frozenset({"validate", "validate_on_submit", "is_valid", "validate_form"})
_RAISES: Final = re.compile(r"(?i)^(?:jsonschema\.|fastjsonschema\.|cerberus\.|voluptuous\.)")
_STATEMENTS: Final = frozenset(
    {
        *(
            "execute",
            "executemany",
            "fetch",
            "fetchrow",
            "fetchval",
            "fetch_one",
            "fetch_all",
            "query",
            "scalar",
            "scalars",
        ),
        *("exec_driver_sql", "exec", "query_db", "run", "text"),
    }
)
"""Methods that are given a statement of SQL."""
_DOCUMENTS: Final = frozenset(
    {
        *("find_one", "find_one_and_update", "find_one_and_delete", "find_one_and_replace", "update_one", "delete_one"),
        *("replace_one", "count_documents"),
    }
)
"""Methods of collections of MongoDB."""


def arguments_of(given: Given) -> Traits:
    """Return the traits of all arguments."""
    values = [*given.positional, *given.keywords.values(), *([given.rest] if given.rest is not None else [])]
    return NONE.union(*(value.traits for value in values))


def checked(walk: Walk, node: ast.Call, path: str, name: str, whole: Traits) -> Known | None:
    """Return what is known of a call that finds out who is calling, or whether a password is right."""
    if name in VERIFIES or (path.startswith(VERIFIERS) and name in ("verify", "checkpw", "verify_password")):
        walk.note(happened.VERIFIED, node, whole, name)
        return Known(whole | {PASSWORD})
    if name in CALLER:
        if name.startswith("verify"):
            walk.note(happened.PROVED, node, whole, name)
        return used(walk, node, *whole)
    is_token = name in ("loads", "decode") and re.search(
        r"(?i)serializer|itsdangerous|jwt|jose|token|signer", f"{path} {dotted(node)}"
    )
    if is_token or (PROVES.search(name) and not name.startswith("check_password")) or _guards(path, name):
        traits = whole | {IDENTITY, PROOF}
        walk.note(happened.USED, node, traits)
        if not name.startswith(("is_", "has_", "can_", "user_can", "compare")):
            walk.note(happened.PROVED, node, traits, name)
        return Known(traits - {BODY})
    return None


def _guards(path: str, name: str) -> bool:
    return path.startswith(GUARDING) and name in (
        "can",
        "test",
        "require",
        "allows",
        "verify_jwt_in_request",
        "roles_accepted",
    )


def validated(walk: Walk, node: ast.Call, path: str, name: str, given: Given) -> Known | None:
    """Return what is known of a call that has a schema look at a body."""
    whole = given.receiver.traits | arguments_of(given)
    about = f"{path} {dotted(node)} {' '.join(map(str, details(whole, 'entity')))}"
    if name in _FORM_CHECKS and (FORM in given.receiver.traits or "form" in dotted(node).lower()):
        walk.note(happened.VALIDATED, node, whole, "form")
        return Known(whole, False) if walk.method == "GET" and name != "validate" else Known(whole | {VERDICT})
    if _RAISES.match(path) and name == "validate":
        walk.note(happened.VALIDATED, node, whole, name)
        return Known(whole - {BODY})
    if name == "validate" and BODY in whole:
        return Known(frozenset({VERDICT}))
    if (
        (name in VALIDATES or name.startswith(("validate_", "parse_")))
        and (BODY in whole or name == "parse_args")
        and SCHEMAS.search(about)
    ):
        if "json.load" in about or "yaml" in about:
            return None
        walk.note(happened.VALIDATED, node, whole, name)
        return Known((whole - {BODY}) | {CLIENT})
    return None


def stored(walk: Walk, node: ast.Call, path: str, name: str, given: Given, whole: Traits) -> Known | None:
    """Return what is known of a call that looks something up."""
    if name in _STATEMENTS:
        first = given.positional[0] if given.positional else UNKNOWN
        if isinstance(first.constant, str):
            return Known(whole, first.constant) if name == "text" else statement(walk, node, first.constant, whole)
    if "cache" in dotted(node.func).lower():
        return None
    if name in _DOCUMENTS and not details(given.receiver.traits, "entity"):
        whole = whole | {entity(f"{dotted(node.func).split('.')[-2:][0]} documents")}
    if name in FINDS and details(whole, "entity"):
        store = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        walk.note(happened.READ, node, whole, name)
        if name in ("get", "pop") and isinstance(store, (ast.Name, ast.Attribute)):
            keyed = looked_up_in_store(walk, node, store, given.receiver, Known(arguments_of(given)))
            if keyed is not None:
                return keyed
        return looked_up(walk, node, whole)
    if name in FINDS and isinstance(node.func, ast.Attribute) and name in ("get", "pop"):
        return looked_up_in_store(walk, node, node.func.value, given.receiver, Known(arguments_of(given)))
    return None
