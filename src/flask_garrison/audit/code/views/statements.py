"""Statements on a walk: which way it goes on, and what a condition decides."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from . import happenings as happened
from .assigning import annotated, assign, assignment, augmented, deletion
from .expressions import evaluate, truth
from .project import dotted
from .traits import COUNTER, IDENTITY, NONE, SESSION, Traits
from .walk import NOTHING, STEPS, Known, Names, Walk, joined


def block(walk: Walk, body: list[ast.stmt]) -> bool:
    """Go through statements, and return whether control goes on behind the last."""
    for statement in body:
        walk.steps += 1
        if walk.steps > STEPS:
            return True
        walk.stopped = False
        handler = _HANDLERS.get(type(statement), _others)
        if not handler(walk, statement):
            return False
        if walk.stopped and isinstance(statement, (ast.Expr, ast.Assign)):
            walk.stopped = False
            return False
    return True


def _others(walk: Walk, node: ast.stmt) -> bool:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            evaluate(walk, child)
    return True


def _expression(walk: Walk, node: ast.Expr) -> bool:
    """An expression whose value is dropped: what a helper finds out and does not enforce counts for nothing."""
    mark = len(walk.happenings)
    evaluate(walk, node.value)
    new = walk.happenings[mark:]
    if not any(one.decides or one.kind == happened.PROVED for one in new):
        walk.happenings[mark:] = [one for one in new if one.kind not in (happened.USED, happened.TESTED)]
    return True


def _return(walk: Walk, node: ast.Return) -> bool:
    frame = walk.frame
    value = evaluate(walk, node.value) if node.value is not None else Known(NONE, None)
    if walk.stopped:
        walk.stopped = False
        return False
    frame.returns = True
    frame.returned.append(Known(value.traits | frame.control, value.constant))
    return False


def _raise(walk: Walk, node: ast.Raise) -> bool:
    _others(walk, node)
    return False


def _leave(walk: Walk, node: ast.stmt) -> bool:
    return False


# --- branches ------------------------------------------------------------------------------------------------------


def _if(walk: Walk, node: ast.If) -> bool:
    test = evaluate(walk, node.test)
    known = truth(test)
    if known is not None and not test.traits & {IDENTITY, COUNTER}:
        return block(walk, node.body if known else node.orelse)
    if _says_too_many(node.body) and SESSION not in test.traits:
        test = Known(test.traits | {COUNTER})
    index = len(walk.happenings)
    walk.note(happened.TESTED, node.test, test.traits)
    return _sides(walk, index, test.traits, lambda: block(walk, node.body), lambda: block(walk, node.orelse), node)


def _says_too_many(body: list[ast.stmt]) -> bool:
    """Return whether statements answer with 429."""
    if len(body) > 4 or not isinstance(body[-1], (ast.Return, ast.Raise, ast.Expr)):
        return False
    return any(
        (isinstance(node, ast.Constant) and node.value == 429)
        or (isinstance(node, (ast.Name, ast.Attribute)) and "TooMany" in dotted(node))
        for node in ast.walk(body[-1])
    )


def _sides(
    walk: Walk, index: int, traits: Traits, first: Callable[[], bool], second: Callable[[], bool], node: ast.stmt
) -> bool:
    """Go both ways from a condition, and say what it decides."""
    frame = walk.frame
    names, control = frame.names, frame.control
    frame.control = control | traits
    frame.names = dict(names)
    returned = len(frame.returned)
    one = first()
    left = frame.names
    frame.names = dict(names)
    other = second()
    inside = walk.happenings[index + 1 :]
    by_return = len(frame.returned) > returned
    ends = not one or not other
    if (ends and (frame.is_top or not by_return)) or any(h.kind == happened.CHANGED for h in inside):
        walk.happenings[index] = walk.happenings[index]._replace(decides=True)
    elif ends:
        frame.waiting.append(index)
    # What follows hangs on the condition only where one of its sides has ended.
    frame.control = control | traits if ends else control
    if one and other:
        frame.names = _merged(left, frame.names)
    elif one:
        frame.names = left
    return one or other


def _merged(first: Names, second: Names) -> Names:
    return {
        name: joined([one for one in (first.get(name), second.get(name)) if one is not None])
        for name in first.keys() | second.keys()
    }


def _while(walk: Walk, node: ast.While) -> bool:
    test = evaluate(walk, node.test)
    walk.note(happened.TESTED, node.test, test.traits)
    block(walk, node.body)
    return True


def _for(walk: Walk, node: ast.For | ast.AsyncFor) -> bool:
    assign(walk, node.target, Known(evaluate(walk, node.iter).traits))
    before = dict(walk.frame.names)
    block(walk, node.body)
    walk.frame.names = _merged(before, walk.frame.names)
    block(walk, node.orelse)
    return True


def _try(walk: Walk, node: ast.Try) -> bool:
    mark = len(walk.happenings)
    before = dict(walk.frame.names)
    goes_on = block(walk, node.body)
    inside = walk.happenings[mark:]
    after = walk.frame.names
    ends = False
    for handler in node.handlers:
        walk.frame.names = _merged(before, after)
        handled = block(walk, handler.body)
        ends = ends or not handled
        if handled and not goes_on:
            after, goes_on = walk.frame.names, True
    walk.frame.names = after
    if ends:
        # What is refused by an exception is refused: a missing key of a session, a token that does not verify.
        for one in inside:
            if one.kind == happened.USED:
                walk.note(happened.TESTED, one.node, one.traits, decides=True)
    if goes_on and node.orelse:
        goes_on = block(walk, node.orelse)
    return block(walk, node.finalbody) and goes_on


def _with(walk: Walk, node: ast.With | ast.AsyncWith) -> bool:
    for item in node.items:
        value = evaluate(walk, item.context_expr)
        if item.optional_vars is not None:
            assign(walk, item.optional_vars, value)
    return block(walk, node.body)


def _match(walk: Walk, node: ast.Match) -> bool:
    subject = evaluate(walk, node.subject)
    cases = [case for case in node.cases if _can_match(case.pattern, subject)]
    goes_on = not cases or not any(_is_default(case) for case in cases)
    index = len(walk.happenings)
    walk.note(happened.TESTED, node.subject, subject.traits)
    before = dict(walk.frame.names)
    states: list[Names] = [before] if goes_on else []
    for case in cases:
        walk.frame.names = dict(before)
        if block(walk, case.body):
            goes_on = True
            states.append(walk.frame.names)
        else:
            walk.happenings[index] = walk.happenings[index]._replace(decides=True)
    walk.frame.names = dict(before)
    for state in states:
        walk.frame.names = _merged(walk.frame.names, state)
    return goes_on


def _can_match(pattern: ast.pattern, subject: Known) -> bool:
    if subject.constant is NOTHING or not isinstance(pattern, ast.MatchValue):
        return True
    return isinstance(pattern.value, ast.Constant) and pattern.value.value == subject.constant


def _is_default(case: ast.match_case) -> bool:
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.guard is None


def _assert(walk: Walk, node: ast.Assert) -> bool:
    walk.note(happened.TESTED, node.test, evaluate(walk, node.test).traits, decides=True)
    return True


def _nothing(walk: Walk, node: ast.stmt) -> bool:
    return True


_HANDLERS: dict[type[ast.stmt], Callable[[Walk, Any], bool]] = {
    ast.Expr: _expression,
    ast.Return: _return,
    ast.Raise: _raise,
    ast.Break: _leave,
    ast.Continue: _leave,
    ast.If: _if,
    ast.While: _while,
    ast.For: _for,
    ast.AsyncFor: _for,
    ast.Try: _try,
    ast.TryStar: _try,
    ast.With: _with,
    ast.AsyncWith: _with,
    ast.Match: _match,
    ast.Assert: _assert,
    ast.Assign: assignment,
    ast.AnnAssign: annotated,
    ast.AugAssign: augmented,
    ast.Delete: deletion,
    ast.FunctionDef: _nothing,
    ast.AsyncFunctionDef: _nothing,
    ast.ClassDef: _nothing,
    ast.Import: _nothing,
    ast.ImportFrom: _nothing,
}
