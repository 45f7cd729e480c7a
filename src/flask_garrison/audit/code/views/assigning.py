"""Assignments on a walk: to names, attributes and items, and what of them stays."""

from __future__ import annotations

import ast

from ..values.objects import Class, Function
from . import happenings as happened
from .expressions import evaluate, is_session
from .project import dotted, is_outer
from .traits import COUNTER, IDENTITY, NONE, details
from .vocabulary import OF_PAGE
from .walk import UNKNOWN, Known, Walk


def assignment(walk: Walk, node: ast.Assign) -> bool:
    """``a = b``."""
    value = evaluate(walk, node.value)
    for target in node.targets:
        assign(walk, target, value)
    return True


def annotated(walk: Walk, node: ast.AnnAssign) -> bool:
    """``a: int = b``."""
    if node.value is not None:
        assign(walk, node.target, evaluate(walk, node.value))
    return True


def augmented(walk: Walk, node: ast.AugAssign) -> bool:
    """``a += b``."""
    value = evaluate(walk, node.value)
    before = evaluate(walk, node.target) if isinstance(node.target, ast.Name) else UNKNOWN
    assign(walk, node.target, Known(value.traits | before.traits))
    return True


def assign(walk: Walk, target: ast.expr, value: Known) -> None:
    """Give a target what is known of a value."""
    if isinstance(target, ast.Name):
        walk.frame.names[target.id] = value
    elif isinstance(target, (ast.Tuple, ast.List)):
        for one in target.elts:
            assign(walk, one, Known(value.traits))
    elif isinstance(target, ast.Starred):
        assign(walk, target.value, value)
    elif isinstance(target, ast.Attribute):
        _set_attribute(walk, target, value)
    elif isinstance(target, ast.Subscript):
        _set_item(walk, target, value)


def _set_attribute(walk: Walk, target: ast.Attribute, value: Known) -> None:
    name = dotted(target.value)
    if name == "g":
        walk.project.globals_[target.attr] |= value.traits
        return
    owner = evaluate(walk, target.value)
    if name in ("self", "cls"):
        walk.attributes[target.attr] = walk.attributes.get(target.attr, NONE) | value.traits
        return
    if details(owner.traits, "object") or details(owner.traits, "entity") or IDENTITY in owner.traits:
        walk.note(happened.CHANGED, target, owner.traits | value.traits, f"set {target.attr}")


def _set_item(walk: Walk, target: ast.Subscript, value: Known) -> None:
    key = evaluate(walk, target.slice)
    if is_session(walk, target.value):
        if not (isinstance(key.constant, str) and OF_PAGE.match(key.constant)) and COUNTER not in key.traits:
            walk.note(happened.SIGNED_IN, target, value.traits, str(key.constant))
        return
    owner = evaluate(walk, target.value)
    if keeps(walk, target.value) or details(owner.traits, "object"):
        walk.note(happened.CHANGED, target, owner.traits | key.traits | value.traits, "store")
    elif isinstance(target.value, ast.Name):
        known = walk.frame.names.get(target.value.id, UNKNOWN)
        walk.frame.names[target.value.id] = Known(known.traits | value.traits)


def keeps(walk: Walk, node: ast.expr) -> bool:
    """Return whether an expression is a container that is there for all requests."""
    name = dotted(node)
    root = name.partition(".")[0]
    function: Function = walk.frame.function
    if root in walk.frame.names or not root:
        return root == "self" and "." in name and not walk.frame.is_top
    if not is_outer(root, function):
        return False
    value = walk.project.value(node, function)
    if walk.project.is_store(value):
        return True
    # Of a class it is something of its own, such as a query.
    first = walk.project.value(ast.Name(root), function)
    return not isinstance(node, ast.Name) and not value.path and not any(isinstance(ref, Class) for ref in first.refs)


def deletion(walk: Walk, node: ast.Delete) -> bool:
    """``del a[b]``."""
    for target in node.targets:
        if isinstance(target, ast.Subscript) and not is_session(walk, target.value):
            traits = evaluate(walk, target).traits
            if keeps(walk, target.value):
                walk.note(happened.CHANGED, target, traits, "store")
    return True
