"""Places in a file: from line and column, as the tree has them, to the offset in bytes and back."""

from __future__ import annotations

import ast
from bisect import bisect_right
from itertools import accumulate
from typing import TypeVar

_Node = TypeVar("_Node", bound=ast.expr | ast.stmt)


class Positions:
    """The lines of one source."""

    def __init__(self, text: bytes) -> None:
        r"""Measure the lines of a source that ends them by ``\n``."""
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split(b"\n"))]

    def offset(self, node: ast.expr | ast.stmt | ast.excepthandler) -> int:
        """Return where a node starts, in bytes."""
        return self._starts[node.lineno - 1] + node.col_offset

    def end(self, node: ast.expr) -> int:
        """Return the offset behind a node."""
        return self._starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)

    def place(self, node: _Node, start: int, end: int) -> _Node:
        """Give a node its place, and return it."""
        node.lineno, node.col_offset = self._pair(start)
        node.end_lineno, node.end_col_offset = self._pair(end)
        return node

    def _pair(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1]
