"""Changes of one file between two runs: small, valid, and taken back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def with_comment(text: str) -> str:
    """Return the text with a comment as its last line: no code is another one."""
    return text + ("" if text.endswith("\n") else "\n") + "# A comment, for a benchmark.\n"


def with_statement(text: str) -> str:
    """Return the text with one more statement in a function's body: the longest function, which is no small change.

    Raises:
        ValueError: There is no function with a body on lines of its own.
    """
    function = max(_functions(ast.parse(text)), key=lambda found: (found.end_lineno or 0) - found.lineno)
    first = function.body[0]
    lines = text.splitlines(keepends=True)
    # Before the first statement, which is the docstring if there is one: the body stays valid either way.
    lines.insert(first.lineno - 1, " " * first.col_offset + 'a_benchmark_was_here = "one more statement"\n')
    return "".join(lines)


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [node for node in found if node.body[0].lineno > node.lineno and not _decorated(node.body[0])]


def _decorated(first: ast.stmt) -> bool:
    # Its line is the one of ``def``: something before it would part it from its decorators.
    return bool(getattr(first, "decorator_list", None))


@contextmanager
def edited(path: Path, text: str) -> Iterator[None]:
    """Let a file hold another text until the block ends."""
    before = path.read_bytes()
    path.write_bytes(text.encode())
    try:
        yield
    finally:
        path.write_bytes(before)
