"""Reads and tightens pydantic's core schema: the tree that its validators are built from.

Refusing unknown keys by comparing a model with what came would miss what validators rename, and a set of models has no
order to compare. A second validator, built of the same tree with ``extra='forbid'`` in it, is exact: models in lists,
unions and sets, typed dictionaries and dataclasses included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import Any, NamedTuple

from ...errors import PolicyError

_BUILDING = Lock()
_OWNERS = ("model", "dataclass", "typed-dict")
_HOLDERS = ("model-fields", "dataclass-args", "typed-dict")
_LISTS = ("list", "set", "frozenset", "tuple", "generator")
_BELOW = ("schema", "python_schema", "lax_schema")
# What an application wrote, not part of the tree.
_LEAVES = frozenset({"cls", "default", "default_factory", "expected", "function", "metadata", "schema_type"})


class _Rules(NamedTuple):
    """What holds at a place in the tree.

    Attributes:
        forbid: Unknown keys are to be errors.
        extra: What the model around says of them.
        numbers: The model around allows NaN and infinity in so many words.
    """

    forbid: bool
    extra: str | None = None
    numbers: bool = False


def tightened(tree: Any, *, forbid: bool) -> Any:
    """Return a copy of the tree in which NaN and infinity are no numbers unless a model allows them.

    Args:
        tree: The core schema; it is not changed.
        forbid: Make every unknown key an error too, except where a model says ``extra='allow'``.

    Raises:
        PolicyError: with ``forbid``, for a model with an ``__init__`` of its own: it would receive unknown keys unseen.
    """
    return _copy(tree, _Rules(forbid))


def _copy(node: Any, rules: _Rules) -> Any:
    if isinstance(node, list | tuple):
        return type(node)(_copy(item, rules) for item in node)
    if not isinstance(node, dict):
        return node
    kind = node.get("type") if isinstance(node.get("type"), str) else None
    if kind in _OWNERS:
        config = node.get("config") or {}
        rules = _Rules(rules.forbid, config.get("extra_fields_behavior"), bool(config.get("allow_inf_nan")))
        if rules.forbid:
            _refuse_own_init(node, rules.extra)
    copy = {key: value if key in _LEAVES else _copy(value, rules) for key, value in node.items()}
    if rules.forbid and kind in _HOLDERS and (node.get("extra_behavior") or rules.extra) != "allow":
        copy["extra_behavior"] = "forbid"
    if kind == "float" and not rules.numbers:
        copy.setdefault("allow_inf_nan", False)
    return copy


def _refuse_own_init(node: Mapping[str, Any], extra: str | None) -> None:
    if node.get("custom_init") and extra not in ("allow", "forbid"):
        name = node["cls"].__qualname__
        raise PolicyError(name, "has its own __init__; add model_config = ConfigDict(extra='forbid') to it.")


def validator_of(tree: Any) -> Any:
    """Return a validator built of the tree alone.

    A validator takes the finished validators of the models in it unless told not to, and those know nothing of a
    changed tree. Older pydantic (2.11, 2.12) has no such argument and builds anew only what is not complete; there the
    models bear that mark for the moment of building.
    """
    from pydantic_core import SchemaValidator

    try:
        return SchemaValidator(tree, _use_prebuilt=False)
    except TypeError:
        with _BUILDING, ExitStack() as marks:
            for owner in _classes_in(tree):
                marks.enter_context(_as_incomplete(owner))
            return SchemaValidator(tree)


@contextmanager
def _as_incomplete(owner: Any) -> Iterator[None]:
    owner.__pydantic_complete__ = False
    try:
        yield
    finally:
        owner.__pydantic_complete__ = True


def _classes_in(tree: Any) -> list[Any]:
    found = {node["cls"] for node in _nodes_of(tree) if node.get("type") in _OWNERS and "cls" in node}
    return [owner for owner in found if vars(owner).get("__pydantic_complete__") is True]


def _nodes_of(tree: Any) -> Iterator[dict[str, Any]]:
    stack = [tree]
    while stack:
        item = stack.pop()
        if isinstance(item, list | tuple):
            stack.extend(item)
        elif isinstance(item, dict):
            yield item
            stack.extend(value for key, value in item.items() if key not in _LEAVES)


def all_names(tree: Any) -> set[str]:
    """Return every name and alias of every field in the tree."""
    return {name for node in _nodes_of(tree) for field, first in _fields_of(node) for name in _all_of(field, first)}


def top_names(tree: Mapping[str, Any]) -> dict[str, bool]:
    """Return the names and aliases of the outermost fields, each with whether it takes several values."""
    definitions = {item["ref"]: item for item in tree.get("definitions", ())}
    node: Any = tree
    while isinstance(node, dict) and node.get("type") not in _HOLDERS:
        node = _below(node, definitions)
    found: dict[str, bool] = {}
    for field, names in _fields_of(node or {}):
        takes_list = _takes_list(field.get("schema"), definitions)
        found |= dict.fromkeys(_all_of(field, names), takes_list)
        found |= dict.fromkeys(_heads_of_paths(field.get("validation_alias")), True)
    return found


def _below(node: Mapping[str, Any], definitions: Mapping[str, Any]) -> Any:
    if node.get("type") == "definition-ref":
        return definitions.get(node["schema_ref"])
    return next((node[key] for key in _BELOW if key in node), None)


def _fields_of(node: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    if not isinstance(node.get("type"), str) or node["type"] not in _HOLDERS:
        return
    fields = node.get("fields") or ()
    if isinstance(fields, dict):
        yield from ((field, name) for name, field in fields.items())
    else:
        yield from ((field, field["name"]) for field in fields)


def _all_of(field: Mapping[str, Any], name: str) -> Iterator[str]:
    """Yield what a client may call the field: a path of aliases counts with all its names."""
    yield name
    stack = [field.get("validation_alias")]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            yield item
        elif isinstance(item, list):
            stack.extend(item)


def _heads_of_paths(alias: Any) -> Iterator[str]:
    """Yield the first names of alias paths that go on: ``AliasPath("tags", 0)`` takes one of several values."""
    for path in alias if isinstance(alias, list) and alias and isinstance(alias[0], list) else [alias]:
        if isinstance(path, list) and len(path) > 1:
            yield path[0]


def _takes_list(node: Any, definitions: Mapping[str, Any], depth: int = 0) -> bool:
    if not isinstance(node, dict) or depth > 20:
        return False
    if node.get("type") in _LISTS:
        return True
    if node.get("type") == "union":
        choices = (item[0] if isinstance(item, tuple) else item for item in node["choices"])
        return any(_takes_list(item, definitions, depth + 1) for item in choices)
    steps = node.get("steps") or [_below(node, definitions)]
    return any(_takes_list(step, definitions, depth + 1) for step in steps)
