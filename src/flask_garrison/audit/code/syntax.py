"""Questions on the code itself, for rules that ask what stands around a place."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_BODIES = (ast.stmt, ast.ExceptHandler, ast.match_case)


def statement_around(root: ast.AST, wanted: ast.AST) -> ast.stmt | None:
    """Return the innermost statement below a node that contains another one, or ``None``."""
    if isinstance(root, ast.Lambda):
        return None
    for statement in _statements(root):
        if any(node is wanted for part in _own(statement) for node in ast.walk(part)):
            return statement
    return None


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    stack: list[ast.AST] = [node]
    while stack:
        for child in ast.iter_child_nodes(stack.pop()):
            if isinstance(child, ast.stmt):
                yield child
            stack.append(child)


def _own(statement: ast.stmt) -> list[ast.AST]:
    """Return the parts of a statement that are no statements."""
    return [child for child in ast.iter_child_nodes(statement) if not isinstance(child, _BODIES)]
