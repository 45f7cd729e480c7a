"""Parses a file some of whose statements are too deep even for the parser: those alone are left out."""

from __future__ import annotations

import ast

from .encoding import as_utf8
from .scanning import scan
from .tokens import Source

_LONG = 150
_TOO_NESTED = "too many nested parentheses"


def is_too_deep(error: BaseException) -> bool:
    """Return whether the parser gave up for the depth of what it read."""
    return isinstance(error, RecursionError | MemoryError) or (
        isinstance(error, SyntaxError) and error.msg == _TOO_NESTED
    )


def parse_without(data: bytes) -> tuple[ast.Module, tuple[int, ...]]:
    """Return the tree of a file without the statements that are too deep, and their lines.

    Raises:
        RecursionError, MemoryError, SyntaxError: where that does not help.
    """
    text = as_utf8(data)
    ends = scan(text)[1].ends
    source, lines = Source(text), []
    for start, end in zip([0, *ends], ends, strict=False):
        if end - start > _LONG and _is_deep(text[start:end]):
            statement = end - len(text[start:end].lstrip())
            source.blank(start, end)
            source.put(statement, b"pass")
            lines.append(text.count(b"\n", 0, statement) + 1)
    return ast.parse(source.out.decode()), tuple(lines)


def _is_deep(line: bytes) -> bool:
    try:
        ast.parse(line.strip())
    except (SyntaxError, RecursionError, MemoryError) as error:
        return is_too_deep(error)
    return False
