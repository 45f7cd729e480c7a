"""Balances long sums: ``a + b + c + d`` is a chain as deep as it is long, ``(a + b) + (c + d)`` means the same."""

from __future__ import annotations

import ast

_LONG = 16
_ASSOCIATIVE = (ast.Add, ast.BitOr, ast.BitAnd)


def balance(roots: list[ast.AST]) -> None:
    """Balance the long chains of ``+``, ``|`` and ``&`` in expressions, in place.

    For text, bytes, lists and sets the outcome is the same; for numbers nearly so.
    """
    nodes = list(roots)
    while nodes:
        node = nodes.pop()
        operands = _operands(node) if isinstance(node, ast.BinOp) else []
        if isinstance(node, ast.BinOp) and len(operands) > _LONG:
            middle = len(operands) // 2
            node.left, node.right = _sum(operands[:middle], node.op), _sum(operands[middle:], node.op)
            nodes += operands
        else:
            nodes += ast.iter_child_nodes(node)


def _operands(node: ast.BinOp) -> list[ast.expr]:
    if not isinstance(node.op, _ASSOCIATIVE):
        return []
    operands: list[ast.expr] = []
    left: ast.expr = node
    while isinstance(left, ast.BinOp) and type(left.op) is type(node.op):
        operands.append(left.right)
        left = left.left
    return [left, *reversed(operands)]


def _sum(operands: list[ast.expr], operator: ast.operator) -> ast.expr:
    """Return the balanced sum; it is never deeper than the logarithm of its length."""
    while len(operands) > 1:
        pairs = [operands[at : at + 2] for at in range(0, len(operands), 2)]
        operands = [_pair(pair[0], pair[1], operator) if len(pair) == 2 else pair[0] for pair in pairs]
    return operands[0]


def _pair(left: ast.expr, right: ast.expr, operator: ast.operator) -> ast.BinOp:
    return ast.BinOp(
        left=left,
        op=operator,
        right=right,
        lineno=left.lineno,
        col_offset=left.col_offset,
        end_lineno=right.end_lineno,
        end_col_offset=right.end_col_offset,
    )
