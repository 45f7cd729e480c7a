"""Tells Python 2 code from Python 3 code with an error in it."""

from __future__ import annotations

import ast
import builtins
import re

_MARKS = re.compile(
    rb"""^\s*print\s+[\w"'>`-] | ^\s*exec\s+[\w"'] | ^\s*raise\s+[\w.]+\s*, | ^\s*except\s+[\w.()\s,]+,\s*\w+\s*:
    | <> | `[^`]+` | \b[uU][rR]["'] | \b(?:0[0-9]+|0[xX][0-9a-fA-F]+|[0-9]+)[lL]?\b(?<=[lL]) | \b0[0-7]+\b(?!\.)""",
    re.VERBOSE,
)


def is_python2(data: bytes, line: int | None) -> bool:
    """Return whether the line that Python 3 refuses is one of Python 2."""
    lines = data.splitlines()
    return bool(line and line <= len(lines) and _MARKS.search(lines[line - 1]))


def python2_handler(tree: ast.Module) -> int | None:
    """Return the line of an ``except A, b:`` that binds ``b``, as Python 2 has it, or ``None``.

    Python 3.14 reads it as two kinds of exceptions. A small-lettered name that nothing else in the file binds is none.
    """
    handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
    doubtful = {name: handler.lineno for handler in handlers if (name := _second_name(handler))}
    if not doubtful:
        return None
    bound = _bound_names(tree)
    return next((line for name, line in doubtful.items() if not bound & {name, "*"}), None)


def _second_name(handler: ast.ExceptHandler) -> str:
    """Return the second of exactly two kinds without parentheses, if it is a small-lettered name of no builtin."""
    kinds = handler.type
    if not isinstance(kinds, ast.Tuple) or len(kinds.elts) != 2 or kinds.col_offset != kinds.elts[0].col_offset:
        return ""
    second = kinds.elts[1]
    name = second.id if isinstance(second, ast.Name) else ""
    return name if name.islower() and not hasattr(builtins, name) else ""


def _bound_names(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
    return names
