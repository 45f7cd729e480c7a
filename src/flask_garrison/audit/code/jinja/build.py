"""Makes nodes of Python's syntax tree that stand in a line of a template. Jinja keeps no columns: they are 0."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from typing import TypeVar

_Located = TypeVar("_Located", bound=ast.expr | ast.stmt | ast.keyword)
LOAD, STORE = ast.Load(), ast.Store()


def at(line: int, node: _Located) -> _Located:
    """Put a node into a line."""
    node.lineno = node.end_lineno = line
    node.col_offset = node.end_col_offset = 0
    return node


def constant(line: int, value: object) -> ast.expr:
    """Return a constant."""
    return at(line, ast.Constant(value))  # type: ignore[arg-type]


def name(line: int, identifier: str) -> ast.expr:
    """Return a name that is read."""
    return at(line, ast.Name(identifier, LOAD))


def keyword(line: int, argument: str | None, value: ast.expr) -> ast.keyword:
    """Return a named argument; ``**value`` without a name."""
    return at(line, ast.keyword(argument, value))


def call(line: int, function: str, *arguments: ast.expr, **keywords: ast.expr) -> ast.Call:
    """Return a call of a function by name."""
    named = [keyword(line, key, value) for key, value in keywords.items()]
    return at(line, ast.Call(name(line, function), list(arguments), named))


def add(called: ast.Call, argument: str, value: ast.expr) -> None:
    """Add a named argument to a call."""
    called.keywords.append(keyword(called.lineno, argument, value))


def statement(value: ast.expr) -> ast.stmt:
    """Return an expression that is evaluated for what it does."""
    return at(value.lineno, ast.Expr(value))


def assign(line: int, target: str, value: ast.expr) -> ast.stmt:
    """Return an assignment to a name."""
    return at(line, ast.Assign([at(line, ast.Name(target, STORE))], value, lineno=line))


def filled(line: int, body: list[ast.stmt]) -> list[ast.stmt]:
    """Return a body that Python accepts."""
    return body or [at(line, ast.Pass())]


def function(
    line: int,
    identifier: str,
    parameters: Sequence[str],
    body: list[ast.stmt],
    *,
    defaults: Iterable[ast.expr] = (),
    rest: tuple[str | None, str | None] = (None, None),
    decorator: ast.expr | None = None,
) -> ast.stmt:
    """Return a function.

    Args:
        line: Where it is defined.
        identifier: Its name.
        parameters: Names of its parameters.
        body: Its statements.
        defaults: Of the last parameters.
        rest: Names of ``*args`` and ``**kwargs``, if it takes them.
        decorator: Around it, if any.
    """
    arguments = ast.arguments(
        posonlyargs=[],
        args=[_parameter(line, parameter) for parameter in parameters],
        vararg=_parameter(line, rest[0]) if rest[0] else None,
        kwonlyargs=[],
        kw_defaults=[],
        kwarg=_parameter(line, rest[1]) if rest[1] else None,
        defaults=list(defaults),
    )
    decorators = [decorator] if decorator is not None else []
    made = ast.FunctionDef(identifier, arguments, filled(line, body), decorators, lineno=line)
    vars(made)["type_params"] = []  # Python 3.12 reads it
    return at(line, made)


def _parameter(line: int, identifier: str) -> ast.arg:
    return ast.arg(identifier, lineno=line, col_offset=0, end_lineno=line, end_col_offset=0)
