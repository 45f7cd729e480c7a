"""Expressions on a walk: what is known of their values, and what happens while they are evaluated."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from . import happenings as happened
from .project import dotted, is_outer
from .traits import BODY, CLIENT, COUNTER, FORM, IDENTITY, NONE, OWNED, SESSION, Traits, details, entity, store
from .vocabulary import CALLER, COUNTS, KEY_HEADERS, OF_PAGE, OWNER, USER
from .walk import NOTHING, UNKNOWN, Given, Known, Walk, bind

_BODIES = frozenset({"form", "json", "get_json", "data", "get_data", "values", "files"})
_CLIENTS = frozenset({*_BODIES, "args", "view_args", "headers", "cookies", "query_string"})
_SIMPLE = (str, int, float, bool, type(None))


def evaluate(walk: Walk, node: ast.expr) -> Known:
    """Return what is known of an expression's value."""
    handler = _HANDLERS.get(type(node))
    if handler is not None:
        return handler(walk, node)
    return Known(NONE.union(*(evaluate(walk, child).traits for child in _parts(node))))


def _parts(node: ast.AST) -> list[ast.expr]:
    found: list[ast.expr] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            found.append(child)
        elif isinstance(child, (ast.keyword, ast.FormattedValue)):
            found += _parts(child)
    return found


def truth(value: Known) -> bool | None:
    """Return whether a value is true, or ``None`` where it can be both."""
    return None if value.constant is NOTHING else bool(value.constant)


def _constant(walk: Walk, node: ast.Constant) -> Known:
    return Known(NONE, node.value) if isinstance(node.value, _SIMPLE) else UNKNOWN


def is_session(walk: Walk, node: ast.expr) -> bool:
    """Return whether an expression is Flask's session."""
    name = dotted(node)
    if name not in ("session", "flask.session") or not isinstance(node, (ast.Name, ast.Attribute)):
        return False
    return "session" not in walk.frame.names and walk.project.value(node, walk.frame.function).path in (
        "flask.session",
        "",
    )


def _name(walk: Walk, node: ast.Name) -> Known:
    known = walk.frame.names.get(node.id)
    if known is not None:
        return Known(known.traits | {COUNTER}, known.constant) if COUNTS.search(node.id) else known
    if node.id in CALLER:
        return used(walk, node)
    value = walk.project.value(node, walk.frame.function)
    traits = _of_value(walk, value, node)
    if COUNTS.search(node.id):
        traits = traits | {COUNTER}
    constant = value.constant if value.known and isinstance(value.constant, _SIMPLE) else NOTHING
    return Known(traits, constant)


def _of_value(walk: Walk, value: Any, node: ast.Name) -> Traits:
    cls = walk.project.class_of(node, walk.frame.function)
    if cls is not None:
        return frozenset({entity(cls.name)})
    if walk.project.is_store(value) and is_outer(node.id, walk.frame.function) and value.path != "flask.session":
        return frozenset({store(node.id)})
    return NONE


def used(walk: Walk, node: ast.expr, *more: Any) -> Known:
    """Note that who is calling is used, and return what says so."""
    traits = frozenset({IDENTITY, *more})
    walk.note(happened.USED, node, traits)
    return Known(traits)


def _attribute(walk: Walk, node: ast.Attribute) -> Known:
    name = dotted(node)
    root, _, rest = name.partition(".")
    found = _of_request(walk, node, root, rest)
    if found is not None:
        return found
    if root == "g" and "g" not in walk.frame.names and isinstance(node.value, ast.Name):
        return _of_globals(walk, node)
    if node.attr in CALLER:
        evaluate(walk, node.value)
        return used(walk, node)
    if root in ("self", "cls") and isinstance(node.value, ast.Name) and node.attr in walk.attributes:
        return Known(walk.attributes[node.attr])
    return _member(walk, node, root)


def _member(walk: Walk, node: ast.Attribute, root: str) -> Known:
    owner = evaluate(walk, node.value)
    traits = owner.traits
    if COUNTS.search(node.attr):
        traits = traits | {COUNTER}
    if root == "self" and isinstance(node.value, ast.Name) and node.attr == "user":
        return used(walk, node)
    cls = walk.project.class_of(node, walk.frame.function)
    if cls is not None:
        traits = traits | {entity(cls.name)}
    if FORM in traits and node.attr == "data":
        return Known((traits - {FORM}) | {BODY, CLIENT})
    for function in getattr(node, "callees", ()):
        traits = traits | walk.run(function, bind(walk, function, Given(owner, [], {})))[0].traits
    value = walk.project.value(node, walk.frame.function) if root not in walk.frame.names else None
    if value is not None and value.known and isinstance(value.constant, _SIMPLE):
        return Known(traits, value.constant)
    return Known(traits)


def _of_globals(walk: Walk, node: ast.Attribute) -> Known:
    known = walk.project.globals_.get(node.attr, NONE)
    if IDENTITY in known or USER.search(node.attr):
        return used(walk, node, *known)
    return Known(known)


