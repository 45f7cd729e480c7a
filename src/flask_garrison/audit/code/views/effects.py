"""Calls of libraries that change something that stays: rows, files, mails, keys of a store."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING, Final

from . import happenings as happened
from .project import dotted
from .traits import details

if TYPE_CHECKING:
    from .walk import Given, Walk

_PASSING: Final = re.compile(
    r"(?i)\b(?:cache|cookies?|response|resp|headers|session\.(?:pop|clear)|request|args|params|data|form|logger|log)\b(?!\.session)"
)
_DB_SESSION: Final = re.compile(r"(?i)(?:^|[._])(?:session|db|tx|s|conn)(?:\.|$)")
_ROWS: Final = {
    "insert_one": "insert",
    "insert_many": "insert",
    "bulk_save_objects": "insert",
    "bulk_insert_mappings": "insert",
    "bulk_write": "update",
    "update_one": "update",
    "update_many": "update",
    "replace_one": "update",
    "find_one_and_update": "update",
    "bulk_update_mappings": "update",
    "delete_one": "delete",
    "delete_many": "delete",
    "find_one_and_delete": "delete",
    "delete_instance": "delete",
    "drop_all": "delete",
}
_FILES: Final = {
    "os.remove": "delete",
    "os.unlink": "delete",
    "os.rmdir": "delete",
    "shutil.rmtree": "delete",
    "os.rename": "update",
    "shutil.move": "update",
    "os.replace": "update",
}
_CONTAINERS: Final = ("dict", "list", "set", "collections.", "str")
_STORE: Final = frozenset(
    {"set", "setex", "hset", "hmset", "rpush", "lpush", "sadd", "zadd", "hdel", "srem", "flushdb"}
)
_MUTATES: Final = frozenset(
    {
        "append",
        "pop",
        "popitem",
        "update",
        "clear",
        "add",
        "remove",
        "discard",
        "insert",
        "extend",
        "setdefault",
        "appendleft",
    }
)


def change_of(walk: Walk, node: ast.Call, path: str, name: str, given: Given) -> None:
    """Note what a call of a library changes."""
    word = _word(walk, node, path, name, given)
    if word:
        traits = given.receiver.traits.union(*(value.traits for value in (*given.positional, *given.keywords.values())))
        if given.rest is not None:
            traits = traits | given.rest.traits
        walk.note(happened.CHANGED, node, traits, word)


def _word(walk: Walk, node: ast.Call, path: str, name: str, given: Given) -> str:
    text = dotted(node.func)
    owner = text.rpartition(".")[0]
    if path in _FILES or name in _ROWS:
        return _FILES.get(path) or _ROWS[name]
    if name in ("commit", "flush") and isinstance(node.func, ast.Attribute):
        return "commit" if name == "commit" else ""
    if _PASSING.search(owner) and not _DB_SESSION.search(owner):
        return ""
    return _of_session(owner, path, name) or _of_object(walk, node, path, name, given) or _elsewhere(text, path, name)


def _of_session(owner: str, path: str, name: str) -> str:
    is_session = "Session()" in path or _DB_SESSION.search(owner) is not None
    if is_session and name in ("add", "add_all", "merge", "delete"):
        return {"delete": "delete", "merge": "update"}.get(name, "insert")
    if path in ("sqlalchemy.update", "sqlalchemy.delete", "sqlalchemy.insert") or path.endswith(
        ("SQLAlchemy().update", "SQLAlchemy().delete", "SQLAlchemy().insert")
    ):
        return name
    return ""


def _of_object(walk: Walk, node: ast.Call, path: str, name: str, given: Given) -> str:
    """Return what a method of an object does: of a query, of a model, of a container that is there for all requests."""
    from .assigning import keeps

    about = details(given.receiver.traits, "entity") or details(given.receiver.traits, "object")
    if path.startswith(("sqlalchemy.Query()", "sqlalchemy.Result()")) and name in ("delete", "update"):
        return name
    if isinstance(node.func, ast.Attribute) and name in _MUTATES and keeps(walk, node.func.value):
        return "store"
    if not about or path.startswith(_CONTAINERS):
        return ""
    if name in ("delete", "delete_instance", "destroy"):
        return "delete"
    if given.positional or name not in ("save", "create", "insert", "put"):
        return ""  # ``image.save(file)``, ``mapping.update(more)``
    return "insert" if name in ("create", "insert") else "update"


def _elsewhere(text: str, path: str, name: str) -> str:
    if name in ("unlink", "rmtree") and "redis" not in path:
        return "delete"
    if name in ("write_text", "write_bytes"):
        return "file"
    if name in ("send_message", "sendmail", "send_mail", "send_email") or (name == "send" and "mail" in text.lower()):
        return "mail"
    if "redis" in f"{text} {path}".lower() and (name in _STORE or name == "delete"):
        return "store"
    return ""
