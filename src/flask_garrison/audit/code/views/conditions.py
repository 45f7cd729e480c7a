"""Conditions on a walk: comparisons, ``and`` and ``or``, and what is chosen by them."""

from __future__ import annotations

import ast
import re
from typing import Any

from . import happenings as happened
from .expressions import evaluate, is_session, of_session, truth
from .project import dotted
from .traits import BODY, CLIENT, IDENTITY, NONE, OWNED, Traits, details, owned
from .vocabulary import OWNER, USER
from .walk import NOTHING, Known, Walk, joined

_IDENT = re.compile(
    r"(?i)(?:^|[._])(?:id|pk|uid|user_id|ident|get_id|current_user|username|email|identity|get_jwt_identity|sub)$"
)
Side = tuple[ast.expr, Known]
"""One side of a comparison."""


def compare(walk: Walk, node: ast.Compare) -> Known:
    """``a == b``."""
    left = evaluate(walk, node.left)
    if is_session(walk, node.comparators[-1]):
        return of_session(walk, node, left)
    others = [evaluate(walk, one) for one in node.comparators]
    sides = list(zip((node.left, *node.comparators), (left, *others), strict=True))
    traits = NONE.union(*(value.traits for _, value in sides))
    if _of_password(node) and {BODY, CLIENT} & traits:
        walk.note(happened.VERIFIED, node, traits)
    traits = traits.union(*(_owned(one, two) for one in sides for two in sides if one is not two))
    constant = NOTHING
    if len(node.ops) == 1:
        constant = _compared(node.ops[0], left, others[0], node.comparators[0])
    return Known(traits, constant)


def _owned(caller: Side, kept: Side) -> Traits:
    """Return what is compared with its owner: who is calling on one side, something that is kept on the other."""
    if IDENTITY not in caller[1].traits:
        return NONE
    names = [str(name) for kind in ("entity", "store") for name in details(kept[1].traits, kind)]
    if not names and not details(kept[1].traits, "object"):
        return NONE
    mine, theirs = dotted(caller[0]), dotted(kept[0])
    is_mixed = any(trait.kind in ("entity", "store") for trait in caller[1].traits)
    if is_mixed and not (_IDENT.search(mine) or OWNER.search(mine) or OWNER.search(theirs)):
        return NONE  # Made of much else: a path, a filter.
    is_caller = _IDENT.search(mine) or mine.startswith("g.") or USER.search(mine.rpartition(".")[2])
    if "." in mine and not (is_caller or OWNER.search(theirs) or isinstance(caller[0], ast.Subscript)):
        return NONE  # A setting of who is calling, not who it is.
    return frozenset(owned(name) for name in names) or frozenset({OWNED})


def _of_password(node: ast.Compare) -> bool:
    """Return whether a comparison is one of a password that is stored with one that was sent."""
    if len(node.ops) != 1 or not isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
        return False
    names = [dotted(side).rpartition(".")[2].lower() for side in (node.left, node.comparators[0])]
    return all(any(word in name for word in ("password", "passwd", "pwd", "pw_hash")) for name in names)


def _compared(sign: ast.cmpop, left: Known, right: Known, node: ast.expr) -> Any:
    if isinstance(sign, (ast.In, ast.NotIn)):
        inside = _contained(left, right, node)
        return NOTHING if inside is None else inside is isinstance(sign, ast.In)
    if left.constant is NOTHING or right.constant is NOTHING:
        return NOTHING
    if isinstance(sign, (ast.Eq, ast.Is)):
        return left.constant == right.constant
    if isinstance(sign, (ast.NotEq, ast.IsNot)):
        return left.constant != right.constant
    return NOTHING


def _contained(left: Known, right: Known, node: ast.expr) -> bool | None:
    if CLIENT in right.traits and right.constant == "":
        return False  # There is no body.
    if left.constant is NOTHING or not isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return None
    items = [item.value for item in node.elts if isinstance(item, ast.Constant)]
    return left.constant in items if len(items) == len(node.elts) else None


def boolean(walk: Walk, node: ast.BoolOp) -> Known:
    """``a and b``, ``a or b``."""
    stops_at = isinstance(node.op, ast.Or)
    values: list[Known] = []
    for part in node.values:
        before = walk.stopped
        value = evaluate(walk, part)
        if walk.stopped and not before and values:
            # ``found or abort(404)``
            walk.stopped = False
            walk.note(happened.TESTED, node, joined(values).traits, decides=True)
            continue
        values.append(value)
        if truth(value) is stops_at:
            break
    traits = NONE.union(*(value.traits for value in values))
    known = [truth(value) for value in values]
    if known and known[-1] is stops_at:
        return Known(traits, values[-1].constant if len(values) == 1 or not stops_at else stops_at)
    return Known(traits, not stops_at) if all(one is (not stops_at) for one in known) else Known(traits)


def negated(walk: Walk, node: ast.UnaryOp) -> Known:
    """``not a``."""
    value = evaluate(walk, node.operand)
    known = truth(value)
    if not isinstance(node.op, ast.Not):
        return Known(value.traits)
    return Known(value.traits, NOTHING if known is None else not known)


def choice(walk: Walk, node: ast.IfExp) -> Known:
    """``a if b else c``."""
    test = evaluate(walk, node.test)
    known = truth(test)
    if known is not None and IDENTITY not in test.traits:
        return evaluate(walk, node.body if known else node.orelse)
    index = len(walk.happenings)
    walk.note(happened.TESTED, node.test, test.traits)
    sides = []
    for side in (node.body, node.orelse):
        value = evaluate(walk, side)
        if walk.stopped:
            walk.stopped = False
            walk.happenings[index] = walk.happenings[index]._replace(decides=True)
        else:
            sides.append(value)
    return Known(joined(sides).traits | test.traits)
