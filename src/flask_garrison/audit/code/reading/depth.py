"""Keeps trees shallow enough to be walked by recursion: sums are balanced, and what is still too deep is cut off."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from .balancing import balance
from .nodes import Interpolation

DEEPEST = 150
"""Levels of nodes in the expressions of a statement, and of ``elif`` in a row."""

CUT = ".cut"
"""Name that stands where an expression was cut off; no program can have it."""

# One of these signs makes one level or two in what people write: a(b=c(...)). It could make six, in
# a[b, c: d or e and f == g[...]]; to look that closely would cost every file a tenth more, for trees that are still
# no deeper than a few hundred levels.
_LIGHT = DEEPEST // 2
_SIGNS = b".([{+-*/%@&|^~<>"
_OTHERS = bytes(set(range(256)) - set(_SIGNS + b"\n"))
_TERNARY = b"else "
_DECORATED = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})
_BODIES = ("body", "orelse", "handlers", "finalbody", "cases")


def shorten(tree: ast.Module, data: bytes) -> tuple[int, ...]:
    """Cut off what lies too deep, in place; return the lines of the statements that lost something.

    Args:
        tree: A tree of any depth.
        data: Its source. Only the signs on each line matter, so that few statements need a look at their nodes.
    """
    weights = _weights(data)
    return tuple(sorted(set(_shorten(tree, weights))))


def _weights(data: bytes) -> list[int]:
    """Return how many signs that can make levels stand up to the end of each line, counted from one."""
    if data.count(_TERNARY) > _LIGHT:
        data = data.replace(_TERNARY, b"~")
    if b"not not" in data:
        data = data.replace(b"not", b"~")
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return [0, *accumulate(map(len, data.translate(None, _OTHERS).split(b"\n")))]


def _shorten(tree: ast.Module, weights: list[int]) -> Iterator[int]:
    waiting: list[tuple[list[Any], int]] = [(tree.body, 0)]
    while waiting:
        body, level = waiting.pop()
        if level > DEEPEST:
            yield _extent(body[0])[0]
            # What is left of a body must not be empty.
            body[:] = [ast.copy_location(ast.Pass(), body[0])]
            continue
        for node in body:
            first, last = _extent(node)
            before = weights[first - 1]
            if weights[last] - before <= _LIGHT and last - first < DEEPEST:
                continue
            bodies = _bodies(node)
            waiting += [(inner, level + 1) for inner in bodies]
            header_end = _extent(bodies[0][0])[0] if bodies else last
            if weights[header_end] - before > _LIGHT and _shorten_expressions(node):
                yield first


def _bodies(node: ast.AST) -> list[list[Any]]:
    """Return the lists of statements, handlers or cases in a statement, handler or case."""
    bodies = [getattr(node, name, None) for name in _BODIES]
    return [body for body in bodies if body and isinstance(body, list)]


def _extent(node: Any) -> tuple[int, int]:
    """Return the first and the last line of a statement, handler or case; decorators belong to it."""
    kind = type(node)
    if kind is ast.match_case:
        return node.pattern.lineno, node.body[-1].end_lineno
    if kind in _DECORATED and node.decorator_list:
        return node.decorator_list[0].lineno, node.end_lineno
    return node.lineno, node.end_lineno


def _shorten_expressions(node: ast.AST) -> bool:
    """Balance and cut the expressions of one statement; return whether anything was lost."""
    if not _deepest(node):
        return False
    balance(_own_children(node))
    deepest = _deepest(node)
    for parent in deepest:
        _cut_below(parent)
    return bool(deepest)


def _deepest(node: ast.AST) -> list[ast.AST]:
    """Return the nodes of the last level that is kept, if there are any below them."""
    nodes = _own_children(node)
    for _ in range(DEEPEST):
        if not nodes:
            return []
        nodes = _children(nodes)
    return nodes if _children(nodes) else []


def _own_children(node: ast.AST) -> list[ast.AST]:
    """Return the expressions of a statement and not the statements in it."""
    return [child for child in _children([node]) if not isinstance(child, _STATEMENTS)]


def _children(nodes: list[ast.AST]) -> list[ast.AST]:
    """Return the nodes one level below others, names and constants left out."""
    below: list[Any] = []
    for node in nodes:
        for value in vars(node).values():
            if type(value) is list:
                below += value
            else:
                below.append(value)
    return [child for child in below if type(child) in _INNER]


def _kinds(base: type[ast.AST]) -> Iterator[type[ast.AST]]:
    yield base
    for kind in base.__subclasses__():
        yield from _kinds(kind)


_STATEMENTS = (ast.stmt, ast.excepthandler, ast.match_case)
_PARTS = (ast.expr, ast.pattern, ast.keyword, ast.arg, ast.arguments, ast.comprehension, ast.withitem)
_INNER = frozenset(kind for base in (*_STATEMENTS, *_PARTS) for kind in _kinds(base)) - {ast.Name, ast.Constant}


def _cut_below(parent: ast.AST) -> None:
    """Replace the expressions and patterns below a node; where they are wrapped, below the wrapping."""
    parents: list[ast.AST] = [parent]
    while parents:
        node = parents.pop()
        for name, value in list(ast.iter_fields(node)):
            if isinstance(value, list):
                value[:] = [_stump(item, parents) for item in value]
            else:
                setattr(node, name, _stump(value, parents))


def _stump(child: Any, wrapped: list[ast.AST]) -> Any:
    if isinstance(child, ast.pattern):
        return ast.copy_location(ast.MatchAs(), child)
    if type(child) not in _INNER:
        return child
    if isinstance(child, ast.expr) and not isinstance(child, ast.FormattedValue | Interpolation):
        return ast.copy_location(ast.Name(id=CUT, ctx=getattr(child, "ctx", ast.Load())), child)
    wrapped.append(child)
    return child
