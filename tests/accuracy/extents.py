"""Which lines belong to a marked one: a finding may stand on any line of the same statement."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from .cases import Case, Place


def marked_places(case: Case) -> set[Place]:
    """Return the marked lines of a case, and the other lines of their statements."""
    found: set[Place] = set()
    for _, (path, line) in case.marks():
        code = (case.folder / path).read_text("utf-8") if path.endswith(".py") else ""
        found |= {(path, number) for number in lines_around(code, line)}
    return found


def lines_around(code: str, line: int) -> Iterable[int]:
    """Return the lines of the smallest statement that a line of Python stands in; the line alone if there is none."""
    around = (lines for lines in _statements(code) if line in lines)
    return min(around, key=len, default=range(line, line + 1))


def _statements(code: str) -> Iterator[range]:
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.stmt):
            yield range(_first(node), _last(node) + 1)


def _first(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(one.lineno for one in decorators)])


def _last(node: ast.stmt) -> int:
    """Return the last line of a statement; of one with a body, of what stands before that."""
    body = node.cases[0].pattern.lineno if isinstance(node, ast.Match) else _start(getattr(node, "body", None))
    return (node.end_lineno or node.lineno) if body is None else max(node.lineno, body - 1)


def _start(body: list[ast.stmt] | None) -> int | None:
    return _first(body[0]) if body else None
