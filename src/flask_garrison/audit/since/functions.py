"""Which function a line is in."""

from __future__ import annotations

import ast

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Functions:
    """The functions of one file."""

    def __init__(self, tree: ast.Module) -> None:
        """Measure the functions, decorators included."""
        self._ranges = [_range(node) for node in ast.walk(tree) if isinstance(node, _Function)]

    def around(self, line: int) -> tuple[int, int] | None:
        """Return the first and the last line of the innermost function that a line is in; ``None``: in none."""
        found = [one for one in self._ranges if one[0] <= line <= one[1]]
        return max(found) if found else None


def _range(node: _Function) -> tuple[int, int]:
    return min([node.lineno, *(one.lineno for one in node.decorator_list)]), node.end_lineno or node.lineno
