"""Which lines belong together: those of a statement, or of the head of a block."""

from __future__ import annotations

import ast
from bisect import bisect_right
from typing import Any


class Statements:
    """The statements of one file by line."""

    def __init__(self, tree: ast.Module) -> None:
        """Measure the statements of a tree."""
        ranges = sorted({lines for node in ast.walk(tree) if (lines := _lines(node)) is not None})
        self._starts = [start for start, _ in ranges]
        self._ends = [end for _, end in ranges]

    def lines(self, line: int) -> tuple[int, int]:
        """Return the first and the last line of what stands on a line; statements that share it count together."""
        first = last = line
        number = bisect_right(self._starts, line) - 1
        # Ranges do not nest, so those behind cannot reach the line once one of them ends before it.
        while number >= 0 and self._ends[number] >= line:
            first, last = min(first, self._starts[number]), max(last, self._ends[number])
            number -= 1
        return first, last


def _lines(node: Any) -> tuple[int, int] | None:
    body = getattr(node, "body", None)
    if isinstance(node, ast.match_case):
        return _head(node.pattern.lineno, node.body)
    if not isinstance(node, ast.stmt | ast.excepthandler):
        return None
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
    if isinstance(body, list) and body:
        return _head(first, body)
    if isinstance(node, ast.Match):
        return first, max(first, node.cases[0].pattern.lineno - 1)
    return first, node.end_lineno or node.lineno


def _head(first: int, body: list[ast.stmt]) -> tuple[int, int]:
    start = min([body[0].lineno, *(one.lineno for one in getattr(body[0], "decorator_list", ()))])
    return first, max(first, start - 1)
