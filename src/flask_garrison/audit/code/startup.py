"""Whether code is run only where a file is started as a program, and not where the application is served."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .events import Sighting
    from .interpreter.frames import Frame

_STARTERS: Final = frozenset({"main", "run", "cli", "runserver"})


def at_command_line(sighting: Sighting) -> bool:
    """Return whether code stands below ``if __name__ == "__main__"``, or is called from there."""
    node = sighting.node
    frame: Frame | None = sighting.machine.frame
    while frame is not None:
        for statement in frame.source.tree.body:
            if isinstance(statement, ast.If) and _asks_for_main(statement.test) and _holds(statement, node):
                return True
        if frame.call is None or frame.caller is None:
            break
        node, frame = frame.call, frame.caller
    return sighting.where in _STARTERS


def _asks_for_main(test: ast.expr) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "__name__" for node in ast.walk(test))


def _holds(statement: ast.stmt, node: ast.AST) -> bool:
    line = getattr(node, "lineno", 0)
    return statement.lineno <= line <= (statement.end_lineno or 0)