def _of_request(walk: Walk, node: ast.Attribute, root: str, rest: str) -> Known | None:
    """Return what ``request.form`` and the like are; with GET there is no body."""
    if root != "request" or "request" in walk.frame.names or not isinstance(node.value, ast.Name):
        return None
    if rest == "method":
        return Known(NONE, walk.method if walk.method is not None else NOTHING)
    if rest in ("authorization", "remote_user"):
        return used(walk, node)
    if rest == "is_json" and walk.method == "GET":
        return Known(NONE, False)
    if rest in _BODIES - {"values"} and walk.method == "GET":
        return Known(frozenset({CLIENT}), "")
    if rest in _BODIES:
        return Known(frozenset({CLIENT, BODY}))
    return Known(frozenset({CLIENT})) if rest in _CLIENTS else UNKNOWN


def _subscript(walk: Walk, node: ast.Subscript) -> Known:
    from .lookups import looked_up_in_store

    if is_session(walk, node.value):
        return of_session(walk, node, evaluate(walk, node.slice))
    owner, key = evaluate(walk, node.value), evaluate(walk, node.slice)
    name = dotted(node.value)
    if name.endswith(("headers", "environ")) and isinstance(key.constant, str) and KEY_HEADERS.search(key.constant):
        return used(walk, node)
    if isinstance(node.slice, ast.Slice):
        # Of a text that was cut off, somebody has thought how long it may be.
        return Known(owner.traits - {BODY})
    found = looked_up_in_store(walk, node, node.value, owner, key)
    return found or Known(owner.traits | key.traits)


def of_session(walk: Walk, node: ast.expr, key: Known) -> Known:
    """Return what an item of the session is: it says who is calling, unless its key says otherwise."""
    name = key.constant if isinstance(key.constant, str) else ""
    if OF_PAGE.match(name):
        return Known(frozenset({SESSION}))
    if COUNTS.search(name):
        return Known(frozenset({SESSION, COUNTER}))
    return used(walk, node, SESSION)


def _named(walk: Walk, node: ast.NamedExpr) -> Known:
    value = evaluate(walk, node.value)
    walk.frame.names[node.target.id] = value
    return value


def _comprehension(walk: Walk, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Known:
    from .assigning import assign

    outer = walk.frame.names
    walk.frame.names = dict(outer)
    tests: Traits = NONE
    for part in node.generators:
        assign(walk, part.target, Known(evaluate(walk, part.iter).traits))
        for condition in part.ifs:
            tests = tests | evaluate(walk, condition).traits
    parts = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
    traits = NONE.union(tests, *(evaluate(walk, part).traits for part in parts))
    walk.frame.names = outer
    for name in details(tests, "owned"):
        walk.note(happened.SCOPED, node, tests, str(name))
    return Known(traits)


def _text(walk: Walk, node: ast.JoinedStr) -> Known:
    """A text put together: its constant parts, with a mark for the others."""
    traits, parts = NONE, []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        elif isinstance(part, ast.FormattedValue):
            value = evaluate(walk, part.value)
            traits = traits | value.traits
            parts.append(value.constant if isinstance(value.constant, str) else "?")
    return Known(traits, "".join(parts))


def _operation(walk: Walk, node: ast.BinOp) -> Known:
    left, right = evaluate(walk, node.left), evaluate(walk, node.right)
    traits = left.traits | right.traits
    if isinstance(node.op, ast.Add) and isinstance(left.constant, str):
        return Known(traits, left.constant + (right.constant if isinstance(right.constant, str) else "?"))
    return Known(traits)


def _mapping(walk: Walk, node: ast.Dict) -> Known:
    """``{"owner_id": current_user.id}``: a condition, or what is stored with its owner."""
    traits = NONE
    for key, item in zip(node.keys, node.values, strict=True):
        value = evaluate(walk, item)
        name = evaluate(walk, key).constant if key is not None else None
        traits = traits | value.traits
        if IDENTITY in value.traits and isinstance(name, str) and OWNER.search(name):
            traits = traits | {OWNED}
    return Known(traits)


def _lambda(walk: Walk, node: ast.Lambda) -> Known:
    return UNKNOWN


def _call(walk: Walk, node: ast.Call) -> Known:
    from .calls import call

    return call(walk, node)


def _condition(walk: Walk, node: ast.expr) -> Known:
    from . import conditions

    if isinstance(node, ast.Compare):
        return conditions.compare(walk, node)
    if isinstance(node, ast.BoolOp):
        return conditions.boolean(walk, node)
    if isinstance(node, ast.UnaryOp):
        return conditions.negated(walk, node)
    return conditions.choice(walk, node) if isinstance(node, ast.IfExp) else UNKNOWN


_HANDLERS: dict[type[ast.expr], Callable[[Walk, Any], Known]] = {
    ast.Constant: _constant,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.Compare: _condition,
    ast.BoolOp: _condition,
    ast.UnaryOp: _condition,
    ast.IfExp: _condition,
    ast.NamedExpr: _named,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
    ast.JoinedStr: _text,
    ast.BinOp: _operation,
    ast.Dict: _mapping,
    ast.Lambda: _lambda,
    ast.Call: _call,
}
