"""Parses source in newer syntax than the running Python's, with nothing but the standard library.

What is newer is overwritten in place by something that Python 3.11 parses (see :mod:`.scanning`), and the tree is then
repaired. The result is the tree of the same program in older spelling, with the true lines and columns: a ``type``
statement is an assignment, type parameters are left out, and unpacking in a comprehension is one loop more. F-strings
and t-strings have the nodes of today's Python (for t-strings: :mod:`.nodes`).
"""

from __future__ import annotations

import ast
import sys

from .encoding import as_utf8
from .repair import repair
from .scanning import scan
from .tokens import MalformedError


def parse_newer(data: bytes) -> tuple[ast.Module, str]:
    """Return the tree of a file, and in words what newer syntax it has.

    Args:
        data: The file's bytes, which the running Python refuses.

    Raises:
        MalformedError: where there is no newer syntax, and the running Python is right.
        SyntaxError: where there is, and yet something else is wrong.
        UnicodeDecodeError: where it is not in the encoding that it names.
    """
    text = as_utf8(data)
    source, found = scan(text)
    try:
        tree = ast.parse(source)
        repair(tree, text, found)
    except SyntaxError as error:
        if found.newer:
            raise
        raise MalformedError(*error.args) from error
    return tree, ", ".join(
        sorted(found.newer)
    ) or f"syntax newer than Python {sys.version_info[0]}.{sys.version_info[1]}"
