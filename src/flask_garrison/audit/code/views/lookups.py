"""Objects that are looked up: by what, of which kind, and whether who is calling had a say."""

from __future__ import annotations

import ast
import re
from typing import Final

from . import happenings as happened
from .project import dotted
from .traits import BODY, CLIENT, IDENTITY, OWNED, Traits, details, entity, found_at, owned, store
from .vocabulary import OWNER
from .walk import Known, Walk

FINDS: Final = frozenset(
    {
        *(
            "get",
            "get_or_404",
            "first",
            "first_or_404",
            "one",
            "one_or_none",
            "one_or_404",
            "scalar",
            "scalar_one",
            "scalar_one_or_none",
            "scalars",
            "get_one",
        ),
        *(
            "find_one",
            "find",
            "get_by_id",
            "find_by_id",
            "pop",
            "delete",
            "update",
            "all",
            "find_one_and_update",
            "find_one_and_delete",
            "delete_one",
            "update_one",
        ),
        *("get_or_none", "exists", "count_documents", "replace_one", "find_one_and_replace", "fetch_one", "fetch"),
    }
)
"""Methods that return objects, or change those that they find."""
_TABLE: Final = re.compile(
    r"(?is)^\s*(?:select\b.*?\bfrom|update|delete\s+from|insert\s+(?:or\s+\w+\s+)?into|replace\s+into)\s+[\"`]?(\w+)"
)
_VERB: Final = re.compile(r"(?i)^\s*(select|update|delete|insert|replace|merge|truncate|drop|alter|create)\b")
_BY_KEY: Final = re.compile(
    r"(?i)\bwhere\b.*?\b\w*(?:id|number|no|slug|key|uuid|ref|code)\b[\"`]?\s*=\s*(?:%s|%\(|\?|:\w|\$\d|\{)"
)
_OWNERS: Final = re.compile(rf"(?i)\b\w*(?:{OWNER.pattern.removeprefix('(?i)')})\w*[\"`]?\s*=")
_WRITES: Final = {
    "update": "update",
    "delete": "delete",
    "insert": "insert",
    "replace": "insert",
    "merge": "update",
    "truncate": "delete",
    "drop": "delete",
}


def looked_up(walk: Walk, node: ast.expr, traits: Traits) -> Known | None:
    """Note a look-up in what the project keeps, and return what is known of the object; ``None``: it is none."""
    names = [str(name) for kind in ("entity", "store") for name in details(traits, kind)]
    if not names or not traits & {CLIENT, IDENTITY}:
        return None
    if IDENTITY in traits:
        for name in (one for one in names if owned(one) in traits or (OWNED in traits and len(names) == 1)):
            walk.note(happened.SCOPED, node, traits, name)
        if CLIENT not in traits:
            # Found by who is calling alone: it is theirs, or themselves, and no thing of which there are others' too.
            return Known(frozenset(trait for trait in traits - {BODY} if trait.kind not in ("entity", "store")))
        return Known(traits - {BODY})
    for name in names:
        walk.note(happened.LOOKED_UP, node, traits | {found_at(node)}, name)
    return Known((traits - {BODY, CLIENT}) | {found_at(node)})


def looked_up_in_store(walk: Walk, node: ast.expr, owner: ast.expr, held: Known, key: Known) -> Known | None:
    """Note a look-up in a container that is there for all requests."""
    from .assigning import keeps

    if not key.traits & {CLIENT, IDENTITY} or not isinstance(owner, (ast.Name, ast.Attribute)):
        return None
    if not keeps(walk, owner):
        return None
    # It is this container that is asked, whatever else had a part in it.
    others = frozenset(trait for trait in held.traits if trait.kind not in ("entity", "store"))
    return looked_up(walk, node, others | key.traits | {store(dotted(owner).removeprefix("self."))})


def statement(walk: Walk, node: ast.Call, text: str, traits: Traits) -> Known | None:
    """Note what an SQL statement does with what it is given; ``None``: it is none."""
    verb = _VERB.match(text)
    if verb is None:
        return None
    word = verb[1].lower()
    table = _TABLE.match(text)
    name = f"table {table[1]}" if table is not None else ""
    about = traits | ({entity(name)} if name else set())
    if word in _WRITES:
        walk.note(happened.CHANGED, node, about, f"{_WRITES[word]} {name}".strip())
    if word == "insert" and IDENTITY in traits:
        walk.note(happened.MADE, node, about, name)
    if word == "select":
        walk.note(happened.READ, node, about, name)
    if not name or word == "insert":
        return Known(traits - {BODY, CLIENT})
    if IDENTITY in traits:
        if _OWNERS.search(text) or text.count("=") > 1:
            walk.note(happened.SCOPED, node, about, name)
    elif CLIENT in traits and _BY_KEY.search(" ".join(text.split())):
        walk.note(happened.LOOKED_UP, node, about | {found_at(node)}, name)
        return Known((about - {BODY, CLIENT}) | {found_at(node)})
    return Known(about - {BODY, CLIENT})
