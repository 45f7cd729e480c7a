"""Whether the project that is read guards itself: what Garrison sees to at run time is not asked for in code."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .interpreter.machine import Machine

_KEY: Final = "uses garrison"


def guards(machine: Machine) -> bool:
    """Return whether a file of the project imports Flask-Garrison and makes a guard."""
    known: bool | None = machine.notes.get(_KEY)
    if known is None:
        trees = [source.tree for source in machine.modules]
        known = machine.notes[_KEY] = any(_imports(tree) for tree in trees)
    return known


def _imports(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == "flask_garrison"
        and any(alias.name in ("Garrison", "*") for alias in node.names)
        or isinstance(node, ast.Import)
        and any(alias.name == "flask_garrison" for alias in node.names)
        for statement in tree.body
        for node in ast.walk(statement)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    )
