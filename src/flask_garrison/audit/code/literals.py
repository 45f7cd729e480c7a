"""Texts that are written in the code, and findings about them that do not show them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from ..rule import Match
    from .events import Sighting

HIDDEN: Final = "..."


def masked(node: ast.AST, name: str) -> ast.AST:
    """Return a node that stands where another does and shows the name alone: no finding holds a secret."""
    made = ast.copy_location(ast.Constant(HIDDEN), node)
    made.brief = f"{name} = {HIDDEN!r}"  # type: ignore[attr-defined]
    return made


def hidden_match(sighting: Sighting, node: ast.AST, name: str, title: str, **more: Any) -> Match:
    """Return a finding at a place, which shows the name alone."""
    return sighting.match(title, node=masked(node, name), **more)


def literal(node: ast.AST | None) -> ast.Constant | None:
    """Return the text that is written in an expression, itself or as the fallback of what is read."""
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr, ast.Return)):
        return literal(node.value)
    if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
        return node
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        return literal(node.values[-1])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("encode", "strip"):
        return literal(node.func.value)
    return None


def text_of_literal(constant: ast.Constant) -> str:
    """Return the text of a constant."""
    value = constant.value
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def second_argument(node: ast.AST) -> ast.AST | None:
    """Return the default that a call is given."""
    if not isinstance(node, ast.Call):
        return None
    return (
        node.args[1] if len(node.args) > 1 else next((one.value for one in node.keywords if one.arg == "default"), None)
    )
