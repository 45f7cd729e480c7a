"""What of a template can show anything: the rest is left out before it is run, again and again, for each view.

A value that Jinja escapes, in a place where escaping protects, is harmless whatever it is; so is a condition or a loop
around nothing else. What a macro, another template or a filter of the project writes is never left out.
"""

from __future__ import annotations

import ast
from collections.abc import Collection
from copy import copy
from dataclasses import replace
from typing import Final

from . import contexts
from .lowered import Lowered

PROTECTED: Final = frozenset(
    {
        contexts.TEXT,
        contexts.ATTRIBUTE,
        contexts.ATTRIBUTE_SINGLE,
        contexts.URL_PART,
        contexts.URL_MEDIA,
        contexts.URL_HOST,
        contexts.RCDATA,
        contexts.COMMENT,
        contexts.SCRIPT_JSON,
        contexts.SCRIPT_STRING,
        contexts.STYLE_ATTRIBUTE,
    }
)
"""Places where what is escaped does no harm, or too little to follow it there."""
UNJUDGED: Final = frozenset(
    {contexts.PLAIN, contexts.JSON, contexts.XML, contexts.SQL, contexts.CSS, contexts.JAVASCRIPT}
)
"""Places that no page is made of."""


def essential(template: Lowered, harmless_filters: Collection[str]) -> Lowered:
    """Return a template without what cannot show anything.

    Args:
        harmless_filters: Names (``@filter.upper``) of filters that mark nothing as safe.
    """
    kept = {name: replace(block, body=_kept(block.body, harmless_filters)) for name, block in template.blocks.items()}
    return replace(template, body=_kept(template.body, harmless_filters), blocks=kept)


def _kept(body: list[ast.stmt], filters: Collection[str]) -> list[ast.stmt]:
    found = []
    for statement in body:
        made = _statement(statement, filters)
        if made is not None:
            found.append(made)
    return found


def _statement(statement: ast.stmt, filters: Collection[str]) -> ast.stmt | None:
    if isinstance(statement, ast.Expr):
        return None if _is_harmless_emit(statement.value, filters) else statement
    if isinstance(statement, (ast.If, ast.For, ast.While, ast.With)):
        return _compound(statement, filters)
    if isinstance(statement, ast.FunctionDef) and not _captures(statement):
        return _with(statement, body=_kept(statement.body, filters) or [ast.Pass()])
    return statement


def _compound(statement: ast.If | ast.For | ast.While | ast.With, filters: Collection[str]) -> ast.stmt | None:
    body = _kept(statement.body, filters)
    orelse = _kept(getattr(statement, "orelse", []), filters)
    if not body and not orelse:
        return None
    if isinstance(statement, ast.With):
        return _with(statement, body=body)
    return _with(statement, body=body or [ast.Pass()], orelse=orelse)


def _with(statement: ast.stmt, **fields: list[ast.stmt]) -> ast.stmt:
    """Return a copy with other fields: the tree itself belongs to whoever asked for it."""
    made = copy(statement)
    for name, body in fields.items():
        setattr(made, name, body)
    return made


def _captures(statement: ast.FunctionDef) -> bool:
    """Return whether what a function writes becomes a value; then nothing of it may be missing."""
    return bool(statement.decorator_list)


def _is_harmless_emit(node: ast.expr, filters: Collection[str]) -> bool:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "@emit"):
        return False
    value, context, escaped = node.args[:3]
    if not (isinstance(context, ast.Constant) and isinstance(escaped, ast.Constant)):
        return False
    if context.value in UNJUDGED:
        return True
    return context.value in PROTECTED and escaped.value is True and _is_plain(value, filters)


def _is_plain(node: ast.expr, filters: Collection[str]) -> bool:
    """Return whether an expression only reads values and changes them by filters that mark nothing."""
    if isinstance(node, (ast.Constant, ast.Name)):
        return True
    if isinstance(node, ast.Attribute):
        return _is_plain(node.value, filters)
    if isinstance(node, ast.Subscript):
        return _is_plain(node.value, filters) and _is_plain(node.slice, filters)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in filters and all(_is_plain(one, filters) for one in node.args)
    if isinstance(node, (ast.BinOp, ast.Compare, ast.BoolOp, ast.IfExp, ast.UnaryOp, ast.JoinedStr)):
        return all(_is_plain(one, filters) for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr))
    return False
